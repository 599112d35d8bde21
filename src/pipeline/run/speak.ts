import { unreachable } from '../../domain/unreachable.js'
import type { Utterance } from '../../domain/utterance.js'
import type { Said } from '../../ports/channel.js'
import { over, type OpenCall } from './call.js'
import type { Listener } from './listen.js'

export const idlePromptLabel = 'idle prompt'

/**
 * The caller's turn: says an utterance, part by part, keeping its pauses.
 *
 * @param why  What made the caller say it, for the transcript.
 * @throws {CallOver} when it hangs up, or the agent ends the call meanwhile.
 */
export async function speak(call: OpenCall, listener: Listener, utterance: Utterance, why: string): Promise<void> {
  const { conversation, record, clock, elapsedS } = call
  let hasBegun = false

  const utter = async (said: Said, deliver: () => Promise<void>): Promise<void> => {
    if (listener.isOwed) await listener.settle()
    if (!hasBegun) record.nextTurn()
    hasBegun = true
    const delivered = record.callerSays(said, why, elapsedS())
    await deliver()
    delivered(elapsedS())
    listener.spoke(why === idlePromptLabel)
  }

  const heardSinceMs = listener.firstHeardMs
  listener.turnAway()
  for (const [i, part] of utterance.entries()) {
    switch (part.type) {
      case 'text': {
        const isLastWords = utterance[i + 1]?.type === 'endcall' && conversation.turns === 'free'
        await utter(part, () => (isLastWords ? conversation.end(part.text) : conversation.say(part)))
        if (isLastWords) throw over(call, 'caller', 'Testing agent-ended-call')
        break
      }
      case 'dtmf':
        await utter(part, () => conversation.say(part))
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
        await conversation.end('')
        throw over(call, 'caller', 'Testing agent-ended-call')
      default:
        unreachable(part)
    }
  }
}
