import { freePort, runSuite, type ReportedRun } from './callsheet.js'

/** Runs a suite of the clinic in sound. @param bug  One that is planted in its agent. */
export async function call(suite: string, flags: readonly string[] = [], bug?: string) {
  const ports = { CLINIC_VOICE_PORT: await freePort(), CLINIC_KEYS_PORT: await freePort() }
  return runSuite(`clinic-voice/${suite}`, flags, { ...ports, ...(bug !== undefined && { CLINIC_VOICE_BUG: bug }) })
}

/** The checks that did not hold. */
export function broken(runs: readonly ReportedRun[]): string[] {
  return runs.flatMap(({ checks = [] }) => checks.filter(({ holds }) => holds === 'no').map(({ assertion }) => assertion))
}
