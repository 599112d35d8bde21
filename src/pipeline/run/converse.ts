import type { CallerMove } from '../../ports/caller.js'
import { broken, CallOver, over, type OpenCall } from './call.js'
import { callFaults } from '../../domain/faults/call-faults.js'
import { Listener } from './listener.js'
import { speak } from './speak.js'
import { Thinking } from './think.js'

/** How often the caller prompts a silent agent before it gives up, if its way to take turns does not say. */
const usualIdlePrompts = 3

/**
 * The turn loop: conducts a conversation to its end.
 *
 * The caller speaks when it has an answer to what it hears; otherwise it waits for more. After `idle_timeout` it says its
 * idle prompt, three times at most, and then the run ends. (With the floor `turns` nothing more can come, so the prompt
 * comes at once.) An agent that never answers the caller's words has fallen silent, which is a fault.
 *
 * @throws {CallOver} when the call is over.
 */
export async function converse(call: OpenCall): Promise<never> {
  const { caller, scenario, record, conversation, agent, aloud, asides } = call
  const maxIdlePrompts = aloud?.turns.idlePrompts ?? usualIdlePrompts
  const listener = new Listener(call)
  const thinking = new Thinking(call, listener)
  let idlePrompts = 0
  const opening = thinking.open()
  let move = opening instanceof Promise ? await opening : opening
  for (;;) {
    if (move.type === 'lapse') await breakOff(call, move.reason)
    if (move.type === 'say') {
      if (record.turn >= scenario.maxTurns) await giveUp(call, 'exceeded-max-turns')
      asides?.keepBack()
      const speaking = speak(call, listener, move.utterance, move.cause)
      if (speaking) await speaking
      asides?.giveFloor()
    }
    let next = listener.due()
    for (; !next; next = listener.due()) await listener.wait()
    if (next === 'heard') {
      const answer = thinking.answer()
      move = answer instanceof Promise ? await answer : answer
      if (move.type !== 'wait') {
        idlePrompts = 0
        continue
      }
      if (conversation.floor !== 'turns') continue
    }
    if (idlePrompts === maxIdlePrompts) {
      if (!listener.floor.isAnswered) throw broken(record, conversation.elapsedS(), callFaults.silence({ ms: agent.silenceMs }))
      await giveUp(call, 'Main agent-silence-timed-out')
    }
    idlePrompts += 1
    move = idlePrompt(caller.idlePrompt)
  }
}

/** Ends a call whose caller cannot keep to its instructions. Such a call proves nothing. */
async function breakOff(call: OpenCall, lapse: string): Promise<never> {
  const ended = over(call, 'caller', 'Testing agent-ended-call')
  await call.conversation.end('')
  throw new CallOver({ ...ended.conversed, lapse })
}

/** Ends the call because of one of our own limits. */
async function giveUp(call: OpenCall, reason: 'exceeded-max-turns' | 'Main agent-silence-timed-out'): Promise<never> {
  const ended = over(call, 'limit', reason)
  await call.conversation.end('')
  throw ended
}

function idlePrompt(text: string): CallerMove {
  return { type: 'say', utterance: [{ type: 'text', text }], cause: { kind: 'idle_prompt' } }
}
