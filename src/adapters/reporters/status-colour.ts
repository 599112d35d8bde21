import type { CaseStatus } from '../../domain/case-status.js'
import type { Paint } from './paint.js'

export function colourOf(status: CaseStatus, paint: Paint): (text: string) => string {
  return { passed: paint.green, failed: paint.red, could_not_tell: paint.yellow, not_run: paint.dim }[status]
}
