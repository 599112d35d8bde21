import type { Verdict } from './verdict.js'

/** The verdict on a conversation whose caller could not be checked: unknown, because that caller may have tested nothing. */
export function unaudited(verdict: Verdict, because: string): Verdict {
  return { ...verdict, holds: 'unknown', checks: [...verdict.checks, { assertion: auditCheck, holds: 'unknown', because }] }
}

/** Whether a verdict says that its conversation's caller could not be checked. */
export function isUnaudited({ checks }: Verdict): boolean {
  return checks.some(({ assertion, holds }) => assertion === auditCheck && holds === 'unknown')
}

const auditCheck = 'the caller kept to its instructions'
