import type { CaseSummary, EntrySummary } from '../../domain/event.js'
import type { ResultRecord, RunStanding } from '../../ports/database.js'
import { isSuccess, resultStatus, runStatus, successRate } from './statuses.js'

/** The answer to what starts a result. @see schemas/api/answers.schema.json, StartedResult */
export function startedView(result: ResultRecord): object {
  const { id, request, agentId, createdAt, firstRun, started } = result
  const runs = started.plan.entries.flatMap(entry => entry.cases.flatMap(each => runsOfCase(each, entry, firstRun, result)))
  return {
    id,
    name: request.name,
    agent: agentId,
    status: resultStatus(result),
    success_rate: successRate(result),
    run_as_text: request.asText,
    runs,
    created_at: createdAt,
  }
}

function runsOfCase({ firstRun: first, repeats, scenario }: CaseSummary, _entry: EntrySummary, firstRun: number, { request }: ResultRecord): object[] {
  return Array.from({ length: repeats }, (_, i) => ({
    id: firstRun + first + i,
    status: 'pending',
    scenario: scenario.id ?? null,
    scenario_name: scenario.name,
    number: null,
    inbound_number: request.outboundPhoneNumber ?? null,
    test_profile_data: null,
    outbound_dial_window_opens_at: null,
    outbound_dial_window_seconds: null,
    outbound_dial_window_closes_at: null,
  }))
}

/** A result, with how its runs stand. @see schemas/api/answers.schema.json, Result */
export function resultView(result: ResultRecord, standings: readonly RunStanding[]): object {
  const { id, request, agentId, started, counts, createdAt, updatedAt } = result
  const cases = started.plan.entries.flatMap(entry => entry.cases)
  const scenarioOf = scenarioFinder(cases)
  const seconds = standings.reduce((sum, { durationMs = 0 }) => sum + durationMs, 0) / 1000
  return {
    id,
    name: request.name,
    agent: agentId,
    agent_name: started.plan.entries[0]?.agent.name ?? null,
    status: resultStatus(result),
    success_rate: successRate(result),
    run_as_text: request.asText,
    total_runs_count: counts.total,
    completed_runs_count: counts.ended,
    success_runs_count: counts.passed,
    failed_runs_count: counts.ended - counts.passed,
    total_duration: minutesAndSeconds(seconds),
    scenarios: uniqueScenarios(cases),
    runs: Object.fromEntries(
      standings.map(run => {
        const scenario = scenarioOf(run.index)
        const { id: runId, message } = run
        return [runId, { id: runId, status: runStatus(run), success: isSuccess(run), scenario: scenario?.id ?? null, scenario_name: scenario?.name ?? null, error_message: message ?? null }]
      }),
    ),
    created_at: createdAt,
    updated_at: updatedAt,
  }
}

/** `MM:SS`; more than 99 minutes take more digits. */
export function minutesAndSeconds(seconds: number): string {
  const whole = Math.round(seconds)
  return [Math.floor(whole / 60), whole % 60].map(part => String(part).padStart(2, '0')).join(':')
}

function uniqueScenarios(cases: readonly CaseSummary[]): object[] {
  return [...new Map(cases.map(({ scenario: { id, key, name } }) => [key, { id: id ?? null, name }])).values()]
}

/** Finds the scenario of a run by its index; cases stand in the order of their runs. */
function scenarioFinder(cases: readonly CaseSummary[]): (index: number) => CaseSummary['scenario'] | undefined {
  let at = 0
  return index => {
    const holds = (each: CaseSummary | undefined): boolean => each !== undefined && index >= each.firstRun && index < each.firstRun + each.repeats
    if (!holds(cases[at])) at = cases.findIndex(holds)
    return cases[at]?.scenario
  }
}
