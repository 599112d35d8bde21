import { lookWith } from '../../adapters/reporters/look.js'
import { plannedRuns, type PlannedRun } from '../../adapters/reporters/planned-runs.js'
import { wrapText } from '../../adapters/reporters/wrapped-text.js'
import { conversationText } from '../../adapters/reporters/whole-run.js'
import { safeLine } from '../../domain/safe-text.js'
import type { JudgedAnswer, Review, Reviewed } from '../../domain/review.js'
import { type JudgedMetric, judgedMetrics } from '../../domain/judged-metrics.js'
import type { FinishedResult } from '../../ports/reporter.js'
import type { Adapters } from '../registry.js'
import type { Terminal } from '../show-runs.js'

/** An answer of the judge that a person is asked about, with what to read first. */
export interface ToReview extends Reviewed {
  /** What can be answered. */
  readonly type: 'yes_or_no' | 'rating' | 'number' | 'text'
  /** What it is about, as the judge was asked where that is known. */
  readonly asked: string
  /** Values to choose from; a suite may have others. */
  readonly values?: readonly string[]
  /** Why, in the judge's words, with what it quotes; for afterwards. */
  readonly because: string
  /** The conversation as text, without anything that the judge said. */
  readonly conversation: string
}

/**
 * Answers of the judge of a result to be reviewed, drawn at random: the same for the same person and result, and none that the person has
 * reviewed already.
 *
 * @param most  How many to draw.
 */
export async function drawToReview(
  result: FinishedResult,
  {
    by,
    most,
    before,
    terminal,
  }: { readonly by: string; readonly most: number; readonly before: readonly Review[]; readonly terminal: Terminal },
  use: Pick<Adapters, 'random'>,
): Promise<readonly ToReview[]> {
  const done = new Set(before.filter(review => review.by === by).map(nameOf))
  const random = (await use.random())(result.started.plan.seed, `review by ${by}`)
  /** With the number that it was drawn with; the smallest ones are kept. */
  let drawn: { readonly order: number; readonly item: ToReview }[] = []
  for await (const batch of plannedRuns(result)) {
    for (const planned of batch) {
      for (const item of answersIn(planned, terminal)) {
        const order = random()
        if (!done.has(nameOf(item))) drawn.push({ order, item })
      }
    }
    if (drawn.length > 2 * most) drawn = drawn.toSorted((a, b) => a.order - b.order).slice(0, most)
  }
  return drawn
    .toSorted((a, b) => a.order - b.order)
    .slice(0, most)
    .map(({ item }) => item)
}

function nameOf({ run, claim, metric }: Reviewed): string {
  return JSON.stringify([run, claim, metric])
}

function answersIn(planned: PlannedRun, terminal: Terminal): ToReview[] {
  const { run, outcome } = planned.run
  if (!('verdict' in outcome)) return []
  const look = lookWith(terminal)
  const conversation = conversationText(planned, look)
  const asked = (text: string): string => wrapText(safeLine(text), look.width, '')
  const claims = (outcome.verdict.outcome?.claims ?? []).flatMap(({ claim, holds, because, quote }) =>
    holds === 'unknown'
      ? []
      : [
          {
            run,
            claim,
            judge: holds === 'yes',
            type: 'yes_or_no' as const,
            asked: asked(`The claim: ${claim}`),
            because: withQuote(because, quote),
            conversation,
          },
        ],
  )
  const metrics = outcome.verdict.metrics.flatMap(({ metric, type, value, explanation }) =>
    explanation === undefined || value === null
      ? []
      : [
          {
            run,
            metric,
            judge: value,
            type: type === 'rating' ? ('rating' as const) : typeOf(value),
            ...metricAsked(metric, type, asked),
            because: explanation,
            conversation,
          },
        ],
  )
  return [...claims, ...metrics]
}

/** A suite may have a metric of its own under a name of ours: of another type it is not ours. */
function metricAsked(metric: string, type: string, asked: (text: string) => string): Pick<ToReview, 'asked' | 'values'> {
  const ours = Object.hasOwn(judgedMetrics, metric) ? (judgedMetrics as Readonly<Record<string, JudgedMetric>>)[metric] : undefined
  if (!ours || ours.type !== type) return { asked: asked(`The metric ${metric}`) }
  return { asked: asked(`The metric ${metric}: ${ours.question}`), ...(ours.values && { values: Object.keys(ours.values) }) }
}

function typeOf(value: JudgedAnswer): ToReview['type'] {
  return typeof value === 'boolean' ? 'yes_or_no' : typeof value === 'number' ? 'number' : 'text'
}

function withQuote(because: string, quote: string | undefined): string {
  return quote === undefined ? because : `${because} (${JSON.stringify(quote)})`
}
