import type { Cause } from '../../domain/cause.js'
import { unreachable } from '../../domain/unreachable.js'
import { withoutSound, type Utterance } from '../../domain/utterance.js'
import type { Delivered, Said, Saying } from '../../ports/channel.js'
import { over, type OpenCall } from './call.js'
import type { Listener } from './listener.js'

/**
 * The caller's turn: says an utterance part by part, with its pauses.
 *
 * @param cause  What made the caller say it, for the transcript.
 * @throws {CallOver} when the caller hangs up, or the agent ends the call meanwhile.
 */
export async function speak(call: OpenCall, listener: Listener, utterance: Utterance, cause: Cause): Promise<void> {
  const { conversation, record, clock } = call
  let hasBegun = false

  /** Waits where the agent owes an answer to an earlier part, then begins this one. */
  const begin = async (said: Said): Promise<(delivered: Delivered) => void> => {
    if (listener.floor.isOwed) await listener.settle()
    listener.callerDoes('speaks')
    const beginsTurn = !hasBegun
    hasBegun = true
    return record.callerSays(said, cause, conversation.elapsedS(), beginsTurn)
  }
  const utter = async (said: Said): Promise<void> => {
    const delivered = await begin(said)
    const saying = conversation.say(said)
    if (saying.done instanceof Promise) await untilDone(saying, saying.done, delivered, listener)
    else delivered(saying.done)
    listener.callerDoes(cause.kind === 'idle_prompt' ? 'prompts' : 'delivers')
  }
  /** Hangs up. The agent is heard until it closes, but the call ends here. */
  const hangUp = async (lastWords: string): Promise<never> => {
    const ended = over(call, 'caller', 'Testing agent-ended-call')
    await conversation.end(lastWords)
    throw ended
  }

  const heardSinceMs = listener.floor.firstHeardMs
  listener.callerDoes('answers')
  // The plan has already reported what needs sound: no channel carries any yet.
  const parts = withoutSound(utterance)
  for (const [i, part] of parts.entries()) {
    switch (part.type) {
      case 'text':
        if (parts[i + 1]?.type === 'endcall' && (conversation.floor === 'messages' || conversation.takesLastWords)) {
          const delivered = await begin(part)
          const nowS = conversation.elapsedS()
          delivered({ startS: nowS, endS: nowS })
          await hangUp(part.text)
        }
        await utter(part)
        break
      case 'dtmf':
        await utter(part)
        break
      case 'hold':
        await listener.pause(part.ms, false)
        break
      case 'silence':
        if (await listener.pause(part.ms, true)) return
        break
      case 'interruption':
        await listener.pause(Math.max(0, heardSinceMs + part.ms - clock.now()), false)
        break
      case 'endcall':
        await listener.settle()
        await hangUp('')
        break
      default:
        unreachable(part)
    }
  }
}

/** Listens while something is said. If the call ends meanwhile, cuts the speech off and records what was said of it. */
async function untilDone(saying: Saying, done: Promise<Delivered>, delivered: (as: Delivered) => void, listener: Listener): Promise<void> {
  try {
    await listener.during(done, false)
  } catch (cause) {
    saying.cut()
    throw cause
  } finally {
    delivered(await done)
  }
}
