import type { JournalEvent } from '../../domain/event.js'

/** What can be told of a line without parsing it. */
export interface LineHead {
  readonly type: string
  readonly index?: number
  readonly attempt?: number
}

/** Keys that come first in a line, in this order, so that its kind shows in its first bytes. */
const firstKeys = { type: undefined, index: undefined, attempt: undefined }
const headPattern = /^\{"type":"([a-z.]+)"(?:,"index":(\d{1,8})(?:,"attempt":(\d{1,8}))?)?[,}]/
const longestHead = 80

/** An event as a line of the journal, with its line break. */
export function lineOf(event: JournalEvent): string {
  return `${JSON.stringify({ ...firstKeys, ...event })}\n`
}

/**
 * The head of the line at `start`; `end` is where its line break stands.
 *
 * @throws {SyntaxError} when the line is not an event.
 */
export function headOf(bytes: Buffer, start: number, end: number): LineHead {
  const match = headPattern.exec(bytes.toString('latin1', start, Math.min(end, start + longestHead)))
  if (!match) return parsedHead(bytes.toString('utf8', start, end))
  const [, type = '', index, attempt] = match
  return {
    type,
    ...(index !== undefined && { index: Number(index) }),
    ...(attempt !== undefined && { attempt: Number(attempt) }),
  }
}

/** A line that something else wrote may have its keys in another order. */
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
