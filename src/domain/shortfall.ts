import type { NotRunReason, Outcome } from './outcome.js'
import type { Transcript } from './transcript.js'
import type { Verdict } from './verdict.js'
import { unreachable } from './unreachable.js'

/** One reason why a run did not pass, in its original words, which are not yet safe to print. */
export interface Shortfall {
  /** What was required, or what broke. */
  readonly what: string
  /** What happened instead; empty if there is nothing to add. */
  readonly seen: string
  readonly turn?: number
  /** The line of the suite that requires it. */
  readonly line?: number
  /** `seen` comes from a judge. */
  readonly judged?: true
}

/** Why a run did not pass; empty if it passed. */
export function shortfalls(outcome: Outcome): Shortfall[] {
  switch (outcome.status) {
    case 'passed':
      return []
    case 'failed':
    case 'unscored':
      return verdictShortfalls(outcome.verdict)
    case 'agent_error':
      return [{ what: outcome.fault.message, seen: '', ...lastTurn(outcome.transcript) }]
    case 'infra_error':
      return [{ what: outcome.fault.message, seen: '' }]
    case 'caller_invalid':
      return [{ what: outcome.reason, seen: '' }]
    case 'not_run':
      return [{ what: notRunReasons[outcome.reason], seen: '' }]
    default:
      return unreachable(outcome)
  }
}

/** `seen` with its source; empty if there is nothing to add. */
export function seenText({ seen, judged }: Shortfall): string {
  return seen === '' ? '' : `${judged ? 'judge' : 'seen'}: ${seen}`
}

/** A shortfall on one line: `agent_says contains "cancelled": the agent said "Booked." (turn 2)`. */
export function shortfallLine({ what, seen, turn }: Shortfall): string {
  return `${seen === '' ? what : `${what.replace(/\.$/, '')}: ${seen}`}${turn === undefined ? '' : ` (turn ${turn})`}`
}

/** The failed checks, or the inconclusive ones if none failed; without either, the metrics that have no score. */
function verdictShortfalls({ holds, checks, metrics }: Verdict): Shortfall[] {
  const missed = checks.filter(check => check.holds === (holds === 'no' ? 'no' : 'unknown'))
  const unscored = missed.length > 0 ? [] : metrics.filter(({ value, applies }) => value === null && applies !== false)
  return [
    ...missed.map(({ assertion, because, turn, line, judged }) => ({
      what: assertion,
      seen: because,
      ...(turn !== undefined && { turn }),
      ...(line !== undefined && { line }),
      ...(judged && { judged }),
    })),
    ...unscored.map(({ metric, because }) => ({ what: `metric ${metric} is scored`, seen: because ?? 'it has no value' })),
  ]
}

function lastTurn({ moments }: Transcript): { turn?: number } {
  const last = moments.at(-1)
  return last ? { turn: last.turn } : {}
}

export const notRunReasons: Readonly<Record<NotRunReason, string>> = {
  cancelled: 'the suite was cancelled',
  max_failures: 'max_failures was reached',
  max_cost: 'max_cost was reached',
  suite_timeout: 'the timeout of the suite was reached',
  decided: 'skipped: already decided',
  crashed: 'the result was cut off before it ran',
  not_held: 'skipped when the conversations were conducted',
}
