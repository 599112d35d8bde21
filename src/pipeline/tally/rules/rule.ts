import type { GateBound, GateLine, GateMeasure } from '../../../domain/report.js'
import type { Scope } from '../scope.js'

/** One rule of the gate over one scope. */
export interface Rule {
  readonly scope: Scope
  readonly name: string
  /** For people. */
  readonly required: string
  /** For programs. */
  readonly bound: GateBound
  /** Applies the rule to what has ended so far. */
  judge(): Ruling
  /**
   * Whether the open runs of any one entry no longer matter, whether each ends passed, failed, agent_error or left out, and
   * whatever happens in other entries. False is always safe.
   */
  isSettled(): boolean
}

/**
 * Joins rules of one name over parts of a scope; the result is the worst of theirs, and so are its numbers.
 *
 * @param parts  At least one.
 */
export function asOne(scope: Scope, parts: readonly [Rule, ...Rule[]]): Rule {
  const [first] = parts
  if (parts.length === 1) return first
  return {
    scope,
    name: first.name,
    required: first.required,
    bound: first.bound,
    judge() {
      const judged = parts.map(part => part.judge())
      const verdict = (['not_met', 'could_not_tell'] as const).find(bad => judged.some(each => each.verdict === bad)) ?? 'met'
      const because = judged.flatMap(each => (each.verdict === verdict ? (each.because ?? []) : [])).join('; ')
      const { measured: _, verdict: _verdict, because: _because, ...numbers } = judged.find(each => each.verdict === verdict) ?? judged[0]!
      return { ...numbers, measured: judged.map(({ measured }) => measured).join('; '), verdict, ...(because !== '' && { because }) }
    },
    isSettled: () => parts.every(part => part.isSettled()),
  }
}

export type Ruling = Pick<GateLine, 'measured' | 'verdict' | 'because'> & GateMeasure

export function lineOf(rule: Rule): GateLine {
  const { scope, name, required, bound } = rule
  const { measured, verdict, because, ...numbers } = rule.judge()
  return { scope: scope.name, rule: name, required, measured, verdict, ...(because !== undefined && { because }), ...bound, ...numbers }
}
