import { pointerSegments } from '../../../domain/json-pointer.js'
import type { Check, Holds } from '../../../domain/verdict.js'
import type { Finding } from './finding.js'

const mark = /\[redacted [^\]]+\]/

/** Whether a secret is masked in a stored value. */
export function hasMark(value: unknown): boolean {
  if (typeof value === 'string') return mark.test(value)
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([key, item]) => hasMark(key) || hasMark(item))
}

/** Whether a secret may have been a key on the way to what a pointer asks for: a masked key is found by no pointer. */
export function meetsMaskedKey(json: unknown, pointer: string): boolean {
  let value = json
  for (const key of pointerSegments(pointer)) {
    if (typeof value !== 'object' || value === null) return false
    const isThere = Object.hasOwn(value, key)
    if ((!isThere || hasMark(key)) && Object.keys(value).some(hasMark)) return true
    if (!isThere) return false
    value = (value as Record<string, unknown>)[key]
  }
  return false
}

/** A stored conversation no longer says what the check asks about: a secret stood there. The earlier verdict stands. */
export function undecided(): Finding {
  return { holds: 'unknown', isMasked: true, saw: () => 'a secret is masked where the check looks; run it again to decide' }
}

const worstFirst: readonly Holds[] = ['no', 'unknown', 'yes']

/**
 * What a check came to when its conversation was conducted. A secret in its own text may be masked in one result and not in the
 * other (it has another value by now): then the line tells. Of several checks that read alike, the worst.
 */
export function earlierCheck(text: string, line: number, checks: readonly Check[] = []): Check | undefined {
  const same = checks.filter(check => check.assertion === text)
  const alike = same.length > 0 ? same : checks.filter(check => check.line === line && mayRead(check.assertion, text))
  return worstFirst.flatMap(holds => alike.find(check => check.holds === holds) ?? [])[0]
}

/** Whether two texts differ only where one of them has a mask. */
function mayRead(one: string, other: string): boolean {
  return reads(one, other) || reads(other, one)
}

function reads(masked: string, text: string): boolean {
  const [first = '', ...rest] = masked.split(new RegExp(mark, 'g'))
  const last = rest.pop()
  if (last === undefined || !text.startsWith(first)) return false
  let at = first.length
  for (const part of rest) {
    const found = text.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return text.length - last.length >= at && text.endsWith(last)
}
