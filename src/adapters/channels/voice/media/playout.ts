import type { Fault } from '../../../../domain/fault.js'
import { soundFaults } from '../../../../domain/faults/sound-faults.js'
import { SampleQueue } from './sample-queue.js'

/** How much of the agent's sound may wait to be played, in seconds: agents may send an answer faster than it is spoken, but not a book. */
const mostSeconds = 300
/** How many marks may wait. */
const mostMarks = 10_000

export interface PlayoutUse {
  readonly rate: number
  /** Frames of 20 ms that sound waits after the queue was empty, so that what follows may be as late as this. */
  readonly leadFrames: number
  /** A mark: everything before it was played, or dropped. */
  reached(mark: string): void
}

/**
 * Plays the agent's sound, 20 ms at a time, however it comes: in pieces of any size, faster or slower than it is spoken. Marks are reached
 * when what came before them is played.
 */
export class Playout {
  readonly #use: PlayoutUse
  readonly #queue: SampleQueue
  readonly #marks: { readonly name: string; readonly at: number }[] = []
  /** Samples that came and were not dropped. */
  #pushed = 0
  #pulled = 0
  /** Frames until the queue may be played. */
  #wait = 0
  #underruns = 0
  #wasPlaying = false

  constructor(use: PlayoutUse) {
    this.#use = use
    this.#queue = new SampleQueue(use.rate)
  }

  /** Samples that wait to be played. */
  get waiting(): number {
    return this.#queue.length
  }

  /** How often the queue ran empty: at the end of an utterance, or because the agent was late. */
  get underruns(): number {
    return this.#underruns
  }

  /** @returns What is wrong, if it is too much; nothing may follow then. */
  push(samples: Int16Array): Fault | undefined {
    if (samples.length === 0) return undefined
    if (this.#queue.length + samples.length > mostSeconds * this.#use.rate) return soundFaults.tooMuchSound({ seconds: mostSeconds })
    if (this.#queue.length === 0 && !this.#wasPlaying) this.#wait = this.#use.leadFrames
    this.#queue.push(samples)
    this.#pushed += samples.length
    return undefined
  }

  /** @returns What is wrong, if there are too many; nothing may follow then. */
  mark(name: string): Fault | undefined {
    if (this.#queue.length === 0) {
      this.#use.reached(name)
      return undefined
    }
    if (this.#marks.length === mostMarks) return soundFaults.tooManyMarks({ marks: mostMarks })
    this.#marks.push({ name, at: this.#pushed })
    return undefined
  }

  /** Drops what waits, except what is due: it waits only for what may be late. All marks are reached. */
  clear(): void {
    const due = Math.max(0, this.#use.leadFrames - this.#wait) * (this.#use.rate / 50)
    this.#pushed -= this.#queue.keep(due)
    for (const { name } of this.#marks.splice(0)) this.#use.reached(name)
  }

  /**
   * Plays 20 ms into `frame`; silence where there is nothing.
   *
   * @returns How many samples are the agent's.
   */
  play(frame: Int16Array): number {
    let count = 0
    if (this.#queue.length > 0 && this.#wait > 0) this.#wait -= 1
    else count = this.#queue.pull(frame)
    frame.fill(0, count)
    if (this.#wasPlaying && count < frame.length) this.#underruns += 1
    this.#wasPlaying = count === frame.length
    this.#pulled += count
    this.#reach()
    return count
  }

  /** What comes next, into `into`. @returns How many samples. */
  peek(into: Int16Array): number {
    return this.#queue.peek(into)
  }

  #reach(): void {
    while (this.#marks.length > 0 && this.#marks[0]!.at <= this.#pulled) this.#use.reached(this.#marks.shift()!.name)
  }
}
