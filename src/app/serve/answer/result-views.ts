import type { CaseSummary, RunWaiting } from '../../../domain/event.js'
import type { ResultRecord, RunStanding } from '../../../ports/database.js'
import { casesOf, type ResultContext } from './result-context.js'
import { dialWindowView } from './dial-window.js'
import { mediumOf } from './medium.js'
import type { FailedReason, Result, ResultSummary, RunSettings, StartedResult as StartedAnswer, StartedRun } from '../generated/answers.js'
import type { FieldErrors } from '../refusal.js'
import type { ResultTotals } from './result-totals.js'
import { testProfileData } from './run-views.js'
import { waitingView } from './waiting-views.js'
import { missedThresholds, resultStatus, runStatus, successes, successRate, wrongControls, type RunStatus } from './statuses.js'

/** A result that this request, or an earlier one with the same key, has started. */
export interface StartedResult {
  readonly record: ResultRecord
  /** The states of its runs, by index, unless all are still new. */
  readonly runs: readonly RunStanding[]
  readonly context: ResultContext
  /** For scenarios that came with the request: what its author should know, by place. */
  readonly warnings?: FieldErrors
}

/** The answer to a request that starts a result. */
export function startedView({ record: result, runs, context, warnings }: StartedResult): StartedAnswer {
  const { id, request, agentId, createdAt, firstRun, started, counts } = result
  return {
    id,
    name: request.name,
    agent: agentId,
    status: resultStatus(result),
    success_rate: successRate(successes(result), counts.total),
    run_as_text: mediumOf(started.plan) === 'text',
    runs: casesOf(started.plan.entries).flatMap(each => startedRuns(each, firstRun, { runs, context })),
    created_at: createdAt,
    ...(warnings && Object.keys(warnings).length > 0 && { warnings }),
  }
}

function startedRuns(own: CaseSummary, firstRun: number, { runs: standings, context }: Omit<StartedResult, 'record'>): StartedRun[] {
  const { firstRun: first, repeats, scenario } = own
  const profile = testProfileData(own, context)
  return Array.from({ length: repeats }, (_, i) => {
    const { number, inboundNumber } = context.numbersOf(first + i)
    return {
      id: firstRun + first + i,
      status: startedStatus(standings[first + i]),
      scenario: scenario.id ?? null,
      scenario_name: scenario.name,
      number,
      inbound_number: inboundNumber,
      test_profile_data: profile,
      ...dialWindowView(context, standings[first + i]),
    }
  })
}

function startedStatus(standing: RunStanding | undefined): RunStatus {
  return standing ? runStatus(standing) : 'pending'
}

/** A result in a list. */
export function resultSummaryView(result: ResultRecord): ResultSummary {
  const { id, request, agentId, started, counts, createdAt, updatedAt } = result
  const succeeded = successes(result)
  return {
    id,
    name: request.name,
    agent: agentId,
    agent_name: started.plan.entries[0]?.agent.name ?? request.agent,
    status: resultStatus(result),
    success_rate: successRate(succeeded, counts.total),
    run_as_text: mediumOf(started.plan) === 'text',
    run_type: mediumOf(started.plan),
    total_runs_count: counts.total,
    completed_runs_count: counts.ended,
    success_runs_count: succeeded,
    failed_runs_count: counts.ended - succeeded,
    scenarios: uniqueScenarios(casesOf(started.plan.entries)),
    created_at: createdAt,
    updated_at: updatedAt,
  }
}

/**
 * A result without its runs. The totals count the runs that the same answer shows.
 *
 * @param waits  What runs wait for at present.
 */
export function resultView(
  result: ResultRecord,
  runs: { readonly context: ResultContext; readonly totals: ResultTotals },
  waits: readonly RunWaiting[],
): Omit<Result, 'runs'> {
  const distrust = judgeFailed(result)
  const totals = runs.totals.view(distrust.length === 0)
  const reasons = [...distrust, ...shortfalls(result), ...totals.failed_reasons]
  return {
    ...resultSummaryView(result),
    ...totals,
    failed_reasons: reasons,
    waiting_for: waitingView(waits, result),
    run_settings: runSettings(result, runs.context),
  }
}

/** Why a failed judge control invalidates all runs, if so. It concerns all of them, so it names none. */
function judgeFailed({ report, counts }: ResultRecord): FailedReason[] {
  return wrongControls(report).map(({ control, because }) => ({
    reason: `The judge is not reliable: it was wrong about the judge control ${control}${because === '' ? '.' : `: ${because}`}`,
    count: counts.total,
    runs: [],
  }))
}

/** The metric thresholds that the result missed: no run that they cover is a success. */
function shortfalls({ report, counts }: ResultRecord): FailedReason[] {
  return missedThresholds(report).map(({ scope, rule, required, measured, because }) => ({
    reason: `Threshold ${rule} of ${scope}: required ${required}, measured ${measured}${because === undefined ? '' : ` (${because})`}`,
    count: counts.total,
    runs: [],
  }))
}

/** The request, by ids. Its addresses and headers are left out: they may contain secrets. */
function runSettings({ request, rerunOf }: ResultRecord, { cases }: ResultContext): RunSettings {
  return {
    frequency: request.frequency,
    mode: request.mode,
    tags: request.tags,
    folder_path: request.scenarios.kind === 'folder' ? request.scenarios.folder : null,
    personality_ids: idsOf(
      cases.map(({ personality }) => personality),
      request.personalities,
    ),
    test_profile_ids: idsOf(
      cases.map(({ testProfile }) => testProfile),
      request.testProfiles,
    ),
    concurrency_limit: request.concurrencyLimit ?? null,
    outbound_phone_number: request.outboundPhoneNumber ?? null,
    agent_number: request.agentNumber ?? null,
    mock_tool_names: request.mockTools ?? null,
    rerun_of: rerunOf ?? null,
  }
}

function idsOf(nouns: readonly ({ readonly key: string; readonly id?: number } | undefined)[], keys: readonly string[]): (number | null)[] {
  return keys.map(key => nouns.find(noun => noun?.key === key)?.id ?? null)
}

function uniqueScenarios(cases: readonly CaseSummary[]): ResultSummary['scenarios'] {
  return [...new Map(cases.map(({ scenario: { id, key, name } }) => [key, { id: id ?? null, name }])).values()]
}
