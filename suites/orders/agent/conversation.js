import { plantedBug } from './bugs.js'
import { identify } from './identifying.js'
import { anythingElse, handOver, makeGood, refund, replace, track } from './orders.js'
import { policies } from './policies.js'
import { understand } from './understanding.js'

const tasks = { make_good: makeGood, refund, replacement: replace, tracking: track }

/**
 * Answers what a customer says.
 *
 * @param call  What is known of the conversation; it is written into.
 * @returns { reply, end }: messages, and whether the agent hangs up after them.
 */
export async function answer(call, words) {
  const heard = understand(words)
  if (isGoingOn(call, heard)) return { reply: [...sympathy(call, heard), ...(await goOn(call, heard))], end: call.isOver }
  return { reply: 'Thank you for writing to Birch & Co. Goodbye!', end: true }
}

/** Not, if the customer wants nothing more. */
function isGoingOn(call, { wish, question, order, insists, leaves, declines, thanks }) {
  if (wish || question || order || insists) return true
  return !leaves && !(call.isSettled && (declines || thanks))
}

/** Once, where the customer has had bad luck. */
function sympathy(call, { isDamaged }) {
  if (!isDamaged || call.isSorry) return []
  call.isSorry = true
  return plantedBug === 'no_apology' ? [] : ['I am so sorry that your order arrived damaged.']
}

async function goOn(call, heard) {
  if (heard.question) return inGeneral(call, policies[heard.question])
  if (heard.wantsPeople) return handOver(call, 'the customer asked for a person')
  takeNote(call, heard)
  if (heard.insists && call.isSettled) return ['I am sorry, I cannot make an exception.', anythingElse]
  if (!call.wish) return ['I can help with damaged orders, returns and deliveries. What is it about?']
  return (await identify(call, heard)) ?? tasks[call.wish](call, heard)
}

function inGeneral(call, policy) {
  if (call.wish) return [policy]
  call.isSettled = true
  return [policy, 'What else would you like to know?']
}

/** A new wish replaces the one before: people change their minds. */
function takeNote(call, { wish, order, email }) {
  if (wish && wish !== call.wish && !(wish === 'make_good' && call.wish)) Object.assign(call, { wish, isOffered: false, isSettled: false })
  if (order && order !== call.orderNumber) Object.assign(call, { orderNumber: order, order: undefined, isVerified: false })
  if (email) call.email = email
}
