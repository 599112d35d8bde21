import type { Gate } from '../domain/report.js'

/** What the process says to a pipeline. */
export const exit = {
  /** The gate passed; or there was nothing to gate, and it went well. */
  passed: 0,
  /** The gate failed. */
  failed: 1,
  /** The suite or the command line is wrong; nothing was called. */
  usage: 2,
  /** Neither pass nor fail. */
  couldNotTell: 3,
  interrupted: 130,
  terminated: 143,
} as const

export type ExitCode = (typeof exit)[keyof typeof exit]

export function exitOf({ verdict }: Gate): ExitCode {
  switch (verdict) {
    case 'passed':
      return exit.passed
    case 'failed':
      return exit.failed
    case 'could_not_tell':
      return exit.couldNotTell
  }
}

/** Of several suites: what must not be overlooked first. */
export function worst(codes: readonly ExitCode[]): ExitCode {
  const order = [exit.interrupted, exit.terminated, exit.usage, exit.failed, exit.couldNotTell, exit.passed]
  return order.find(code => codes.includes(code)) ?? exit.passed
}
