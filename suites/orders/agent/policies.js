import { plantedBug } from './bugs.js'

/** How many days after delivery the shop takes things back. */
export const returnDays = plantedBug === 'invents_policy' ? 90 : 30

/** Answers to general questions, about no order in particular. See knowledge/policies.md. */
export const policies = {
  return_period: `You can send things back within ${returnDays} days of delivery, as long as they are unused.`,
  return_postage: 'Sending things back is free of charge.',
  delivery_cost: 'Standard delivery costs 4.90 euros, and nothing for orders of 50 euros or more.',
  refund_time: 'A refund takes 3 to 5 working days, and goes back the way you paid.',
}
