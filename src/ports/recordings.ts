/** Where the recordings of results are kept. */
export interface Recordings {
  /** @param result  Id of the result. */
  of(result: string): ResultRecordings
  /**
   * Finds a recording.
   *
   * @param path  As the journal has it.
   * @returns `undefined` if it is not there, or not any more.
   */
  find(result: string, path: string): Promise<KeptRecording | undefined>
  /** Deletes the recordings of a result. Harmless if it has none. */
  forget(result: string): Promise<void>
}

/** Where the recordings of one result are kept. */
export interface ResultRecordings {
  /**
   * A folder of this machine in which calls are recorded, made if it is missing. Nobody else writes there.
   *
   * @throws The system's error.
   */
  begin(): string
  /**
   * Keeps a recording that lies finished in that folder.
   *
   * @param name  Of its file.
   * @returns Its path from now on, for the journal.
   */
  keep(name: string): Promise<string>
}

/** A recording that is there. */
export interface KeptRecording {
  readonly bytes: number
  /** @param from  Its first byte, from 0. @param to  The last one. */
  read(from: number, to: number): AsyncIterable<Uint8Array>
}
