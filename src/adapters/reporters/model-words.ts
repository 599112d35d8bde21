import type { CassetteUsed, JudgeSummary } from '../../domain/event.js'

/** `gpt-4.1, temperature 0, 3 votes` */
export function wordJudge({ model, votes, temperature, seed }: JudgeSummary): string {
  return [
    model,
    ...(temperature === undefined ? [] : [`temperature ${temperature}`]),
    ...(seed === undefined ? [] : [`seed ${seed}`]),
    votes === 1 ? 'one vote' : `${votes} votes`,
  ].join(', ')
}

/** `replayed from cassette.jsonl` */
export function wordCassette({ mode, file }: CassetteUsed): string {
  return mode === 'replayed' ? `replayed from ${file}` : `recorded in ${file}`
}
