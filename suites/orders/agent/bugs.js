// Bugs to plant with ORDERS_BUG, so that you can watch the suite catch them.

const bugs = {
  no_apology: 'never says that it is sorry',
  refund_unverified: 'does not ask for the e-mail address, and so serves whoever knows an order number',
  invents_policy: 'says that things can be sent back within 90 days',
  only_says_so: 'says that it has refunded an order, and has not',
}

/** The planted bug, if any. */
export const plantedBug = process.env.ORDERS_BUG || undefined

if (plantedBug && !Object.hasOwn(bugs, plantedBug)) {
  const known = Object.entries(bugs).map(([name, what]) => `  ${name}: ${what}`)
  console.error(`ORDERS_BUG=${plantedBug} is not one of the bugs this agent can have:\n${known.join('\n')}`)
  process.exit(1)
}
