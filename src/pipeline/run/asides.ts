import { howOften } from '../../domain/how-often.js'
import type { PlannedCall } from '../../domain/planned-call.js'
import type { Aside, Conversation, SaidWords, Saying } from '../../ports/channel.js'
import type { Random } from '../../ports/clock.js'
import type { ConversationRecord } from './record.js'

/** When in the agent's turn a caller coughs or speaks to somebody else: after so long of its speech, in milliseconds. */
const earliestMs = 500
const latestMs = 2000

/** To somebody beside the caller. */
const toOthers = ['One second, I am on the phone.', 'Not now, please.', 'Just leave it on the table, thank you.']

export interface AsidesUse {
  readonly conversation: Conversation
  readonly record: ConversationRecord
  readonly call: Pick<PlannedCall, 'turns' | 'sound'>
  /** BCP 47. In a language that we have no words in, callers only cough. */
  readonly language: string
  /** Two streams of numbers, so that what the agent says does not change when a caller coughs. */
  readonly random: { readonly tics: Random; readonly backchannels: Random }
}

/**
 * What a caller lets slip while the agent speaks: "mm-hm" after its sentences, coughs, and words to somebody beside it. Nothing of this takes
 * the floor.
 */
export class Asides {
  readonly #use: AsidesUse
  /** The tic of this turn, until the agent has spoken for long enough. */
  #tic: Saying | undefined
  /** The caller says "mm-hm" as soon as the agent speaks on. */
  #agrees = false

  constructor(use: AsidesUse) {
    this.#use = use
  }

  /** The caller's own turn begins: what has not been let slip is kept back. */
  keepBack(): void {
    this.#tic?.cut()
    this.#tic = undefined
    this.#agrees = false
  }

  /** The caller has taken a turn, and it is the agent's. */
  giveFloor(): void {
    const { call, language, random } = this.#use
    // Every turn draws as many numbers.
    const [happens, when, what] = [random.tics(), random.tics(), random.tics()]
    if (happens >= howOften[call.sound.tics]) return
    const words = isEnglish(language) ? toOthers[Math.floor((what * 2 - 1) * toOthers.length)] : undefined
    this.#tic = this.#slip({
      kind: 'tic',
      afterMs: earliestMs + when * (latestMs - earliestMs),
      ...(words !== undefined && { text: words }),
    })
  }

  /** Words of the agent were made out. @param speaksOn  Whether it is speaking. */
  hears(text: string, speaksOn: boolean): void {
    const { call, random, record } = this.#use
    // Never after a question, and only where the end of a sentence can be told.
    if (record.turn === 0 || !/[.!]\W*$/.test(text) || random.backchannels() >= call.turns.backchannelShare) return
    this.#agrees = true
    if (speaksOn) this.hearsMore()
  }

  /** The agent speaks on. */
  hearsMore(): void {
    if (this.#agrees) this.#slip({ kind: 'backchannel', afterMs: 0, text: agreement(this.#use.language) })
    this.#agrees = false
  }

  #slip(aside: Aside): Saying | undefined {
    const saying = this.#use.conversation.aside?.(aside)
    if (saying) void this.#recordOnce(aside, saying.done)
    return saying
  }

  async #recordOnce(aside: Aside, done: Saying['done']): Promise<void> {
    const delivered = await done
    if (delivered.endS > delivered.startS) this.#use.record.callerSlips(aside, delivered)
  }
}

/** The words that may slip out, so that they are made before the call. */
export function knownAsides({ turns, sound }: Pick<PlannedCall, 'turns' | 'sound'>, language: string): SaidWords[] {
  const words = [
    ...(turns.backchannelShare > 0 ? [agreement(language)] : []),
    ...(sound.tics !== 'none' && isEnglish(language) ? toOthers : []),
  ]
  return words.map(text => ({ type: 'text', text }))
}

function agreement(language: string): string {
  return isEnglish(language) ? 'Mm-hm.' : 'Mhm.'
}

function isEnglish(language: string): boolean {
  return /^en\b/i.test(language)
}
