// Bugs to plant with CLINIC_BUG, so that you can watch the suite catch them.

const bugs = {
  double_booking: 'books a time that somebody else already has',
  privacy: 'finds a patient by name alone, whatever the date of birth',
  silent_cancel: 'says that an appointment is cancelled, and leaves it in the book',
  slow: 'takes three seconds to reply',
}

/** The planted bug, if any. */
export const plantedBug = process.env.CLINIC_BUG || undefined

if (plantedBug && !Object.hasOwn(bugs, plantedBug)) {
  const known = Object.entries(bugs).map(([name, what]) => `  ${name}: ${what}`)
  console.error(`CLINIC_BUG=${plantedBug} is not one of the bugs this agent can have:\n${known.join('\n')}`)
  process.exit(1)
}
