import type { TrackRecorder } from './call-sound.js'

/** Where the two tracks of a call go. */
export interface PcmSink {
  /** Takes a block: caller and agent by turns. Returns at once. The block is its own from then on. */
  append(block: Int16Array): void
  /** @throws when a block could not be kept. */
  close(): Promise<void>
}

/** Samples of both tracks in a block: 4 s at 8 kHz. */
const blockLength = 65_536

/** Puts the two tracks of a call together, and hands them on in large blocks. */
export class Recorder implements TrackRecorder {
  readonly #sink: PcmSink
  #block = new Int16Array(blockLength)
  #length = 0

  constructor(sink: PcmSink) {
    this.#sink = sink
  }

  add(caller: Int16Array, agent: Int16Array): void {
    // Local, because fields are slow in a loop.
    let [block, length] = [this.#block, this.#length]
    for (let i = 0; i < caller.length; i += 1) {
      block[length] = caller[i]!
      block[length + 1] = agent[i]!
      length += 2
      if (length === blockLength) {
        this.#sink.append(block)
        block = new Int16Array(blockLength)
        length = 0
      }
    }
    this.#block = block
    this.#length = length
  }

  /** The call is over. @throws when a block could not be kept. */
  async close(): Promise<void> {
    if (this.#length > 0) this.#sink.append(this.#block.subarray(0, this.#length))
    this.#block = new Int16Array(0)
    this.#length = 0
    await this.#sink.close()
  }
}
