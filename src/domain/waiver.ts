import { shortfalls } from './shortfall.js'
import type { Outcome } from './outcome.js'

/** An exception that somebody answers for: failures of these cases do not stop the release until it ends. */
export interface Waiver {
  /** Key of a case; `*` stands for any text. */
  readonly case: string
  /** Text of the failed check; `*` stands for any text. Absent: whatever fails. */
  readonly check?: string
  readonly reason: string
  /** Where it is followed up. */
  readonly issue: string
  readonly owner: string
  /** Its last day, `2026-12-31`: it holds until the end of that day in UTC. */
  readonly expires: string
  /** It also covers cases that must pass. */
  readonly evenMustPass?: true
}

const dayMs = 86_400_000

/** The first moment after a day, in UTC; `undefined` for what is no day of the calendar. */
export function endOfDay(day: string): Date | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return undefined
  const start = new Date(`${day}T00:00:00.000Z`)
  // 2026-02-30 would be another day.
  if (Number.isNaN(start.getTime()) || !start.toISOString().startsWith(day)) return undefined
  return new Date(start.getTime() + dayMs)
}

/** Whether a day is over. What is no day is. */
export function isOver(day: string, now: Date): boolean {
  const end = endOfDay(day)
  return end === undefined || now >= end
}

/** The days until the end of a day, that day included; 0 if it is over, or no day. */
export function daysLeft(day: string, now: Date): number {
  return Math.max(0, Math.ceil(((endOfDay(day)?.getTime() ?? 0) - now.getTime()) / dayMs))
}

/** Whether a waiver is about a case and one of its failed checks. */
export function covers(waiver: Waiver, caseKey: string, check: string): boolean {
  return matchesPattern(waiver.case, caseKey) && (waiver.check === undefined || matchesPattern(waiver.check, check))
}

/**
 * The waivers that together cover everything for which a run failed; `undefined` if something is not covered.
 *
 * @param outcome  One that counts against the agent.
 */
export function waiversFor(waivers: readonly Waiver[], caseKey: string, outcome: Outcome): readonly Waiver[] | undefined {
  const found = shortfalls(outcome).map(({ what }) => waivers.find(waiver => covers(waiver, caseKey, what)))
  if (found.length === 0) return undefined
  return found.every(waiver => waiver !== undefined) ? [...new Set(found)] : undefined
}

/** Days that a waiver may last, unless a suite says otherwise. */
export const usualLongestWaiver = 90

/** Whether a day is more than so many days ahead. */
export function isTooLong(day: string, now: Date, most: number): boolean {
  return (endOfDay(day)?.getTime() ?? 0) > now.getTime() + (most + 1) * dayMs
}

/** Whether a text is what a pattern says: `*` stands for any text, all else for itself. */
export function matchesPattern(pattern: string, text: string): boolean {
  const parts = pattern.split('*')
  const [first = '', ...rest] = parts
  if (rest.length === 0) return pattern === text
  const last = rest.pop() ?? ''
  if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last)) return false
  let at = first.length
  const end = text.length - last.length
  for (const part of rest) {
    const found = text.indexOf(part, at)
    if (found === -1 || found + part.length > end) return false
    at = found + part.length
  }
  return true
}
