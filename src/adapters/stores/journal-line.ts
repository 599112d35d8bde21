import type { SuiteEvent } from '../../domain/event.js'

/** What a line's first bytes tell, without parsing. */
export interface LineHead {
  readonly type: string
  readonly index?: number
  readonly attempt?: number
}

const headPattern = /^\{"type":"([a-z.]+)"(?:,"index":(\d{1,8})(?:,"attempt":(\d{1,8}))?)?[,}]/
const longestHead = 80

/**
 * An event as a journal line, without its line break. Events have `type` first, then `index` and `attempt`, so that a
 * line's first bytes show its kind.
 */
export function lineOf(event: SuiteEvent): string {
  return JSON.stringify(event)
}

/**
 * The head of the line at `start`; its line break is at `end`.
 *
 * @throws {SyntaxError} when the line is not an event.
 */
export function headOf(bytes: Buffer, start: number, end: number): LineHead {
  const match = headPattern.exec(bytes.toString('latin1', start, Math.min(end, start + longestHead)))
  const [, type = '', index, attempt] = match ?? []
  if (!match || (index === undefined && type.startsWith('run.'))) return parsedHead(bytes.toString('utf8', start, end))
  return {
    type,
    ...(index !== undefined && { index: Number(index) }),
    ...(attempt !== undefined && { attempt: Number(attempt) }),
  }
}

/** A line from another writer can have its keys in another order. */
function parsedHead(line: string): LineHead {
  const value: unknown = JSON.parse(line)
  if (typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string') {
    const head = value as LineHead
    if (isSmall(head.index) && isSmall(head.attempt)) return head
  }
  throw new SyntaxError('not an event')
}

function isSmall(count: number | undefined): boolean {
  return count === undefined || (Number.isInteger(count) && count >= 0 && count < 1e8)
}
