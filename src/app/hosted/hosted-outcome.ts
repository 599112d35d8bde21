import type { Document, Scenario } from '../../domain/document.js'
import type { Attempt } from '../../domain/event.js'
import type { Fault } from '../../domain/fault.js'
import { callFaults } from '../../domain/faults/call-faults.js'
import { serviceFaults } from '../../domain/faults/service-faults.js'
import { scored, type NotRunReason, type Outcome } from '../../domain/outcome.js'
import { nothingSaid } from '../../domain/nothing-said.js'
import type { RunSpec } from '../../domain/plan.js'
import type { Transcript } from '../../domain/transcript.js'
import type { Check, Holds, MetricScore, Verdict } from '../../domain/verdict.js'
import { notCutOffAssertion } from '../../pipeline/score/not-cut-off.js'
import { createScorer } from '../../pipeline/score/score.js'
import type { HostedDetails, HostedMetric, HostedRun } from '../../ports/hosted-service.js'
import type { Prepared } from '../plan-document.js'
import type { Adapters } from '../registry.js'
import { endingIsKnown, withoutEndings } from './known-ending.js'
import { contradictions, otherRun, type AskedFor } from './contradictions.js'

export interface HostedEnd {
  readonly outcome: Outcome
  readonly startedAt?: string
  readonly durationMs: number
  readonly earlier: readonly Attempt[]
  readonly flaky: boolean
}

export interface HostedCircumstances {
  /** Whether it was seen in progress. */
  readonly isBegun: boolean
  /** Why we ended its calls, if we did. */
  readonly stopped: NotRunReason | undefined
  /** Which run was asked for, where that is known. */
  readonly asked: AskedFor | undefined
}

/**
 * Gives a hosted run its outcome. A run passes only on evidence: the transcript must show that both sides spoke, and the
 * scenario's checks are matched here unless the service has already done so.
 */
export type ScoreHosted = (run: HostedRun, spec: RunSpec, seen: HostedCircumstances) => HostedEnd

export async function createHostedScorer({ document, mask }: Prepared, use: Pick<Adapters, 'patterns'>): Promise<ScoreHosted> {
  const score = createScorer({ metrics: document.metrics, mask, patterns: await use.patterns() })
  const asked = new WeakMap<Scenario, Scenario>()
  const scoreHere = ({ entry, case: planned }: RunSpec, transcript: Transcript): Verdict => {
    const own = asked.get(planned.scenario) ?? askedHere(planned.scenario)
    asked.set(planned.scenario, own)
    return score({ entry, case: { ...planned, scenario: own } }, transcript)
  }
  return (run, spec, seen) => {
    const { startedAt, durationMs, details } = run
    const other = seen.asked && otherRun(run, seen.asked)
    const outcome = other ? broke(other) : (calledOff(run, seen) ?? broken(run) ?? judged(run, spec, document, scoreHere))
    return {
      outcome,
      ...(startedAt !== undefined && { startedAt }),
      durationMs,
      earlier: (details?.earlier ?? []).map(attempt => attemptOf(attempt, startedAt)),
      flaky: outcome.status === 'passed' && details?.flaky === true,
    }
  }
}

/** The outcome of a run without a verdict. */
export function broke(fault: Fault, transcript = nothingSaid()): Outcome {
  return { status: fault.by === 'agent' ? 'agent_error' : 'infra_error', transcript, fault }
}

/**
 * The part of a scenario that can be checked on a transcript made elsewhere. The caller's script and the judge were the
 * service's.
 */
function askedHere({ expectedOutcome: _, ...scenario }: Scenario): Scenario {
  return { ...scenario, behaviour: { kind: 'instructions', instructions: '', firstMessage: [] }, metrics: [] }
}

function calledOff({ status, details, transcript }: HostedRun, { isBegun, stopped }: HostedCircumstances): Outcome | undefined {
  if (status === 'timeout' && details?.outcome === 'not_run') return { status: 'not_run', reason: 'suite_timeout' }
  if (status !== 'cancelled') return undefined
  if (stopped === 'decided' || stopped === 'max_failures') return { status: 'not_run', reason: stopped }
  return isBegun || transcript.moments.length > 0
    ? broke(callFaults.interrupted(), transcript)
    : { status: 'not_run', reason: stopped ?? 'cancelled' }
}

/** The outcome of a run that did not reach its end. */
function broken({ id, status, error, transcript, details }: HostedRun): Outcome | undefined {
  if (status === 'completed') return undefined
  if (status === 'failed' && details?.fault) return broke(details.fault, transcript)
  if (status === 'failed' && details?.outcome === 'caller_invalid')
    return { status: 'caller_invalid', transcript, reason: details.reason ?? error ?? '' }
  if (transcript.ending.reason === 'Main agent-silence-timed-out') return broke(serviceFaults.agentSilent(), transcript)
  return broke(serviceFaults.endedBadly({ run: id, status, error }), transcript)
}

function judged(run: HostedRun, spec: RunSpec, document: Document, scoreHere: (spec: RunSpec, transcript: Transcript) => Verdict): Outcome {
  const { scenario } = spec.case
  const { transcript, details } = run
  if (transcript.moments.length === 0) {
    const unseen: Check = { assertion: 'both sides spoke', holds: 'unknown', because: `the service gave no transcript of run ${run.id}` }
    return scored(transcript, {
      holds: 'unknown',
      checks: [unseen, ...wasRead(run), ...checksThere(run), ...contradictions(run)],
      metrics: [],
    })
  }
  const here = scoreHere(run.saysWhoEnded ? spec : withoutEndings(spec), transcript)
  const fits = details && fitsTheStatus(details, run)
  const lines = new Map(here.checks.map(({ assertion, line }) => [assertion, line]))
  const told = (fits ? (details.checks ?? []) : checksThere(run)).map(check => {
    const line = lines.get(check.assertion)
    return line === undefined ? check : { ...check, line }
  })
  const there = [...told, ...wasRead(run), ...endingIsKnown(run, scenario), ...contradictions(run)]
  const metrics = fits && details.metrics ? details.metrics : run.metrics.map(metric => named(metric, document))
  // Whether the scenario expects to be cut off, a service of ours knows better: its scenario has all the checks.
  const isSettled = (assertion: string): boolean =>
    there.some(check => check.assertion === assertion) || (fits === true && assertion === notCutOffAssertion)
  const more = here.checks.filter(({ assertion }) => !isSettled(assertion))
  const own = here.metrics.filter(({ metric }) => !metrics.some(each => each.metric === metric))
  const missing = scenario.metrics.filter(
    key => !metrics.some(each => each.metric === key && (each.value !== null || each.applies === false)),
  )
  const outcome = fits ? details.judged : run.outcome
  const holds = together([
    fits ? holdsOf[details.outcome as 'passed'] : 'yes',
    ...[...there, ...more].map(check => check.holds),
    ...(missing.length > 0 ? ['unknown' as const] : []),
  ])
  return scored(transcript, {
    // Where the caller never spoke nothing was tested, whatever the service says.
    holds: here.holds === 'unknown' && here.checks[0]?.holds === 'unknown' ? 'unknown' : holds,
    checks: [...there, ...more],
    ...(outcome && { outcome }),
    metrics: [
      ...metrics,
      ...own,
      ...missing.filter(key => !metrics.some(({ metric }) => metric === key)).map(key => unscored(key, document)),
    ],
  })
}

const holdsOf = { passed: 'yes', failed: 'no', unscored: 'unknown' } as const

/** A check may depend on a part of the transcript that could not be read. */
function wasRead({ id, unread }: HostedRun): Check[] {
  if (unread.length === 0) return []
  const lost = unread.filter(({ isLost }) => isLost)
  const why = lost.length > 0 ? lost : unread
  const because = why.map(({ index, message }) => `message ${index + 1} of run ${id}: ${message}`).join(' ')
  return [{ assertion: 'the whole transcript can be read', holds: lost.length > 0 ? 'unknown' : 'yes', because }]
}

/** Details extend the API's fields; details that contradict them are ignored. */
function fitsTheStatus({ outcome, checks }: HostedDetails, { success }: HostedRun): boolean {
  return checks !== undefined && outcome in holdsOf && (outcome === 'passed') === (success === true)
}

/** The service's evaluation, from the API's own fields. */
function checksThere({ id, success, expectsOutcome, outcome }: HostedRun): Check[] {
  const verdict: Check = {
    assertion: `the service reports run ${id} as a success`,
    holds: success === undefined ? 'unknown' : success ? 'yes' : 'no',
    because:
      success === undefined
        ? 'it does not say'
        : success
          ? ''
          : (outcome?.claims.find(({ holds }) => holds !== 'yes')?.claim ?? 'it is not'),
  }
  if (!expectsOutcome || (outcome && outcome.score !== null)) return [verdict]
  return [verdict, { assertion: 'expected outcome', holds: 'unknown', because: 'the service did not judge it' }]
}

/** Names the score by the suite metric with the same id or name. */
function named({ id, name, score }: HostedMetric, { metrics }: Document): MetricScore {
  const own =
    metrics.find(metric => id !== undefined && metric.id === id) ?? metrics.find(metric => metric.key === name || metric.name === name)
  return { metric: own?.key ?? name, ...score }
}

function unscored(key: string, { metrics }: Document): MetricScore {
  return {
    metric: key,
    type: metrics.find(metric => metric.key === key)?.type ?? 'numeric',
    value: null,
    because: 'the service did not score it',
  }
}

function together(all: readonly Holds[]): Holds {
  if (all.includes('no')) return 'no'
  return all.includes('unknown') ? 'unknown' : 'yes'
}

function attemptOf({ outcome, fault }: HostedDetails['earlier'][number], startedAt = new Date(0).toISOString()): Attempt {
  const because: Check = { assertion: 'the attempt', holds: 'no', because: 'the service keeps its conversation' }
  if (fault) return { startedAt, durationMs: 0, outcome: broke(fault) }
  if (outcome !== 'failed') return { startedAt, durationMs: 0, outcome: broke(serviceFaults.attemptEnded({ outcome })) }
  return {
    startedAt,
    durationMs: 0,
    outcome: { status: 'failed', transcript: nothingSaid(), verdict: { holds: 'no', checks: [because], metrics: [] } },
  }
}
