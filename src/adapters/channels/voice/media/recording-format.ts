import type { Recording, RecordingFormat } from '../../../../domain/recording.js'
import { loadOggOpus, opusRates } from '../../../audio/ogg-opus.js'
import { littleEndian, wavHeader } from '../../../audio/write-wav.js'

/** Makes a file of the two tracks of a call. */
export interface RecordingWriter {
  readonly mediaType: Recording['mediaType']
  head(): Uint8Array
  /** @param samples  Caller and agent by turns. */
  add(samples: Int16Array): Uint8Array
  end(): Uint8Array
}

/**
 * Begins a file.
 *
 * @param bytes  Of all samples that will come.
 * @throws {PackageMissing} for Opus, without its encoder.
 */
export async function beginRecording(format: RecordingFormat, rate: number, bytes: number): Promise<RecordingWriter> {
  if (format === 'wav') {
    return { mediaType: 'audio/wav', head: () => wavHeader(rate, 2, bytes), add: littleEndian, end: () => new Uint8Array(0) }
  }
  if (!opusRates.includes(rate)) throw new RangeError(`Opus has no rate of ${rate} samples a second`)
  const opus = (await loadOggOpus())(rate)
  return { mediaType: 'audio/ogg', head: () => opus.head(), add: samples => opus.add(samples), end: () => opus.end() }
}
