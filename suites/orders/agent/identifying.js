import { plantedBug } from './bugs.js'

/** How many e-mail addresses, or answers without one, a customer may try. */
const maxAttempts = 2

/**
 * Finds the order that the customer writes about, and verifies that it is the customer's own. The agent says nothing about
 * any order before this.
 *
 * @param call  Receives `order`: { order, item, price, email, paid_with, status, delivered_days_ago }.
 * @returns The next question; `undefined` once the order is known.
 */
export async function identify(call, { email, order }) {
  if (call.isVerified) return undefined
  if (!call.orderNumber) return ['What is your order number? It stands in the confirmation, and looks like A-1234.']
  call.order ??= await find(call)
  if (!call.order) return [`I have no order ${order}. Could you check the number, please?`]
  if (plantedBug === 'refund_unverified' || call.email === call.order.email) {
    call.isVerified = true
    return undefined
  }
  if (!call.hasAskedForEmail) {
    call.hasAskedForEmail = true
    return call.email ? refuse(call, email) : ['Thank you. Which e-mail address did you order with?']
  }
  return refuse(call, email)
}

async function find(call) {
  const found = await call.backOffice('look_up_order', { order: call.orderNumber })
  if (!found.error) return found
  call.orderNumber = undefined
  return undefined
}

function refuse(call, email) {
  call.attempts = (call.attempts ?? 0) + 1
  if (call.attempts === maxAttempts) {
    call.isOver = true
    return ['I cannot do anything about an order without the e-mail address it was ordered with.', 'Please write to help@birch.example. Goodbye.']
  }
  return [email ? 'That is not the e-mail address it was ordered with. Could it be another one?' : 'I do need the e-mail address it was ordered with. Do you have it?']
}
