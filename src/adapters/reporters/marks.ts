import type { CaseStatus } from './case-status.js'
import type { Paint } from './paint.js'

export const marks = { passed: '✓', failed: '✗', could_not_tell: '!', not_run: '-' } as const satisfies Record<CaseStatus, string>

export function colourOf(status: CaseStatus, paint: Paint): (text: string) => string {
  return { passed: paint.green, failed: paint.red, could_not_tell: paint.yellow, not_run: paint.dim }[status]
}
