import type { Stretch } from '../../../../domain/sound.js'
import { fadeOut } from '../../../audio/mix.js'
import type { SoundShape } from './sound-shape.js'
import { voicedSpan } from './voiced-span.js'

/** Something to say. */
export interface Utterance {
  readonly id: number
  /** At the rate of the call. None for keys that the line sends by a signal. */
  readonly samples: Int16Array
  /** The caller falls silent once the agent has talked over it for so long. `Infinity`: never. */
  readonly yieldAfterMs: number
  /** What it is, if no answer. */
  readonly kind?: Stretch['kind']
  /** What it goes through instead of the call's own shape. */
  readonly shape?: SoundShape
  /** Keys, rather than words. */
  readonly keys?: string
  /** A noise, rather than words: it takes no floor, and nobody owes it an answer. */
  readonly isNoise?: true
  /** It waits until the agent has been speaking, or quiet, for so long. Default: it begins at once. */
  readonly when?: { readonly agent: 'speaking' | 'quiet'; readonly forMs: number }
}

/** Whether an utterance is speech. */
export function isSpoken({ keys, isNoise }: Utterance): boolean {
  return keys === undefined && !isNoise
}

/** How an utterance went. Places are samples from the beginning of the call. */
export interface SpokenUtterance {
  readonly utterance: Utterance
  /** The first sample of speech, and the place after the last one. Equal if nothing of it was spoken. */
  readonly start: number
  readonly end: number
  /** How many of its samples were sent. */
  readonly played: number
  readonly cut?: Cut
}

/** Why an utterance was cut short: we said so, the agent talked over it, or the call was over. */
export type Cut = 'cut' | 'yielded' | 'over'

export interface MouthUse {
  readonly rate: number
  /** Whether an utterance may begin. */
  mayBegin(utterance: Utterance): boolean
  began(utterance: Utterance, start: number): void
  spoke(spoken: SpokenUtterance): void
}

/** How long a voice takes to fall silent when it is cut, so that it does not click. */
const fadeS = 0.005

/** Speaks what is queued, 20 ms at a time. */
export class Mouth {
  readonly #use: MouthUse
  readonly #queue: Utterance[] = []
  #current: Utterance | undefined
  #span = { first: 0, end: 0 }
  /** Samples of the current utterance that were sent, and where its first one is. */
  #played = 0
  #begin = 0
  #cut: Cut | undefined
  #at = 0

  constructor(use: MouthUse) {
    this.#use = use
  }

  /** What is spoken now. */
  get current(): Utterance | undefined {
    return this.#current
  }

  /** Where the current utterance began to be heard. */
  get start(): number {
    return this.#begin + this.#span.first
  }

  say(utterance: Utterance): void {
    this.#queue.push(utterance)
  }

  /** Cuts an utterance; without its id, all. What was not begun is not said. */
  cut(why: Cut, id?: number): void {
    for (const utterance of this.#queue.filter(waiting => id === undefined || waiting.id === id)) {
      this.#queue.splice(this.#queue.indexOf(utterance), 1)
      this.#use.spoke({ utterance, start: this.#at, end: this.#at, played: 0, cut: why })
    }
    if (this.#current && (id === undefined || this.#current.id === id)) this.#cut ??= why
  }

  /** The call is over: nothing more is sent. */
  close(): void {
    this.cut('over')
    if (this.#current) this.#finish()
  }

  /** Speaks the next 20 ms into `frame`; silence where there is nothing to say. @returns What it said a part of. */
  speak(frame: Int16Array): Utterance | undefined {
    if (!this.#current) this.#beginNext()
    const utterance = this.#current
    if (utterance) this.#fill(frame, utterance)
    else frame.fill(0)
    this.#at += frame.length
    if (utterance && (this.#cut !== undefined || this.#played === utterance.samples.length)) this.#finish()
    return utterance
  }

  #beginNext(): void {
    while (!this.#current && this.#queue.length > 0) {
      const next = this.#queue.findIndex(this.#use.mayBegin)
      if (next === -1) return
      const utterance = this.#queue.splice(next, 1)[0]!
      this.#span = voicedSpan(utterance.samples, this.#use.rate)
      this.#current = utterance
      this.#begin = this.#at
      this.#played = 0
      this.#cut = undefined
      this.#use.began(utterance, this.start)
      if (utterance.samples.length === 0) this.#finish()
    }
  }

  #fill(frame: Int16Array, { samples }: Utterance): void {
    const count = Math.min(frame.length, samples.length - this.#played)
    for (let i = 0; i < count; i += 1) frame[i] = samples[this.#played + i]!
    frame.fill(0, count)
    this.#played += count
    if (this.#cut === undefined) return
    const fade = Math.round(this.#use.rate * fadeS)
    fadeOut(frame, fade)
    this.#played -= Math.max(0, count - fade)
  }

  #finish(): void {
    const utterance = this.#current!
    const start = this.#begin + Math.min(this.#span.first, this.#played)
    const end = Math.max(start, this.#begin + Math.min(this.#span.end, this.#played))
    const wasCut = this.#played < utterance.samples.length ? this.#cut : undefined
    this.#current = undefined
    this.#use.spoke({ utterance, start, end, played: this.#played, ...(wasCut && { cut: wasCut }) })
  }
}
