import { overruledBy } from '../../domain/overruled.js'
import type { Review, ReviewedGate } from '../../domain/review.js'
import { reviewedRun } from '../../domain/reviewed-run.js'
import { createTally } from '../../pipeline/tally/tally.js'
import type { StoredJournal } from '../../ports/store.js'

/** Counts a result again, with what people say where they overrule the judge. */
export async function reviewedGate(stored: Pick<StoredJournal, 'started' | 'events'>, reviews: readonly Review[]): Promise<ReviewedGate> {
  const overruled = overruledBy(reviews)
  const totals = createTally(stored.started)
  for await (const event of stored.events()) {
    const isJudged = event.type === 'run.ended' || event.type === 'run.amended'
    const own = isJudged ? overruled.get(event.run) : undefined
    totals.add(isJudged && own ? reviewedRun(event, own) : event)
  }
  const { gate, totals: counted } = totals.report()
  const answers = [...overruled.values()].reduce((sum, { claims, metrics }) => sum + claims.size + metrics.size, 0)
  return { verdict: gate.verdict, passed: counted.passed, runs: counted.runs, overruled: answers }
}
