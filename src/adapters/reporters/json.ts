import type { Attempt, CaseSummary, EntrySummary } from '../../domain/event.js'
import { withExactDigits } from '../../domain/exact-number.js'
import type { Outcome } from '../../domain/outcome.js'
import type { EntryReport } from '../../domain/report.js'
import { requestSlug } from '../../domain/request-slug.js'
import { unreachable } from '../../domain/unreachable.js'
import type { Reporter } from '../../ports/reporter.js'
import { type PlannedRun, plannedRuns } from './planned-runs.js'

/** The version of the report's format; see schemas/report.schema.json. */
export const reportVersion = 3

/** A run whose line has at least this many characters is written by itself. */
const longLine = 1 << 16

/** The whole result as one JSON document: runs in plan order, one per line. */
export const json: Reporter = async function* (result) {
  const { started, report } = result
  const { seed, totalRuns } = started.plan
  const request = requestSlug(started)
  const saved = report.entries.reduce((sum, entry) => sum + entry.saved, 0)
  yield `${opened({
    version: reportVersion,
    callsheet: started.callsheet,
    result: report.result,
    ...(started.rescoredFrom !== undefined && { rescoredFrom: started.rescoredFrom }),
    ...(started.mergedFrom && { mergedFrom: started.mergedFrom }),
    ...(started.cassette && { cassette: started.cassette }),
    suite: started.suite,
    ...(request !== undefined && { request }),
    digests: started.digests,
    ...(started.context && { context: started.context }),
    startedAt: report.startedAt,
    endedAt: report.endedAt,
    durationMs: report.durationMs,
    ...(report.stopped && { stopped: report.stopped }),
    plan: { seed, totalRuns },
    ...(started.plan.caller && { caller: started.plan.caller }),
    ...(started.plan.judge && { judge: started.plan.judge }),
    ...(report.controls && { controls: report.controls }),
    gate: report.gate,
    ...(report.waived && { waived: report.waived }),
    totals: report.totals,
    ...(saved > 0 && { saved }),
    ...(report.callers && { callers: report.callers }),
    ...(report.causes && { causes: report.causes }),
    ...(report.otherCauses !== undefined && { otherCauses: report.otherCauses }),
    ...(report.votes && { votes: report.votes }),
    ...(report.toldVersions && { toldVersions: report.toldVersions }),
    limits: report.limits,
    metrics: report.metrics,
    ...(report.usage && { usage: report.usage }),
    ...(report.unresolved && { unresolved: report.unresolved }),
    ...(report.leftOut && { leftOut: report.leftOut }),
    ...(report.warnings && { warnings: report.warnings }),
  })},\n`
  yield '  "entries": ['
  yield* entries(started.plan.entries, report.entries)
  yield '],\n  "runs": ['
  let separator = '\n'
  for await (const batch of plannedRuns(result)) {
    let lines = ''
    for (const planned of batch) {
      lines += `${separator}    `
      separator = ',\n'
      const line = JSON.stringify(runOf(planned))
      if (line.length < longLine) lines += line
      else {
        yield withExactDigits(lines)
        // As it is: a long text would be copied to be part of a longer one.
        yield withExactDigits(line)
        lines = ''
      }
    }
    // All at once, because to search a text that was put together is to copy it.
    yield withExactDigits(lines)
  }
  yield '\n  ]\n}\n'
}

/** An indented object without its closing brace. */
function opened(head: object): string {
  return JSON.stringify(head, null, 2).slice(0, -2)
}

/** Run entries, with one case per line. */
function* entries(planned: readonly EntrySummary[], reports: readonly EntryReport[]): Generator<string> {
  let separator = '\n'
  for (const entry of planned) {
    const report = reports.find(({ index }) => index === entry.index)
    if (!report) continue
    const { name, slug, agent } = entry
    const { totals, saved, metrics } = report
    yield `${separator}${indented(opened({ name, slug, agent, totals, saved, metrics }))},\n      "cases": [`
    for (const [i, own] of report.cases.entries()) {
      yield `${i === 0 ? '' : ','}\n        ${JSON.stringify(caseOf(entry.cases[i], own))}`
    }
    yield '\n      ]\n    }'
    separator = ',\n'
  }
  yield '\n  '
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, '    ')
}

function caseOf(
  planned: CaseSummary | undefined,
  { key, totals, durationMs, saved, decision, causes }: EntryReport['cases'][number],
): object {
  const { scenario, personality, testProfile } = planned ?? {}
  return {
    key,
    scenario: scenario && { ...scenario, metrics: undefined, thresholds: undefined },
    personality,
    testProfile,
    totals,
    durationMs,
    ...(saved > 0 && { saved }),
    decision,
    causes,
  }
}

function runOf({ entry, case: planned, repeat, run }: PlannedRun): object {
  return {
    run: run.run,
    index: run.index,
    entry: entry.name,
    scenario: planned.scenario.key,
    personality: planned.personality?.key,
    testProfile: planned.testProfile?.key,
    repeat,
    startedAt: run.startedAt,
    endedAt: run.at,
    durationMs: run.durationMs,
    flaky: run.flaky,
    ...outcomeOf(run.outcome),
    ...(run.usage && { usage: run.usage }),
    earlier: run.earlier.map(attemptOf),
  }
}

function attemptOf({ startedAt, durationMs, outcome, usage }: Attempt): object {
  return { startedAt, durationMs, ...outcomeOf(outcome), ...(usage && { usage }) }
}

function outcomeOf(outcome: Outcome): object {
  switch (outcome.status) {
    case 'passed':
    case 'failed':
    case 'unscored': {
      const { status, transcript, verdict } = outcome
      const { checks, outcome: expectedOutcome, metrics } = verdict
      return { status, checks, ...(expectedOutcome && { expectedOutcome }), metrics, transcript }
    }
    case 'agent_error':
    case 'infra_error':
    case 'caller_invalid':
    case 'not_run':
      return outcome
    default:
      return unreachable(outcome)
  }
}
