import type { CaseSummary, EntrySummary, SuiteEvent, RunEnded, SuiteStarted } from '../../../../src/domain/event.js'
import type { CaseKey, ResultId, RunKey } from '../../../../src/domain/ids.js'
import type { NotRunReason, Outcome, OutcomeStatus } from '../../../../src/domain/outcome.js'
import type { GateLine, Report } from '../../../../src/domain/report.js'
import type { Thresholds, UntilDecided } from '../../../../src/domain/thresholds.js'
import type { Transcript } from '../../../../src/domain/transcript.js'
import type { MetricScore } from '../../../../src/domain/verdict.js'
import { eventVersion } from '../../../../src/domain/event.js'
import { createTally, type Tally } from '../../../../src/pipeline/tally/tally.js'

export interface CaseDraft {
  readonly repeats: number
  readonly untilDecided?: UntilDecided
  readonly scenario?: string
  readonly tags?: readonly string[]
  readonly thresholds?: Partial<Thresholds>
}

export interface EntryDraft {
  readonly cases: readonly CaseDraft[]
  readonly thresholds?: Partial<Thresholds>
}

export interface PlanDraft {
  readonly entries: readonly EntryDraft[]
  readonly thresholds?: Partial<Thresholds>
  readonly maxFailures?: number
}

const start = Date.parse('2026-11-24T20:00:00.000Z')
const at = (ms: number): string => new Date(start + ms).toISOString()

/** The first event of a journal; entries are called A, B ..., their cases a/c0, a/c1 ..., numbered through the plan. */
export function started({ entries, thresholds, maxFailures }: PlanDraft): SuiteStarted {
  let cases = 0
  let runs = 0
  // Every scenario names the metrics that any threshold bounds.
  const asked = [thresholds, ...entries.flatMap(entry => [entry.thresholds, ...entry.cases.map(each => each.thresholds)])]
  const bounded = asked.flatMap(each => each?.metrics?.map(({ metric }) => metric) ?? [])
  const drafted = entries.map((entry, index): EntrySummary => {
    const slug = String.fromCharCode(97 + index)
    return {
      index,
      name: slug.toUpperCase(),
      slug,
      agent: { key: 'clinic', name: 'Clinic', channel: 'http' },
      ...(entry.thresholds && { thresholds: { metrics: [], ...entry.thresholds } }),
      cases: entry.cases.map((draft): CaseSummary => {
        const key = draft.scenario ?? `c${cases}`
        const summary = {
          index: cases,
          key: `${slug}/${key}` as CaseKey,
          repeats: draft.repeats,
          ...(draft.untilDecided && { untilDecided: draft.untilDecided }),
          firstRun: runs,
          scenario: {
            key,
            name: key,
            tags: draft.tags ?? [],
            metrics: bounded,
            file: 'suite.yaml',
            line: 1,
            ...(draft.thresholds && { thresholds: { metrics: [], ...draft.thresholds } }),
          },
        }
        cases += 1
        runs += draft.repeats
        return summary
      }),
    }
  })
  return {
    type: 'suite.started',
    version: eventVersion,
    at: at(0),
    result: 'r' as ResultId,
    callsheet: '0.1.0',
    suite: { name: 'Clinic', file: 'suite.yaml' },
    plan: {
      seed: 1,
      totalRuns: runs,
      thresholds: { metrics: [], ...thresholds },
      ...(maxFailures !== undefined && { maxFailures }),
      entries: drafted,
    },
    digests: { suite: 's', bar: 'b', plan: 'p' },
    options: {},
  }
}

const transcript: Transcript = {
  moments: [],
  metadata: {},
  ending: { by: 'caller', reason: 'Testing agent-ended-call', atS: 1 },
}

/** An outcome; one that was not run is written `not_run:reason`. */
export type Ending = Exclude<OutcomeStatus, 'not_run'> | `not_run:${NotRunReason}`

export function outcome(ending: Ending, metrics: readonly MetricScore[] = []): Outcome {
  switch (ending) {
    case 'passed':
    case 'failed':
    case 'unscored': {
      const holds = ({ passed: 'yes', failed: 'no', unscored: 'unknown' } as const)[ending]
      return { status: ending, transcript, verdict: { holds, checks: [], metrics } }
    }
    case 'agent_error':
    case 'infra_error': {
      const by = ending === 'agent_error' ? 'agent' : 'infra'
      return { status: ending, transcript, fault: { by, code: 'closed', message: 'closed' } }
    }
    case 'caller_invalid':
      return { status: ending, transcript, reason: 'left its instructions' }
    default:
      return { status: 'not_run', reason: ending.slice('not_run:'.length) as NotRunReason }
  }
}

export function ended(
  index: number,
  ending: Ending,
  more: { metrics?: readonly MetricScore[]; earlier?: readonly Ending[]; durationMs?: number; atMs?: number } = {},
): RunEnded {
  const earlier = (more.earlier ?? []).map(each => ({ startedAt: at(1), durationMs: 1, outcome: outcome(each) }))
  return {
    type: 'run.ended',
    at: at(more.atMs ?? index),
    index,
    run: `run#${index}` as RunKey,
    outcome: outcome(ending, more.metrics),
    durationMs: more.durationMs ?? 100,
    earlier,
    flaky: ending === 'passed' && earlier.some(({ outcome: { status } }) => status === 'failed' || status === 'agent_error'),
  }
}

export function numeric(value: number | null, samples?: readonly number[]): MetricScore {
  return {
    metric: 'reply',
    type: 'numeric',
    value,
    ...(samples && { samples }),
    ...(value === null && { because: 'silent' }),
  }
}

export function tallied(plan: PlanDraft, events: readonly SuiteEvent[]): Tally {
  const tally = createTally(started(plan))
  for (const event of events) tally.add(event)
  return tally
}

/** A plan whose runs ended so, in plan order. */
export function reportOf(plan: PlanDraft, endings: readonly Ending[]): Report {
  return tallied(
    plan,
    endings.map((ending, index) => ended(index, ending)),
  ).report()
}

export function lineOf({ gate }: Report, rule: string, scope = 'suite'): GateLine {
  const found = gate.lines.filter(line => line.rule === rule && line.scope === scope)
  const [line, ...others] = found
  if (!line || others.length > 0) throw new Error(`${found.length} lines for ${rule} of ${scope}: ${JSON.stringify(gate)}`)
  return line
}

export function repeat(times: number, ending: Ending): Ending[] {
  return Array.from({ length: times }, () => ending)
}
