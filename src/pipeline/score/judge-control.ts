import { isWithin, wordBounds } from '../../domain/assertion.js'
import { caseVariables } from '../../domain/case-variables.js'
import { fillInMetric, fillInText, textsOfMetric, unfilledIn, type Values } from '../../domain/fill-in-checks.js'
import type { ExpectedScore } from '../../domain/document.js'
import type { Metric } from '../../domain/metric.js'
import type { PlannedControl } from '../../domain/plan.js'
import type { ControlOutcome, Holds, JudgedClaim, JudgedOutcome, MetricScore } from '../../domain/verdict.js'
import type { ConversationCase, Judge } from '../../ports/judge.js'
import type { ModelUse } from '../../ports/language-model.js'
import type { Patterns } from '../../ports/patterns.js'
import { SortedTranscript } from './sorted-transcript.js'
import { doesNotApply } from './metrics/applies.js'
import { inline } from './wording.js'

/** Whether the judge agreed with the suite about a control; if not, `because` has its words in one line. */
export interface ControlReading {
  readonly holds: Holds
  readonly because: string
  /** Absent if the control expects nothing of the outcome. */
  readonly outcome?: ControlOutcome
}

/**
 * Checks the judge on a conversation with a known verdict. The result is `unknown` if the judge was inconclusive, or if its
 * votes on a number lie on both sides of the expected bounds.
 *
 * @throws {FaultError} by infra, `judge_model`, when the model fails.
 */
export async function readControl(
  { control, agent, personality, testProfile }: PlannedControl,
  use: { readonly judge: Judge; readonly metrics: readonly Metric[]; readonly patterns: Patterns },
  model: ModelUse,
): Promise<ControlReading> {
  const { scenario, transcript, expect } = control
  const { expectedOutcome, ...others } = scenario
  const isOutcomeAsked = expect.outcome !== undefined && expectedOutcome !== undefined
  const subject: ConversationCase = {
    isControl: true,
    entry: { agent },
    case: {
      scenario: { ...others, ...(isOutcomeAsked && { expectedOutcome }) },
      ...(personality && { personality }),
      ...(testProfile && { testProfile }),
    },
  }
  const conversation = new SortedTranscript(transcript, { join: agent.messages.join })
  const values = caseVariables(subject.case)
  const asked = use.metrics
    .filter(({ key }) => expect.metrics.some(({ metric }) => metric === key))
    .map(metric => fillInMetric(metric, values))
    .filter(metric => unfilledIn(textsOfMetric(metric)) === undefined)
  const moot = asked.flatMap(metric => doesNotApply(metric, conversation, use.patterns) ?? [])
  const judged = asked.filter(({ key }) => !moot.some(({ metric }) => metric === key))
  const judgement = await use.judge.judge(subject, transcript, judged, model)

  const scores = [...moot, ...judgement.metrics]
  return worst([
    ...(expect.outcome === undefined ? [] : [readOutcome(expect.outcome, judgement.outcome)]),
    ...expect.metrics.map(expected =>
      readScore(
        filledIn(expected, values),
        scores.find(({ metric }) => metric === expected.metric),
      ),
    ),
  ])
}

/** A text with a placeholder that is left in it equals no score: the reading is then not right. */
function filledIn({ equals, ...expected }: ExpectedScore, values: Values): ExpectedScore {
  return { ...expected, ...(equals !== undefined && { equals: typeof equals === 'string' ? fillInText(equals, values) : equals }) }
}

function readOutcome(expected: ControlOutcome['expected'], outcome: JudgedOutcome | undefined): ControlReading {
  const claims = outcome?.claims ?? []
  const unmet = claims.find(({ holds }) => holds === 'no')
  const inconclusive = claims.find(({ holds }) => holds === 'unknown')
  const [first] = claims
  const found = unmet ? 'not_met' : inconclusive || !first ? 'unknown' : 'met'
  const read = { outcome: { expected, found } } as const
  if (found === expected) return { ...right, ...read }
  if (unmet) return { ...read, holds: 'no', because: `expected the outcome to be met, but the judge says it is not: ${inWords(unmet)}` }
  if (inconclusive) return { ...read, holds: 'unknown', because: `the judge could not tell: ${inWords(inconclusive)}` }
  if (!first) return { ...read, holds: 'unknown', because: 'the judge found no claims in the expected outcome' }
  return { ...read, holds: 'no', because: `expected the outcome not to be met, but the judge says it is: ${inWords(first)}` }
}

function inWords({ claim, because }: JudgedClaim): string {
  return because === '' ? claim : `${claim.replace(/\.$/, '')}: ${because}`
}

function readScore({ metric, applies, bounds, equals }: ExpectedScore, score: MetricScore | undefined): ControlReading {
  if (!score) return { holds: 'unknown', because: `the judge said nothing about ${metric}` }
  const why = score.explanation ? `: ${score.explanation}` : ''
  if (score.applies === false) {
    return applies ? { holds: 'no', because: `expected ${metric} to apply, but the judge says it does not${why}` } : right
  }
  if (!applies && score.value !== null) {
    return { holds: 'no', because: `expected ${metric} not to apply, but the judge gave it ${inline(score.value)}${why}` }
  }
  if (score.value === null) return { holds: 'unknown', because: `the judge could not score ${metric}: ${score.because ?? ''}` }

  const wanted = equals === undefined ? wordBounds(bounds) : `to be ${inline(equals)}`
  const isAsExpected = (value: number | boolean | string): boolean =>
    (equals === undefined || value === equals) && (typeof value !== 'number' || isWithin(value, bounds))
  const numbers = (score.votes ?? []).filter(vote => typeof vote === 'number')
  if (new Set(numbers.map(isAsExpected)).size > 1) {
    return { holds: 'unknown', because: `expected ${metric} ${wanted}, and the judge's votes disagree: ${numbers.join(', ')}` }
  }
  if (isAsExpected(score.value)) return right
  return { holds: 'no', because: `expected ${metric} ${wanted}, but the judge gave it ${inline(score.value)}${why}` }
}

const right: ControlReading = { holds: 'yes', because: '' }

/** A control passes if everything it expects was right. Wrong answers come before inconclusive ones. */
function worst(readings: readonly ControlReading[]): ControlReading {
  const outcome = readings.find(reading => reading.outcome)?.outcome
  const reading = readings.find(({ holds }) => holds === 'no') ?? readings.find(({ holds }) => holds === 'unknown') ?? right
  return { ...reading, ...(outcome && { outcome }) }
}
