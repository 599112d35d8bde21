// Bugs to plant with CLINIC_VOICE_BUG. Only sound shows them.

const bugs = {
  deaf: 'does not stop when the caller interrupts',
  dead_air: 'says nothing for twelve seconds after a tool call',
  talks_over: 'speaks while the caller is speaking',
  mishears_date: 'does not know "Tuesday" in sound of the telephone band, and takes it for another day',
}

/** The planted bug, if any. */
export const plantedBug = process.env.CLINIC_VOICE_BUG || undefined

if (plantedBug && !Object.hasOwn(bugs, plantedBug)) {
  const known = Object.entries(bugs).map(([name, what]) => `  ${name}: ${what}`)
  console.error(`CLINIC_VOICE_BUG=${plantedBug} is not one of the bugs this agent can have:\n${known.join('\n')}`)
  process.exit(1)
}
