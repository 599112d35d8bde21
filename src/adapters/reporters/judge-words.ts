import type { JudgeSummary } from '../../domain/event.js'

/** `gpt-4.1, temperature 0, 3 votes` */
export function wordJudge({ model, votes, temperature, seed }: JudgeSummary): string {
  return [
    model,
    ...(temperature === undefined ? [] : [`temperature ${temperature}`]),
    ...(seed === undefined ? [] : [`seed ${seed}`]),
    votes === 1 ? 'one vote' : `${votes} votes`,
  ].join(', ')
}
