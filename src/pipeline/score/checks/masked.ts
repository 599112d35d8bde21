import type { Finding } from './finding.js'

/** Whether a secret is masked in a stored value. */
export function hasMark(value: unknown): boolean {
  if (typeof value === 'string') return /\[redacted [^\]]+\]/.test(value)
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([key, item]) => hasMark(key) || hasMark(item))
}

/** A stored conversation no longer says what the check asks about: a secret stood there. The earlier verdict stands. */
export function undecided(): Finding {
  return { holds: 'unknown', isMasked: true, saw: () => 'a secret is masked where the check looks; run it again to decide' }
}
