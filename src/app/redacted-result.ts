import type { SuiteEvent } from '../domain/event.js'
import { maskEvent, maskRun } from '../domain/mask-event.js'
import { personalDataMask } from '../domain/personal-data.js'
import type { FinishedResult } from '../ports/reporter.js'
import type { StoredJournal } from '../ports/store.js'
import { recounted } from './finish.js'
import type { Adapters } from './registry.js'

/**
 * A result for others to read: without personal data in conversations, tool calls and reasons, as far as it has a pattern. Nothing stored
 * changes.
 *
 * @param whole  The result as it is. @throws {StoreError}
 */
export async function redactedResult(whole: FinishedResult, use: Pick<Adapters, 'store'>): Promise<FinishedResult> {
  const { report: _, ...stored } = await (await use.store()).read(whole.place)
  const { report, ...result } = await recounted(withoutPersonalData(stored), whole.place)
  // Whether it is over, and whether its last line says otherwise, is the whole result's to tell.
  const { stopped, warnings, gate, endedAt, durationMs } = whole.report
  const limits = [...whole.report.limits, { code: 'PERSONAL_DATA_REDACTED' } as const]
  const own = { ...report, ...(stopped && { stopped }), limits, ...(warnings && { warnings }), gate, endedAt, durationMs }
  return { ...result, report: own, ...(whole.contradiction !== undefined && { contradiction: whole.contradiction }) }
}

function withoutPersonalData(stored: StoredJournal): StoredJournal {
  return {
    ...stored,
    async *events() {
      for await (const event of stored.events()) yield redacted(event)
    },
    async *runs() {
      for await (const batch of stored.runs()) yield batch.map(run => maskRun(run, personalDataMask))
    },
  }
}

function redacted(event: SuiteEvent): SuiteEvent {
  if (event.type === 'run.amended') {
    const { earlier, outcome } = maskRun({ ...event, type: 'run.ended' }, personalDataMask)
    return { ...event, earlier, outcome }
  }
  return event.type === 'run.ended' || event.type === 'run.retrying' ? maskEvent(event, personalDataMask) : event
}
