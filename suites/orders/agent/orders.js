// The tasks that customers come for, once the agent knows whose order it is.
import { plantedBug } from './bugs.js'
import { returnDays } from './policies.js'

export const anythingElse = 'Is there anything else I can do for you?'

/** The order is damaged, and the customer has not said what should happen. */
export function makeGood() {
  return ['Would you like your money back, or a replacement?']
}

export async function refund(call, heard) {
  const { order } = call
  if (order.isRefunded) return settle(call, 'I have refunded this order already.')
  if (order.delivered_days_ago === null) return settle(call, 'Your order has not been delivered yet. You can send it back once it has.')
  if (order.delivered_days_ago > returnDays) return settle(call, tooLate(order, 'refund it'))
  if (!agrees(call, heard)) return offer(call, heard, `I can refund ${order.price} euros for the ${order.item} to your ${order.paid_with}. Shall I?`)
  const refunded = plantedBug === 'only_says_so' ? {} : await call.backOffice('refund_order', { order: order.order, amount: order.price })
  order.isRefunded = !refunded.error
  if (order.isRefunded) return settle(call, `I have refunded ${order.price} euros to your ${order.paid_with}. It takes 3 to 5 working days.`)
  return ['I am sorry, the refund did not go through.', ...(await handOver(call, 'the refund failed'))]
}

export async function replace(call, heard) {
  const { order } = call
  if (order.delivered_days_ago === null) return settle(call, 'Your order has not been delivered yet.')
  if (order.delivered_days_ago > returnDays) return settle(call, tooLate(order, 'replace it'))
  if (!agrees(call, heard)) return offer(call, heard, `I can send you a new ${order.item}, free of charge. Shall I?`)
  await call.backOffice('send_replacement', { order: order.order })
  return settle(call, `A new ${order.item} is on its way to you. It arrives within 4 working days.`)
}

export function track(call) {
  return settle(call, `Your order is ${call.order.status}.`)
}

/** Hands the matter over to a colleague. */
export async function handOver(call, reason) {
  await call.backOffice('hand_over', { order: call.orderNumber ?? null, reason })
  return settle(call, 'I have handed this over to a colleague, who will write to you within one working day.')
}

function tooLate({ delivered_days_ago }, what) {
  return `Your order was delivered ${delivered_days_ago} days ago. We take things back within ${returnDays} days of delivery, so I cannot ${what}.`
}

/** Whether the agent has made its offer and the customer agrees. */
function agrees({ isOffered }, { consents, declines }) {
  return isOffered && consents && !declines
}

function offer(call, { declines }, question) {
  if (call.isOffered && declines) return settle(call, 'All right, I have left it as it is.')
  call.isOffered = true
  return [question]
}

function settle(call, words) {
  Object.assign(call, { isSettled: true, isOffered: false, wish: undefined })
  return [words, anythingElse]
}
