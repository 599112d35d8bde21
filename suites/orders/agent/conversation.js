import { plantedBug } from './bugs.js'
import { identify } from './identifying.js'
import { anythingElse, handOver, makeGood, refund, replace, track } from './orders.js'
import { policies } from './policies.js'
import { understand } from './understanding.js'

const tasks = { make_good: makeGood, refund, replacement: replace, tracking: track }

/**
 * Answers a customer's message.
 *
 * @param call  What the agent knows of the conversation; this function updates it.
 * @returns { reply, end }: messages, and whether the agent hangs up after them.
 */
export async function answer(call, words) {
  const heard = understand(words)
  if (isGoingOn(call, heard)) return { reply: [...sympathy(call, heard), ...(await goOn(call, heard))], end: call.isOver }
  return { reply: 'Thank you for writing to Birch & Co. Goodbye!', end: true }
}

/** Whether the customer wants more. Somebody who says thank you for a refund does not want another one. */
function isGoingOn(call, { wish, questions, order, insists, leaves, declines, thanks }) {
  if (questions.length > 0 || insists) return true
  if (call.isSettled && thanks) return false
  return wish || order || !(leaves || (call.isSettled && declines))
}

/** Apologises once for a damaged order. */
function sympathy(call, { isDamaged }) {
  if (!isDamaged || call.isSorry) return []
  call.isSorry = true
  return plantedBug === 'no_apology' ? [] : ['I am so sorry that your order arrived damaged.']
}

async function goOn(call, heard) {
  if (heard.questions.length > 0) return inGeneral(call, heard.questions)
  if (heard.wantsPeople) return handOver(call, 'the customer asked for a person')
  takeNote(call, heard)
  if (heard.insists && call.isSettled) return ['I am sorry, I cannot make an exception.', anythingElse]
  if (!call.wish) return ['I can help with damaged orders, returns and deliveries. What is it about?']
  return (await identify(call, heard)) ?? tasks[call.wish](call, heard)
}

function inGeneral(call, questions) {
  const answers = questions.map((question) => policies[question])
  if (call.wish) return answers
  call.isSettled = true
  return [...answers, 'What else would you like to know?']
}

/** A new wish replaces the previous one: people change their minds. */
function takeNote(call, { wish, order, email }) {
  if (wish && wish !== call.wish && !(wish === 'make_good' && call.wish)) Object.assign(call, { wish, isOffered: false, isSettled: false })
  if (order && order !== call.orderNumber) Object.assign(call, { orderNumber: order, order: undefined, isVerified: false })
  if (email) call.email = email
}
