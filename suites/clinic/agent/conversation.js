import { book, cancel, hours, inquire, move } from './appointments.js'
import { ask, askFor, heed } from './asking.js'
import { hangUp, listening, note } from './frames.js'
import { intentIn } from './understanding.js'

const tasks = { book, move, cancel, inquire, hours }

/**
 * Conducts a call from its first words to its last. Yields the frames to send, and `listening` to be resumed with the
 * caller's words. The caller may open; if it says nothing (''), the agent greets. The last frame hangs up.
 *
 * @param call  { tier, tools }. The agent also stores here what it learns during the call.
 */
export function* converse(call) {
  yield note({ tier: call.tier })
  const opening = yield listening
  let words =
    opening === ''
      ? yield* ask('Thank you for calling Cedarwood Family Clinic. How can I help you today?')
      : yield* heed(opening, 'How can I help you with your appointments?')

  while (!isDone(words)) {
    const intent = intentIn(words)
    if (intent) {
      yield note({ intent })
      yield* tasks[intent](call, words)
      words = yield* ask('Is there anything else I can help you with?')
    } else {
      words = yield* askFor('I can book, move or cancel an appointment. Which would you like?', requestIn)
    }
  }
  yield hangUp('Thank you for calling Cedarwood Family Clinic. Goodbye, and take care!')
}

/** Returns the words if they contain a request that the agent handles, or ask for nothing more. */
function requestIn(words) {
  return intentIn(words) || isDone(words) ? words : undefined
}

function isDone(words) {
  return !intentIn(words) && /\b(no|nope|nothing|that's all|that is all|bye|goodbye|thanks|thank you)\b/i.test(words)
}
