import type { GateLine } from '../../../domain/report.js'
import type { Scope } from '../scope.js'

/** One rule of the gate over one scope. */
export interface Rule {
  readonly scope: Scope
  readonly name: string
  /** For people. */
  readonly required: string
  /** Holds what has ended so far against the rule. */
  judge(): Judgement
  /**
   * Whether it no longer matters what becomes of the open runs of any one entry, be each of them passed, failed,
   * agent_error or left out, and whatever becomes of the others. False is always safe.
   */
  isSettled(): boolean
}

export type Judgement = Pick<GateLine, 'measured' | 'verdict' | 'because'>

export function lineOf(rule: Rule): GateLine {
  const { scope, name, required } = rule
  return { scope: scope.name, rule: name, required, ...rule.judge() }
}
