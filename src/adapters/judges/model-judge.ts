import { caseVariables, fillIn } from '../../domain/case-variables.js'
import { fillInText, unfilledIn } from '../../domain/fill-in-checks.js'
import type { Metric } from '../../domain/metric.js'
import type { Transcript } from '../../domain/transcript.js'
import type { JudgedOutcome, MetricScore } from '../../domain/verdict.js'
import type { ConversationCase, Judge } from '../../ports/judge.js'
import type { LanguageModel, ModelUse } from '../../ports/language-model.js'
import { createClaimSplitter, type OutcomeText } from './claims.js'
import { createEmptyControl, undecided } from './empty-control.js'
import { judgeClaims } from './judge-claims.js'
import { judgeMetrics } from './judge-metrics.js'
import { transcriptAsRead } from '../../domain/turn-text.js'
import { outcomeScoreOf } from '../../domain/outcome-score.js'
import { showTranscript, type Shown } from './shown.js'

/** A transcript, and how the judge is shown it. */
interface ShownTranscript {
  readonly transcript: Transcript
  readonly shown: Shown
}

export interface ModelJudgeUse {
  /** How many times to ask; a metric can set its own number. */
  readonly votes: number
  /** Whether the claims of each outcome are first tried on a conversation that cannot meet them. Default: true. */
  readonly emptyControl?: boolean
}

/**
 * A language model as judge. For each conversation it asks one question about all claims of the expected outcome, and
 * one about each group of metrics with the same number of votes. It asks each question once per vote.
 */
export function createModelJudge(model: LanguageModel, { votes, emptyControl: hasControl = true }: ModelJudgeUse): Judge {
  const splitter = createClaimSplitter(model)
  const emptyControl = hasControl ? createEmptyControl(model) : undefined
  const prepared = new WeakSet<ConversationCase['case']>()

  return {
    prepare(subject, use) {
      if (prepared.has(subject.case)) return undefined
      prepared.add(subject.case)
      const expected = hasValues(subject) ? outcomeOf(subject) : undefined
      if (expected === undefined) return undefined
      return splitter
        .claimsOf(expected, use)
        .then(({ claims }) => emptyControl?.undecidable(claims, subject.case.scenario, use))
        .then(
          () => undefined,
          () => void prepared.delete(subject.case),
        )
    },

    async judge(subject, asItCame, metrics, use) {
      const transcript = transcriptAsRead(asItCame, subject.entry.agent.messages.join)
      const conversation = { transcript, shown: showTranscript(transcript) }
      const [outcome, scores] = await Promise.all([
        judgeOutcome(subject, conversation, use),
        scoreMetrics(subject, conversation, metrics, use),
      ])
      return { metrics: scores, ...(outcome && { outcome }) }
    },
  }

  async function judgeOutcome(subject: ConversationCase, conversation: ShownTranscript, use: ModelUse): Promise<JudgedOutcome | undefined> {
    const expected = outcomeOf(subject)
    if (expected === undefined) return undefined
    const { claims, notSplit } = await splitter.claimsOf(expected, use)
    const tried = subject.isControl ? undefined : emptyControl?.undecidable(claims, subject.case.scenario, use)
    const [judged, undecidable] = await Promise.all([judgeClaims({ claims, ...conversation, votes }, model, use), tried])
    const decided = judged.map(claim => {
      const why = claim.holds === 'unknown' ? undefined : undecidable?.get(claim.claim)
      return why === undefined ? claim : undecided(claim, why)
    })
    return { score: outcomeScoreOf(decided), claims: decided, ...(notSplit !== undefined && { notSplit }) }
  }

  async function scoreMetrics(
    { entry }: ConversationCase,
    conversation: ShownTranscript,
    metrics: readonly Metric[],
    use: ModelUse,
  ): Promise<MetricScore[]> {
    const { knowledge } = entry.agent
    const scored = await Promise.all(
      [...groupByVotes(metrics, votes)].map(([each, own]) =>
        judgeMetrics({ metrics: own, ...conversation, knowledge, votes: each }, model, use),
      ),
    )
    const byKey = new Map(scored.flat().map(score => [score.metric, score]))
    return metrics.flatMap(({ key }) => byKey.get(key) ?? [])
  }
}

/** Whether each placeholder of the expected outcome has a value. */
function hasValues({ case: own }: ConversationCase): boolean {
  const texts = own.scenario.expectedOutcome?.texts ?? []
  return unfilledIn(texts.map(({ text }) => fillInText(text, caseVariables(own)))) === undefined
}

/** The expected outcome, with the case's values filled in. */
function outcomeOf({ case: own }: ConversationCase): OutcomeText | undefined {
  const { expectedOutcome } = own.scenario
  if (expectedOutcome === undefined) return undefined
  const variables = caseVariables(own)
  const texts = expectedOutcome.texts.map(({ text, kind }) => ({ text: fillIn(text, variables), ...(kind && { kind }) }))
  return expectedOutcome.kind === 'claims' ? texts : texts.map(({ text }) => text).join('\n')
}

/** One request for each group. */
function groupByVotes(metrics: readonly Metric[], votes: number): Map<number, Metric[]> {
  const groups = new Map<number, Metric[]>()
  for (const metric of metrics) {
    const own = (metric.source.kind === 'judge' ? metric.source.votes : undefined) ?? votes
    const group = groups.get(own)
    if (group) group.push(metric)
    else groups.set(own, [metric])
  }
  return groups
}
