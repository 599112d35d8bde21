/** Asks the same question several times at once. Each answer is one vote, numbered from 1; a single vote has no number. */
export function askVotes<Answer>(votes: number, ask: (vote: number | undefined) => Promise<Answer>): Promise<readonly Answer[]> {
  return Promise.all(Array.from({ length: votes }, (_, i) => ask(votes === 1 ? undefined : i + 1)))
}
