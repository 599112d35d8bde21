import type { Report } from '../../../domain/report.js'
import { count } from '../../../domain/count.js'

/** How reliable callers that find their own words are; empty if none spoke. */
export function callersLine({ callers }: Pick<Report, 'callers'>): string {
  if (!callers || callers.attempts === 0) return ''
  return `The simulated caller did not follow its instructions in ${callers.invalid} of ${count(callers.attempts, 'attempt')}\n`
}
