import { isRecord } from './json-value.js'
import { endOfDay, type Waiver } from './waiver.js'

const texts = ['case', 'reason', 'issue', 'owner', 'expires'] as const
const known: ReadonlySet<string> = new Set([...texts, 'check', 'even_must_pass'])

/** A value as a waiver, or what is wrong with it, as a sentence. @param number  Its place in the list, from 1. */
export function readWaiver(value: unknown, number: number): Waiver | string {
  const wrong = (what: string): string => `Exception ${number} ${what}`
  if (!isRecord(value)) return wrong('is not a mapping. It needs case, reason, issue, owner and expires.')
  const unknown = Object.keys(value).find(key => !known.has(key))
  if (unknown !== undefined) return wrong(`has the unknown key "${unknown}". Its keys are ${[...known].join(', ')}.`)
  const missing = texts.find(key => typeof value[key] !== 'string' || value[key].trim() === '')
  if (missing !== undefined) return wrong(`has no ${missing}. Add one, as text.`)
  const { check, even_must_pass: even = false } = value
  if (check !== undefined && typeof check !== 'string') return wrong('has a check that is not text.')
  if (typeof even !== 'boolean') return wrong('has an even_must_pass that is neither true nor false.')
  const [ofCase, reason, issue, owner, expires] = texts.map(key => value[key] as string) as [string, string, string, string, string]
  if (endOfDay(expires) === undefined) return wrong(`expires on "${expires}", which is not a day. Write it like 2026-12-31.`)
  return { case: ofCase, ...(check !== undefined && { check }), reason, issue, owner, expires, ...(even && { evenMustPass: true }) }
}
