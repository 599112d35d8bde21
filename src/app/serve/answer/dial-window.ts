import type { RunStanding } from '../../../ports/database.js'
import type { StartedRun } from '../generated/answers.js'
import type { ResultContext } from './result-context.js'

type DialWindow = Pick<StartedRun, `outbound_dial_window_${'opens_at' | 'seconds' | 'closes_at'}`>

/** When a run may be called by its agent: it opens once the run has its number, and waits for the call. */
export function dialWindowView({ dialWindowS }: Pick<ResultContext, 'dialWindowS'>, run: Pick<RunStanding, 'awaitedAt'> = {}): DialWindow {
  const opensAt = dialWindowS === undefined ? undefined : run.awaitedAt
  return {
    outbound_dial_window_opens_at: opensAt ?? null,
    outbound_dial_window_seconds: dialWindowS ?? null,
    outbound_dial_window_closes_at: opensAt === undefined ? null : new Date(Date.parse(opensAt) + dialWindowS! * 1000).toISOString(),
  }
}
