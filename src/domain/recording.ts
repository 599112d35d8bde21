/** Which calls keep their recording. `default`: those that did not pass, and the first run of each case. */
export type RecordingsKept = 'default' | 'all' | 'failed' | 'none'

/** The file that a recording is. */
export type RecordingFormat = 'wav' | 'opus'

/** The recording of a call: two channels, caller left, agent right, from the answer to the hang-up. */
export interface Recording {
  /** Relative to the folder of the result, or a URL. */
  readonly path: string
  /** Of the file, in hexadecimal. */
  readonly sha256: string
  readonly bytes: number
  readonly mediaType: 'audio/wav' | 'audio/ogg'
  readonly channels: 2
  /** Samples a second. */
  readonly rate: number
  readonly seconds: number
  /** For drawing it without the file: the loudest sample of each of 400 parts, 0..1, of the caller and of the agent. */
  readonly peaks: readonly [caller: readonly number[], agent: readonly number[]]
}
