import type { Report } from '../domain/report.js'

/** The exit codes of the process. */
export const exit = {
  /** The gate passed, or a command without a gate succeeded. */
  passed: 0,
  /** The gate failed. */
  failed: 1,
  /** The suite or the command line is invalid; no agent was called. */
  usage: 2,
  /** Inconclusive: neither passed nor failed. */
  inconclusive: 3,
  interrupted: 130,
  terminated: 143,
} as const

export type ExitCode = (typeof exit)[keyof typeof exit]

/** The exit code of a result: that of its gate, or of its gate with waivers, if the suite allows that. */
export function exitOf({ gate, waived }: Pick<Report, 'gate' | 'waived'>): ExitCode {
  if (gate.verdict === 'failed' && waived?.allowed && waived.verdict === 'passed') return exit.passed
  switch (gate.verdict) {
    case 'passed':
      return exit.passed
    case 'failed':
      return exit.failed
    case 'could_not_tell':
      return exit.inconclusive
  }
}

/** The exit code for several suites: the most serious of theirs. */
export function worst(codes: readonly ExitCode[]): ExitCode {
  const order = [exit.interrupted, exit.terminated, exit.usage, exit.failed, exit.inconclusive, exit.passed]
  return order.find(code => codes.includes(code)) ?? exit.passed
}
