import { addAll } from '../../domain/add-all.js'
import { caseVariables } from '../../domain/case-variables.js'
import { decidingMetrics } from '../../domain/deciding-metrics.js'
import { fillInAssertion, fillInMetric, fillInText, textsOfAssertion, textsOfMetric, unfilledIn } from '../../domain/fill-in-checks.js'
import type { Assertion } from '../../domain/assertion.js'
import type { Scenario } from '../../domain/document.js'
import { isJudged, needsJudge, type Metric } from '../../domain/metric.js'
import { locate } from '../../domain/source.js'
import { noMask, type Mask } from '../../domain/mask.js'
import type { Thresholds } from '../../domain/thresholds.js'
import type { Transcript } from '../../domain/transcript.js'
import type { Check, Holds, MetricScore, Verdict } from '../../domain/verdict.js'
import type { ConversationCase, Judge, Judgement } from '../../ports/judge.js'
import type { ModelUse } from '../../ports/language-model.js'
import type { Patterns } from '../../ports/patterns.js'
import { bothSidesSpoke } from './both-sides-spoke.js'
import { describe, metricsIn } from './checks/describe.js'
import { hasNoValue, placeholderLeftIn } from './checks/unfilled.js'
import type { Finding } from './checks/finding.js'
import { checkAssertion, isMoot } from './checks/check-assertion.js'
import { earlierCheck, hasMark } from './checks/masked.js'
import { outcomeChecks, somethingApplied } from './checks/outcome.js'
import { SortedTranscript } from './sorted-transcript.js'
import { doesNotApply, outcomeScore } from './metrics/applies.js'
import { relianceIn, type Reliance } from './reliance.js'
import { scoreMetric } from './metrics/score-metric.js'
import { metadataReliance } from './metadata-reliance.js'
import { allSpeechHeard, noDeadAir, unheard } from './heard-in-sound.js'
import { notCutOff } from './not-cut-off.js'
import { boundsOn, settleVotes } from './metrics/settle-votes.js'
import { scriptGotGoing } from './script-got-going.js'
import { createWording, type Wording } from './wording.js'

/**
 * Scores a conversation; synchronously if no judge is needed.
 *
 * @param before  For a stored conversation: its verdict when it was conducted. Secrets are masked in what was stored, so where
 *   a check or a metric meets a mask, that verdict stands.
 */
export type Scorer = (
  subject: ConversationCase,
  transcript: Transcript,
  use: ModelUse,
  before?: EarlierVerdict,
) => Verdict | Promise<Verdict>

/** A verdict, as far as it can stand. Empty if there was none. */
export type EarlierVerdict = Partial<Pick<Verdict, 'checks' | 'metrics'>>

/** Scores a conversation without a judge: what only a judge can decide stays unknown. */
export type PlainScorer = (subject: ConversationCase, transcript: Transcript) => Verdict

export interface ScorerUse {
  readonly metrics: readonly Metric[]
  readonly patterns: Patterns
  readonly judge?: Judge
  /** Masks what checks quote. Default: nothing. */
  readonly mask?: Mask
  /** The suite's thresholds: a number is not scored if the judge's votes lie on both sides of one. */
  readonly thresholds?: Thresholds
}

/**
 * Makes the scorer of a suite's conversations.
 *
 * The checks are, in this order: that both sides spoke, in a call that they were heard and that there was no dead air, that the script had a step for what the agent said (if in doubt), each
 * assertion of the scenario's `expect`, and each claim of its expected outcome, which stays unknown without a judge. The metrics are those
 * that the scenario lists, then those that only its assertions name.
 *
 * A metric whose trigger does not match does not apply: it has no value, and assertions about it are skipped. If that leaves
 * nothing to check, the verdict is `unknown`.
 *
 * A conversation in which the caller never spoke proves nothing: its verdict is `unknown`, whatever the checks say, and no
 * judge is asked.
 */
export function createScorer(use: ScorerUse & { readonly judge?: never }): PlainScorer
export function createScorer(use: ScorerUse): Scorer
export function createScorer(use: ScorerUse): Scorer {
  const metrics = new Map(use.metrics.map(metric => [metric.key, metric]))
  const prepared = new WeakMap<ConversationCase['case'], PreparedScenario>()
  const wording = createWording(use.mask ?? noMask)

  return (subject, transcript, model, before) => {
    const { scenario } = subject.case
    let asked = prepared.get(subject.case)
    const thresholds = [use.thresholds, subject.entry?.entry?.thresholds, scenario.thresholds]
    if (!asked) prepared.set(subject.case, (asked = prepare(subject.case, metrics, { wording, thresholds })))

    const { join } = subject.entry.agent.messages
    const conversation = new SortedTranscript(transcript, { wording, isStored: before !== undefined, join })
    const heard = { conversation, hear: subject.case.call?.hear }
    const spoke = unheard(heard) ?? bothSidesSpoke(conversation, heard.hear === 'never')
    const reliance = relianceIn(transcript, subject, asked.metrics)
    const found = { scenario, asked, conversation, spoke, made: allSpeechHeard(heard), patterns: use.patterns, before, reliance }
    if (!use.judge || !asked.needsJudge || spoke.holds === 'unknown') return conclude(found)
    const judged = asked.metrics.filter(
      metric => isJudged(metric) && !isUnfilled(metric) && !doesNotApply(metric, conversation, use.patterns, earlierScore(metric, before)),
    )
    const outcome = asked.unfilledOutcome === undefined && scenario.expectedOutcome !== undefined
    if (judged.length === 0 && !outcome) return conclude(found)
    return use.judge
      .judge(outcome ? subject : withoutOutcome(subject), transcript, judged, model)
      .then(judgement => conclude(found, judgement, thresholds))
  }
}

interface ReadConversation {
  readonly scenario: Scenario
  readonly asked: PreparedScenario
  readonly conversation: SortedTranscript
  readonly spoke: Check
  /** Whether the agent's speech was made out; absent without sound. */
  readonly made: Check | undefined
  readonly patterns: Patterns
  readonly before: EarlierVerdict | undefined
  readonly reliance: Reliance | undefined
}

/** @param thresholds  The thresholds that apply to the conversation. */
function conclude(read: ReadConversation, judgement?: Judgement, thresholds: readonly (Thresholds | undefined)[] = []): Verdict {
  const { scenario, asked, conversation, spoke, made, patterns, before, reliance } = read
  const scores = asked.metrics.length === 0 ? noScores : scoresOf(read, judgement, thresholds)

  const checks = [resting(spoke, reliance?.whole)]
  const cutOff = notCutOff(scenario, conversation)
  if (cutOff) checks.push(cutOff)
  if (made) checks.push(made)
  const quiet = noDeadAir(scenario, asked.metrics, conversation)
  if (quiet) checks.push(quiet)
  const evidence = { conversation, scores, patterns }
  for (const { assertion, text, line } of asked.assertions) {
    if (isMoot(assertion, scores)) continue
    const found = checkAssertion(assertion, evidence)
    const earlier = found.isMasked && earlierCheck(text, line, before?.checks)
    const check = earlier ? { ...earlier, line } : toCheck(text, line, found)
    const settings = reliance?.ofAssertion(assertion, evidence) ?? []
    const denied = metadataReliance(assertion, evidence)
    checks.push(resting(check, settings.length === 0 ? denied : [...settings, ...denied]))
  }
  if (scenario.expectedOutcome) {
    const judgedChecks = outcomeChecks(scenario.expectedOutcome, judgement?.outcome, asked.unfilledOutcome)
    addAll(
      checks,
      judgedChecks.map((check, i) => resting(check, reliance?.ofClaim(judgement?.outcome?.claims[i]))),
    )
  }
  const stuck = scriptGotGoing(scenario, conversation, hasFailed(checks))
  if (stuck) checks.splice(1, 0, stuck)
  const nothing = somethingApplied(scenario, scores)
  if (nothing) checks.push(nothing)

  const unscored = scenario.metrics.some(key => isMissing(scores.get(key)))
  return {
    holds: spoke.holds === 'unknown' ? 'unknown' : together(checks, unscored),
    checks,
    metrics: scores.size === 0 ? [] : [...scores.values()],
    ...(judgement?.outcome && { outcome: judgement.outcome }),
  }
}

const noScores: ReadonlyMap<string, MetricScore> = new Map()

function scoresOf(
  { scenario, asked, conversation, patterns, before, reliance }: ReadConversation,
  judgement: Judgement | undefined,
  thresholds: readonly (Thresholds | undefined)[],
): ReadonlyMap<string, MetricScore> {
  const judged = judgement && new Map(judgement.metrics.map(score => [score.metric, score]))
  const isMasked = conversation.isStored && hasMark(conversation.transcript)
  const scoreOf = (metric: Metric): MetricScore => {
    const earlier = earlierScore(metric, before)
    if (isMasked && !isJudged(metric) && earlier) return earlier
    const unfilled = placeholderLeftIn(metric, textsOfMetric)
    if (unfilled !== undefined) return { metric: metric.key, type: metric.type, value: null, because: hasNoValue(unfilled) }
    const moot = doesNotApply(metric, conversation, patterns, earlier)
    if (moot) return moot
    if (metric.source.kind === 'outcome' && judgement?.outcome) return outcomeScore(metric, judgement.outcome)
    const score = judged?.get(metric.key)
    return score ? settleVotes(score, boundsOn(metric.key, scenario.expect, thresholds)) : scoreMetric(metric, conversation, patterns)
  }
  const reliesOn = (metric: Metric): readonly string[] => {
    const claims = metric.source.kind === 'outcome' ? (judgement?.outcome?.claims ?? []) : []
    return [...new Set([...(reliance?.ofMetric(metric) ?? []), ...claims.flatMap(claim => reliance?.ofClaim(claim) ?? [])])]
  }
  return new Map(asked.metrics.map(metric => [metric.key, resting(scoreOf(metric), reliesOn(metric))]))
}

/** @param settings  What it relies on. */
function resting<Part extends Check | MetricScore>(part: Part, settings: readonly string[] = []): Part {
  return settings.length === 0 ? part : { ...part, relies: settings }
}

function earlierScore({ key }: Metric, before: EarlierVerdict | undefined): MetricScore | undefined {
  return before?.metrics?.find(score => score.metric === key)
}

function isMissing(score: MetricScore | undefined): boolean {
  return !score || (score.value === null && score.applies !== false)
}

function isUnfilled(metric: Metric): boolean {
  return placeholderLeftIn(metric, textsOfMetric) !== undefined
}

function withoutOutcome(subject: ConversationCase): ConversationCase {
  const { expectedOutcome: _, ...scenario } = subject.case.scenario
  return { ...subject, case: { ...subject.case, scenario } }
}

/** A case's checks and metrics, with its values filled in, computed once for all its runs. */
interface PreparedScenario {
  readonly assertions: readonly { readonly assertion: Assertion; readonly text: string; readonly line: number }[]
  readonly metrics: readonly Metric[]
  readonly needsJudge: boolean
  /** A placeholder that is left in the expected outcome. */
  readonly unfilledOutcome: string | undefined
}

function prepare(
  of: ConversationCase['case'],
  metrics: ReadonlyMap<string, Metric>,
  { wording, thresholds }: { readonly wording: Wording; readonly thresholds: readonly (Thresholds | undefined)[] },
): PreparedScenario {
  const { scenario } = of
  const { at } = scenario
  const deciding = decidingMetrics(scenario, key => metrics.get(key)?.type, thresholds)
  const expected = [...scenario.expect, ...deciding.map((name): Assertion => ({ at, kind: 'metric', name, bounds: {}, equals: true }))]
  const values = caseVariables(of)
  const named = new Set([...scenario.metrics, ...scenario.expect.flatMap(metricsIn)])
  const asked = [...named]
    .flatMap(key => metrics.get(key) ?? [])
    .map(metric => (isUnfilled(metric) ? fillInMetric(metric, values) : metric))
  return {
    assertions: expected
      .map(written => (unfilledIn(textsOfAssertion(written)) === undefined ? written : fillInAssertion(written, values)))
      .map(assertion => ({
        assertion,
        text: describe(assertion, wording),
        line: locate(assertion.at.file, assertion.at.start).line,
      })),
    metrics: asked,
    needsJudge: scenario.expectedOutcome !== undefined || asked.some(needsJudge),
    unfilledOutcome: unfilledIn((scenario.expectedOutcome?.texts ?? []).map(({ text }) => fillInText(text, values))),
  }
}

function toCheck(assertion: string, line: number, { holds, saw, turn, judged }: Finding): Check {
  return { assertion, holds, because: holds === 'yes' ? '' : saw(), ...(turn !== undefined && { turn }), line, ...(judged && { judged }) }
}

function hasFailed(checks: readonly Check[]): boolean {
  return checks.some(({ holds }) => holds === 'no')
}

function together(checks: readonly Check[], unscored: boolean): Holds {
  if (hasFailed(checks)) return 'no'
  return unscored || checks.some(({ holds }) => holds === 'unknown') ? 'unknown' : 'yes'
}
