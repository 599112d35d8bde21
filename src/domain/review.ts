import { count } from './count.js'
import type { RunKey } from './ids.js'
import type { Gate } from './report.js'
import { wilsonInterval } from './statistics.js'

/** The file beside a journal with what people said of its judge, a line each. */
export const reviewsFile = 'reviews.jsonl'
/** Version of the format of its lines. */
export const reviewVersion = 1

/** What a person said of one answer of a judge, before seeing it. */
export interface Review extends Reviewed {
  readonly version: typeof reviewVersion
  /** ISO 8601. */
  readonly at: string
  /** Who said so. */
  readonly by: string
  readonly is: 'agree' | 'disagree' | 'unclear'
  /** What the person said; absent if it was unclear. */
  readonly said?: JudgedAnswer
  readonly reason?: string
}

/** One answer of a judge: to a claim of an expected outcome, or as a metric. */
export interface Reviewed {
  readonly run: RunKey
  /** The claim in words. */
  readonly claim?: string
  /** The key of the metric. */
  readonly metric?: string
  /** What the judge said. */
  readonly judge: JudgedAnswer
}

/** `true`: the claim holds. */
export type JudgedAnswer = boolean | number | string

/** How often people and the judge said the same. What was unclear to a person does not count. */
export interface Agreement {
  readonly people: number
  readonly agreed: number
  readonly answers: number
  readonly unclear: number
  /** Of answers with yes or no, by what the judge said and what the person said. */
  readonly yesOrNo: { readonly bothYes: number; readonly bothNo: number; readonly judgeYes: number; readonly judgeNo: number }
  /** The claims together, and each metric. */
  readonly parts: readonly { readonly what: string; readonly agreed: number; readonly answers: number }[]
  /** The gate with what people said; absent if nobody asked for it. */
  readonly gate?: ReviewedGate
}

/** The gate as it would be if the judge had said what people said. The gate itself stays as it is. */
export interface ReviewedGate {
  readonly verdict: Gate['verdict']
  readonly passed: number
  readonly runs: number
  /** Answers of the judge with which more people disagree than agree. */
  readonly overruled: number
}

/** Ratings, from 0 to 100, say the same if they are no further apart. */
const sameRating = 20

/** Whether two answers say the same. @param isRating  Of 0 to 100, whose exact number says little. */
export function isSameAnswer(a: JudgedAnswer, b: JudgedAnswer, isRating: boolean): boolean {
  if (typeof a === 'number' && typeof b === 'number') return Math.abs(a - b) <= (isRating ? sameRating : 0)
  return String(a).trim().toLowerCase() === String(b).trim().toLowerCase()
}

/** @param reviews  In the order in which they were made: of several by one person about one answer, the last counts. */
export function agreementOf(reviews: readonly Review[]): Agreement | undefined {
  const last = new Map(reviews.map(each => [JSON.stringify([each.by, each.run, each.claim, each.metric]), each]))
  const counted = [...last.values()].filter(({ is }) => is !== 'unclear')
  if (last.size === 0) return undefined
  const parts = new Map<string, { what: string; agreed: number; answers: number }>()
  for (const { metric, is } of counted) {
    const what = metric ?? 'claims of expected outcomes'
    const part = parts.get(what) ?? { what, agreed: 0, answers: 0 }
    parts.set(what, { what, agreed: part.agreed + Number(is === 'agree'), answers: part.answers + 1 })
  }
  const pairs = (judge: boolean, said: boolean): number => counted.filter(each => each.judge === judge && each.said === said).length
  return {
    people: new Set([...last.values()].map(({ by }) => by)).size,
    agreed: counted.filter(({ is }) => is === 'agree').length,
    answers: counted.length,
    unclear: last.size - counted.length,
    yesOrNo: { bothYes: pairs(true, true), bothNo: pairs(false, false), judgeYes: pairs(true, false), judgeNo: pairs(false, true) },
    parts: [...parts.values()],
  }
}

/** `1 person agreed with 38 of 40 answers (95.0 %, 83.5 to 98.6 %), 2 were unclear` */
export function agreementText({ people, agreed, answers, unclear, gate }: Agreement): string {
  const who = people === 1 ? '1 person' : `${people} people`
  const { lower, upper } = wilsonInterval(agreed, answers, 0.95)
  const share = answers === 0 ? '' : ` (${percent(agreed / answers)}, ${percent(lower).replace(' %', '')} to ${percent(upper)})`
  const doubts = unclear > 0 ? `, ${unclear} ${unclear === 1 ? 'was' : 'were'} unclear` : ''
  return `${who} agreed with ${agreed} of ${count(answers, 'answer')}${share}${doubts}${gate ? `; ${reviewedGateText(gate)}` : ''}`
}

/** `with 2 answers of theirs instead, the gate is passed, with 30 of 32 runs passed` */
export function reviewedGateText({ verdict, passed, runs, overruled }: ReviewedGate): string {
  if (overruled === 0) return 'they overrule none of its answers, so the gate is the same with theirs'
  const word = { passed: 'passed', failed: 'failed', could_not_tell: 'inconclusive' }[verdict]
  return `with ${count(overruled, 'answer')} of theirs instead, the gate is ${word}, with ${passed} of ${count(runs, 'run')} passed`
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}
