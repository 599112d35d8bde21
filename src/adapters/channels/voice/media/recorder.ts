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
    for (let from = 0; from < caller.length;) {
      const block = this.#block.subarray(this.#length)
      const until = Math.min(caller.length, from + block.length / 2)
      interleave(caller.subarray(from, until), agent.subarray(from, until), block)
      this.#length += 2 * (until - from)
      from = until
      if (this.#length === blockLength) this.#handOn()
    }
  }

  #handOn(): void {
    this.#sink.append(this.#block)
    this.#block = new Int16Array(blockLength)
    this.#length = 0
  }

  /** The call is over. @throws when a block could not be kept. */
  async close(): Promise<void> {
    if (this.#length > 0) this.#sink.append(this.#block.subarray(0, this.#length))
    this.#block = new Int16Array(0)
    this.#length = 0
    await this.#sink.close()
  }
}

function interleave(left: Int16Array, right: Int16Array, into: Int16Array): void {
  for (let i = 0; i < left.length; i += 1) {
    into[2 * i] = left[i]!
    into[2 * i + 1] = right[i]!
  }
}
