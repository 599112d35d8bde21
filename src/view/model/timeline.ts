import { decisionText } from '../../domain/attestation.js'
import { durationText } from '../../domain/duration.js'
import type { ViewIndex } from './view-index.js'

/** Something that happened to a result. */
export interface RecordedTime {
  /** ISO 8601. */
  readonly at: string
  readonly what: string
  /** What follows the time; others' words. */
  readonly detail: string
}

/** When a result started and ended, when people signed it, and when authorities of time saw that, the earliest first. */
export function timeline({ report, signatures = [] }: ViewIndex): RecordedTime[] {
  const resumed = report.limits.find(({ code }) => code === 'RESUMED')?.count
  const times: RecordedTime[] = [
    { at: report.startedAt, what: 'Started', detail: '' },
    {
      at: report.endedAt,
      what: 'Ended',
      detail: `, after ${durationText(report.durationMs)}${resumed === undefined ? '' : `, resumed ${resumed === 1 ? 'once' : `${resumed} times`}`}`,
    },
    ...signatures.flatMap(signature =>
      signature.kind === 'signoff'
        ? [
            {
              at: signature.signedAt,
              what: 'Signed',
              detail: `, ${signature.signer.name}, ${signature.signer.role}, ${decisionText(signature)}`,
            },
          ]
        : [],
    ),
    ...signatures.flatMap(({ timestamp }) =>
      timestamp && 'at' in timestamp
        ? [{ at: timestamp.at, what: 'Time stamp', detail: `, says ${timestamp.by ?? 'an authority that it does not name'}` }]
        : [],
    ),
  ]
  return times.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
}
