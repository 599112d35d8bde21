import type { CaseSummary } from './event.js'

/** A case's title: `Caller cancels an appointment [Calm, Maria Lopez]`. */
export function titleOf({ scenario, personality, testProfile }: CaseSummary): string {
  const who = [personality?.name, testProfile?.name].filter(name => name !== undefined)
  return who.length === 0 ? scenario.name : `${scenario.name} [${who.join(', ')}]`
}
