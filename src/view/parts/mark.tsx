import { type CaseStatus, caseStatusOf, marks } from '../../domain/case-status.js'
import type { OutcomeStatus } from '../../domain/outcome.js'
import type { GateLine } from '../../domain/report.js'
import type { Holds } from '../../domain/verdict.js'

/** A sign with its word for those who do not see it: never colour alone. */
export function Mark({ status, word }: { readonly status: CaseStatus; readonly word: string }) {
  return (
    <span class={`mark ${status}`}>
      <span aria-hidden="true">{marks[status]}</span>
      <span class="unseen">{word}</span>
    </span>
  )
}

export function OutcomeMark({ status }: { readonly status: OutcomeStatus }) {
  return <Mark status={caseStatusOf(status)} word={outcomeWords[status]} />
}

export function RuleMark({ verdict }: { readonly verdict: GateLine['verdict'] }) {
  return <Mark status={ruleStatuses[verdict]} word={ruleWords[verdict]} />
}

export function CheckMark({ holds }: { readonly holds: Holds }) {
  return <Mark status={({ yes: 'passed', no: 'failed', unknown: 'could_not_tell' } as const)[holds]} word={checkWords[holds]} />
}

/** An outcome with its sign and its word. */
export function OutcomeBadge({ status }: { readonly status: OutcomeStatus }) {
  const of = caseStatusOf(status)
  return (
    <span class={`badge ${of}`}>
      <span aria-hidden="true">{marks[of]} </span>
      {outcomeWords[status]}
    </span>
  )
}

export const outcomeWords: Readonly<Record<OutcomeStatus, string>> = {
  passed: 'passed',
  failed: 'failed',
  agent_error: 'agent error',
  infra_error: 'infrastructure error',
  caller_invalid: 'caller invalid',
  unscored: 'unscored',
  not_run: 'not run',
}

export const ruleStatuses: Readonly<Record<GateLine['verdict'], CaseStatus>> = {
  met: 'passed',
  not_met: 'failed',
  could_not_tell: 'could_not_tell',
}

export const ruleWords: Readonly<Record<GateLine['verdict'], string>> = { met: 'met', not_met: 'not met', could_not_tell: 'inconclusive' }

const checkWords: Readonly<Record<Holds, string>> = { yes: 'matches', no: 'does not match', unknown: 'inconclusive' }
