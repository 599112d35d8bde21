import type { Report } from '../../../domain/report.js'
import { count } from '../count.js'

/** How far callers that find their own words are to be trusted; nothing where there are none, or none was heard. */
export function callersLine({ callers }: Pick<Report, 'callers'>): string {
  if (!callers || callers.attempts === 0) return ''
  return `The simulated caller did not follow its instructions in ${callers.invalid} of ${count(callers.attempts, 'attempt')}\n`
}
