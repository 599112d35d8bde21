import type { Cause } from '../../domain/cause.js'
import { unreachable } from '../../domain/unreachable.js'
import type { Utterance } from '../../domain/utterance.js'
import type { Said } from '../../ports/channel.js'
import { over, type OpenCall } from './call.js'
import type { Listener } from './listen.js'

/**
 * The caller's turn: says an utterance, part by part, keeping its pauses.
 *
 * @param cause  What made the caller say it, for the transcript.
 * @throws {CallOver} when it hangs up, or the agent ends the call meanwhile.
 */
export async function speak(call: OpenCall, listener: Listener, utterance: Utterance, cause: Cause): Promise<void> {
  const { conversation, record, clock, elapsedS } = call
  let hasBegun = false

  const begin = async (said: Said): Promise<(endS: number) => void> => {
    if (listener.isOwed) await listener.settle()
    if (!hasBegun) record.nextTurn()
    hasBegun = true
    return record.callerSays(said, cause, elapsedS())
  }
  const utter = async (said: Said): Promise<void> => {
    const delivered = await begin(said)
    await conversation.say(said)
    delivered(elapsedS())
    listener.spoke(cause.kind === 'idle_prompt')
  }
  /** The agent is heard until it lets go, but the call is over from here. */
  const hangUp = async (lastWords: string): Promise<never> => {
    const ended = over(call, 'caller', 'Testing agent-ended-call')
    await conversation.end(lastWords)
    throw ended
  }

  const heardSinceMs = listener.firstHeardMs
  listener.turnAway()
  for (const [i, part] of utterance.entries()) {
    switch (part.type) {
      case 'text':
        if (utterance[i + 1]?.type === 'endcall' && (conversation.turns === 'free' || conversation.takesLastWords)) {
          const delivered = await begin(part)
          delivered(elapsedS())
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
