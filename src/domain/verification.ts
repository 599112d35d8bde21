/** What became of one check of a signed result. `unknown`: nothing there to check it with. */
export interface VerificationLine {
  readonly check: string
  readonly holds: 'yes' | 'no' | 'unknown'
  /** What was found, in one line; empty if there is nothing to add. */
  readonly found: string
}

export interface Verification {
  readonly holds: VerificationLine['holds']
  readonly lines: readonly VerificationLine[]
}

/** All lines together: one that does not hold decides; else one that nobody could check. */
export function verificationOf(lines: readonly VerificationLine[]): Verification {
  const worst = (['no', 'unknown'] as const).find(holds => lines.some(line => line.holds === holds))
  return { holds: worst ?? (lines.length > 0 ? 'yes' : 'unknown'), lines }
}
