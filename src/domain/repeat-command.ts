import { traitsOf } from './connection.js'
import type { CaseSummary, EntrySummary, SuiteStarted } from './event.js'
import { safeLine } from './safe-text.js'

/** How commands name a result. */
export interface CommandNames {
  /** Its folder. */
  readonly folder: string
  /** Its address, from which it can be saved to the folder; absent if it is on no server. */
  readonly address?: string
}

/** A word for the shell, on one line. What would act where it is printed does not. */
export function shellWord(text: string): string {
  const word = safeLine(text)
  return /^[\w./:@=-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`
}

/**
 * Whether cases of a run entry can be run again, one by one: a hosted service runs all that it is asked for, and what a client of the server
 * brought or reached is in no suite.
 */
export function canRepeat({ requested }: Pick<SuiteStarted, 'requested'>, { agent }: Pick<EntrySummary, 'agent'>): boolean {
  return !traitsOf[agent.channel].hosted && !requested?.isElsewhere
}

/** The command that runs a case of such a run entry again where its suite is. */
export function repeatCommand(
  { suite, requested }: Pick<SuiteStarted, 'suite' | 'requested'>,
  { key, scenario }: Pick<CaseSummary, 'key' | 'scenario'>,
): string {
  // A request has run entries of its own: only the scenario is the suite's.
  return `callsheet run ${shellWord(suite.file)} --filter ${shellWord(requested ? `/${scenario.key}` : key)}`
}
