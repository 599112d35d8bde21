import type { Cause } from '../../domain/cause.js'
import { unreachable } from '../../domain/unreachable.js'
import { withSound, type PlayedSound, type SpokenPart } from '../../domain/spoken.js'
import { withoutSound, type Utterance } from '../../domain/utterance.js'
import type { Conversation, Delivered, Said, SaidWords, Saying } from '../../ports/channel.js'
import { over, type OpenCall } from './call.js'
import type { Listener } from './listener.js'

/**
 * The caller's turn: says an utterance part by part, with its pauses.
 *
 * @param cause  What made the caller say it, for the transcript.
 * @returns Nothing if nothing was waited for.
 * @throws {CallOver} when the caller hangs up, or the agent ends the call meanwhile.
 */
export function speak(call: OpenCall, listener: Listener, utterance: Utterance, cause: Cause): Promise<void> | undefined {
  return new Speech(call, listener, utterance, cause).sayFrom(0)
}

class Speech {
  readonly #call: OpenCall
  readonly #listener: Listener
  readonly #parts: readonly SpokenPart[]
  readonly #cause: Cause
  readonly #heardSinceMs: number
  #hasBegun = false
  #isInterrupted = false

  constructor(call: OpenCall, listener: Listener, utterance: Utterance, cause: Cause) {
    this.#call = call
    this.#listener = listener
    // The plan has already reported what is lost without sound.
    this.#parts = call.conversation.floor === 'speech' ? withSound(utterance) : withoutSound(utterance)
    this.#cause = cause
    this.#heardSinceMs = call.conversation.floor === 'speech' ? listener.floor.agentSinceMs : listener.floor.firstHeardMs
    listener.callerDoes('answers')
  }

  sayFrom(first: number): Promise<void> | undefined {
    for (let i = first; i < this.#parts.length && !this.#isInterrupted; i += 1) {
      const wait = this.#say(this.#parts[i]!, this.#parts[i + 1]?.type === 'endcall')
      if (wait) return this.#afterwards(wait, i + 1)
    }
    return undefined
  }

  async #afterwards(wait: Promise<unknown>, next: number): Promise<void> {
    await wait
    const rest = this.sayFrom(next)
    if (rest) await rest
  }

  #say(part: SpokenPart, isLast: boolean): Promise<unknown> | undefined {
    const { conversation, clock } = this.#call
    switch (part.type) {
      case 'text':
        return isLast && (conversation.floor === 'messages' || conversation.takesLastWords)
          ? this.#sayLast(part)
          : this.#utter(this.#words(part))
      case 'dtmf':
      case 'noise':
      case 'audio':
        return this.#utter(part)
      case 'hold':
        return part.thinks ? this.#listener.pause(part.ms, false) : this.#putOnHold(part.ms)
      case 'silence':
        return this.#listener.pause(part.ms, true).then(isInterrupted => (this.#isInterrupted = isInterrupted))
      case 'interruption':
        return this.#listener.pause(Math.max(0, this.#heardSinceMs + part.ms - clock.now()), false)
      case 'endcall': {
        const settled = this.#listener.settle()
        return settled ? settled.then(() => this.#hangUp('')) : this.#hangUp('')
      }
      default:
        return unreachable(part)
    }
  }

  /** With sound, nothing of the caller's room is heard meanwhile. */
  async #putOnHold(ms: number): Promise<void> {
    const { conversation } = this.#call
    conversation.mute?.(true)
    await this.#listener.pause(ms, false)
    conversation.mute?.(false)
  }

  /** With sound, words that begin while the agent speaks cut in on it. */
  #words(part: SaidWords): SaidWords {
    const { conversation } = this.#call
    if (conversation.floor !== 'speech') return part
    if (this.#cause.kind === 'idle_prompt') return { ...part, kind: 'idle_prompt' }
    return this.#listener.floor.agentSpeaks ? { ...part, kind: 'barge_in' } : part
  }

  /** Waits where the agent owes an answer to an earlier part, then says this one. */
  #utter(said: Said | PlayedSound): Promise<void> | undefined {
    const settled = this.#listener.floor.isOwed ? this.#listener.settle() : undefined
    return settled ? settled.then(() => this.#utterNow(said)) : this.#utterNow(said)
  }

  #utterNow(said: Said | PlayedSound): Promise<void> | undefined {
    const delivered = this.#begin(said)
    const saying = sayOn(this.#call.conversation, said)
    const utterance = this.#cause.kind === 'idle_prompt' ? 'prompts' : 'delivers'
    if (saying.done instanceof Promise)
      return untilDone(saying, saying.done, delivered, this.#listener).then(({ said: words }) => this.#saidAloud(words, utterance))
    delivered(saying.done)
    this.#listener.callerDoes(utterance)
    return undefined
  }

  /** @param words  Of a part that the agent has spoken over: then the rest is not said. */
  #saidAloud(words: string | undefined, utterance: 'prompts' | 'delivers'): void {
    this.#isInterrupted ||= words !== undefined
    this.#listener.callerDoes(utterance)
  }

  /** Says the last words and hangs up with them. */
  #sayLast(said: Extract<Said, { type: 'text' }>): Promise<void> {
    const settled = this.#listener.floor.isOwed ? this.#listener.settle() : undefined
    const hangUp = (): Promise<never> => {
      const nowS = this.#call.conversation.elapsedS()
      this.#begin(said)({ startS: nowS, endS: nowS })
      return this.#hangUp(said.text)
    }
    return settled ? settled.then(hangUp) : hangUp()
  }

  #begin(said: Said | PlayedSound): (delivered: Delivered) => void {
    if (this.#hasBegun && this.#call.conversation.floor === 'speech') this.#listener.callerDoes('goes_on')
    this.#listener.callerSpeaks(said.type === 'text' && said.how?.insists === true)
    const beginsTurn = !this.#hasBegun
    this.#hasBegun = true
    return this.#call.record.callerSays(said, this.#cause, this.#call.conversation.elapsedS(), beginsTurn)
  }

  /** Hangs up. The agent is heard until it closes, but the call ends here. @throws {CallOver} */
  #hangUp(lastWords: string): Promise<never> {
    const ended = over(this.#call, 'caller', 'Testing agent-ended-call')
    const closing = this.#call.conversation.end(lastWords)
    if (!closing) throw ended
    return closing.then(() => {
      throw ended
    })
  }
}

function sayOn(conversation: Conversation, said: Said | PlayedSound): Saying {
  if (said.type === 'text' || said.type === 'dtmf') return conversation.say(said)
  if (!conversation.play) throw new Error(`A conversation with the floor ${conversation.floor} plays no sounds.`)
  return conversation.play(said)
}

/** Listens while something is said. If the call ends meanwhile, cuts the speech off and records what was said of it. */
async function untilDone(
  saying: Saying,
  done: Promise<Delivered>,
  delivered: (as: Delivered) => void,
  listener: Listener,
): Promise<Delivered> {
  try {
    await listener.during(done, false)
    return await done
  } catch (cause) {
    saying.cut()
    throw cause
  } finally {
    delivered(await done)
  }
}
