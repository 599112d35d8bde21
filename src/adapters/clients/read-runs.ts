import type { HostedCase, HostedName } from '../../domain/hosted.js'
import type { Fault } from '../../domain/fault.js'
import { shallow } from '../../domain/nesting.js'
import { outcomeStatuses, type OutcomeStatus } from '../../domain/outcome.js'
import type { Check, JudgedOutcome, MetricScore } from '../../domain/verdict.js'
import type { HostedDetails, HostedMetric, HostedRun } from '../../ports/hosted-service.js'
import { asList, asNumber, asObject, asText, asWhole } from './loose.js'
import { readTranscript } from './read-transcript.js'
import type { StartedRun } from './start-once.js'

/**
 * The cases of a result's runs: scenario x personality x test profile, each with its runs.
 *
 * @param details  The same runs from `GET runs/bulk/`, with their personalities and test profiles.
 */
export function readCases(runs: readonly StartedRun[], details: readonly unknown[]): HostedCase[] {
  const byId = new Map(details.map(asObject).map(run => [asWhole(run['id']), run]))
  const cases = new Map<string, Omit<HostedCase, 'runs'> & { runs: number[] }>()
  for (const { id, scenario, scenarioName } of runs) {
    const run = byId.get(id) ?? {}
    const profile = asObject(run['test_profile_data'])
    const own = nameOf(scenario ?? asWhole(run['scenario']), scenarioName ?? asText(run['scenario_name'])) ?? { id: 0, name: 'unnamed' }
    const personality = nameOf(asWhole(run['personality']), asText(run['personality_name']))
    const testProfile = nameOf(asWhole(profile['id']), asText(profile['name']))
    const key = [own.id, personality?.id, testProfile?.id].join('/')
    const of = cases.get(key) ?? { scenario: own, ...(personality && { personality }), ...(testProfile && { testProfile }), runs: [] }
    cases.set(key, of)
    of.runs.push(id)
  }
  return [...cases.values()]
}

/**
 * Reads a finished run.
 *
 * @param isOurs  Whether the service is Callsheet; another service's metadata may be the agent's.
 */
export function readHostedRun(value: unknown, isOurs: boolean): HostedRun | undefined {
  const run = asObject(value)
  const id = asWhole(run['id'])
  const status = statuses.find(each => each === run['status'])
  if (id === undefined || status === undefined) return undefined
  const { transcript, saysWhoEnded, problems } = readTranscript(run, isOurs)
  const outcome = readOutcome(run['expected_outcome'])
  const startedAt = asText(run['executed_at'])
  const details = isOurs ? readDetails(shallow(asObject(run['metadata'])['callsheet'])) : undefined
  return {
    id,
    scenario: idIn(run['scenario']),
    agent: idIn(run['agent']),
    status,
    success: typeof run['success'] === 'boolean' ? run['success'] : undefined,
    error: asText(run['error_message']),
    transcript,
    saysWhoEnded,
    unread: problems,
    expectsOutcome: (asText(run['expected_outcome_prompt']) ?? '') !== '',
    ...(outcome && { outcome }),
    metrics: asList(asObject(run['evaluation'])['metrics']).map(readMetric),
    ...(startedAt !== undefined && !Number.isNaN(Date.parse(startedAt)) && { startedAt: new Date(startedAt).toISOString() }),
    durationMs: Math.round(transcript.ending.atS * 1000),
    ...(details && { details }),
  }
}

const statuses = ['completed', 'failed', 'timeout', 'cancelled'] as const

/** An id on its own, or that of an object. */
function idIn(value: unknown): number | undefined {
  return asWhole(value) ?? asWhole(asObject(value)['id'])
}

function nameOf(id: number | undefined, name: string | undefined): HostedName | undefined {
  return id === undefined ? undefined : { id, name: name ?? String(id) }
}

/** Each line of the explanation is a claim. A line without a sign is `unknown`, because the score covers all claims together. */
function readOutcome(value: unknown): HostedRun['outcome'] {
  const { score, explanation } = asObject(value)
  if (value === null || value === undefined) return undefined
  const claims = asList(explanation).flatMap(line => asText(line) ?? [])
  return {
    score: asNumber(score) ?? null,
    claims: claims.map(claim => ({
      claim,
      holds: claim.startsWith('✅') ? 'yes' : claim.startsWith('❌') ? 'no' : 'unknown',
      because: '',
    })),
  }
}

function readMetric(value: unknown): HostedMetric {
  const metric = asObject(value)
  const id = asWhole(metric['id'])
  const type = typeOf(metric)
  const explanation = asList(metric['explanation'])
    .flatMap(line => asText(line) ?? [])
    .join(' ')
  const score = valueOf(metric, type)
  return {
    ...(id !== undefined && { id }),
    name: asText(metric['name']) ?? `metric ${id}`,
    score: {
      type,
      value: score,
      ...(explanation !== '' && { explanation }),
      ...(score === null && { because: 'the service gave it no value' }),
    },
  }
}

/** Services have their own names for types. If the name is unknown, the value decides. */
function typeOf({ type, value, enum: chosen }: Readonly<Record<string, unknown>>): MetricScore['type'] {
  const name = asText(type) ?? ''
  if (typeof chosen === 'string' || name.includes('enum')) return 'enum'
  if (typeof value === 'boolean' || name.includes('binary')) return 'binary'
  return name.includes('rating') ? 'rating' : 'numeric'
}

function valueOf({ value, enum: chosen, score }: Readonly<Record<string, unknown>>, type: MetricScore['type']): MetricScore['value'] {
  if (type === 'enum') return asText(chosen) ?? asText(value) ?? null
  if (type !== 'binary') return asNumber(value) ?? asNumber(score) ?? null
  if (typeof value === 'boolean') return value
  const number = asNumber(value) ?? asNumber(score)
  return number === undefined ? null : number > 0
}

function readDetails(value: unknown): HostedDetails | undefined {
  const details = asObject(value)
  const outcome = statusOf(details['outcome'])
  if (!outcome) return undefined
  const fault = readFault(details['fault'])
  const reason = asText(details['reason'])
  const judged = Array.isArray(asObject(details['judged'])['claims']) ? asObject(details['judged']) : undefined
  return {
    outcome,
    ...(fault && { fault }),
    ...(reason !== undefined && { reason }),
    ...(Array.isArray(details['checks']) && { checks: asList(details['checks']).map(withoutLine) }),
    ...(judged && { judged: judged as unknown as JudgedOutcome }),
    ...(Array.isArray(details['metrics']) && { metrics: details['metrics'] as MetricScore[] }),
    flaky: details['flaky'] === true,
    earlier: asList(details['earlier'])
      .map(asObject)
      .flatMap(attempt => {
        const was = statusOf(attempt['outcome'])
        const its = readFault(attempt['fault'])
        return was ? [{ outcome: was, ...(its && { fault: its }) }] : []
      }),
  }
}

function withoutLine(check: unknown): Check {
  const { line: _, ...rest } = asObject(check)
  return rest as unknown as Check
}

function statusOf(value: unknown): OutcomeStatus | undefined {
  return outcomeStatuses.find(each => each === value)
}

function readFault(value: unknown): Fault | undefined {
  const { by, code, message } = asObject(value)
  return (by === 'agent' || by === 'infra') && typeof code === 'string' && typeof message === 'string' ? (value as Fault) : undefined
}
