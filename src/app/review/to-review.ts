import { lookWith } from '../../adapters/reporters/look.js'
import { plannedRuns, type PlannedRun } from '../../adapters/reporters/planned-runs.js'
import { wrapText } from '../../adapters/reporters/wrapped-text.js'
import { conversationText } from '../../adapters/reporters/whole-run.js'
import { safeLine } from '../../domain/safe-text.js'
import type { AskedReview } from '../../domain/review-form.js'
import type { JudgedAnswer, Review, Reviewed } from '../../domain/review.js'
import { type JudgedMetric, judgedMetrics } from '../../domain/judged-metrics.js'
import type { FinishedResult } from '../../ports/reporter.js'
import type { Adapters } from '../registry.js'
import type { Terminal } from '../show-runs.js'

/** An answer of the judge that a person is asked about, with what to read first. */
export interface ToReview<Conversation = string> extends Reviewed, AskedReview {
  /** Why, in the judge's words, with what it quotes; for afterwards. */
  readonly because: string
  /** Without anything that the judge said. */
  readonly conversation: Conversation
}

/** Whom to ask, and how. */
export interface ReviewDraw<Conversation> {
  readonly by: string
  /** How many to draw. */
  readonly most: number
  readonly before: readonly Review[]
  readonly showing: Showing<Conversation>
}

interface Showing<Conversation> {
  conversationOf(planned: PlannedRun): Conversation
  /** What a person is asked, from its words. */
  asked(text: string): string
}

/** For a terminal. */
export function asText(terminal: Terminal): Showing<string> {
  const look = lookWith(terminal)
  return { conversationOf: planned => conversationText(planned, look), asked: text => wrapText(safeLine(text), look.width, '') }
}

/**
 * Answers of the judge of a result to be reviewed, drawn at random: the same for the same person and result, and none that the person has
 * reviewed already.
 */
export async function drawToReview<Conversation>(
  result: FinishedResult,
  { by, most, before, showing: { conversationOf, asked } }: ReviewDraw<Conversation>,
  use: Pick<Adapters, 'random'>,
): Promise<readonly ToReview<Conversation>[]> {
  const done = new Set(before.filter(review => review.by === by).map(nameOf))
  const random = (await use.random())(result.started.plan.seed, `review by ${by}`)
  /** With the number that it was drawn with; the smallest ones are kept. */
  let drawn: { readonly order: number; readonly item: ToReview<Conversation> }[] = []
  for await (const batch of plannedRuns(result)) {
    for (const planned of batch) {
      for (const item of answersIn(planned, conversationOf, asked)) {
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

/** What an answer is known by. */
export function nameOf({ run, claim, metric }: Omit<Reviewed, 'judge'>): string {
  return JSON.stringify([run, claim, metric])
}

function answersIn<Conversation>(
  planned: PlannedRun,
  conversationOf: (planned: PlannedRun) => Conversation,
  asked: (text: string) => string,
): ToReview<Conversation>[] {
  const { run, outcome } = planned.run
  if (!('verdict' in outcome)) return []
  const conversation = conversationOf(planned)
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
