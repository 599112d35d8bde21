import { FaultError } from '../../../domain/fault.js'
import { replyFaults } from '../../../domain/faults/reply-faults.js'
import { isRecord } from '../../../domain/json-value.js'
import type { Place } from '../../../domain/place.js'
import { readJson } from '../read-json.js'

/** A message of an agent: an object that says of what type it is. */
export interface RelayMessage {
  readonly type: string
  readonly fields: Readonly<Record<string, unknown>>
  /** Makes the error of what is wrong with it. @param why  As half a sentence. */
  wrong(why: string): FaultError
}

/** @param key  Where it says its type. @throws {FaultError} when it is not such an object. */
export function readMessage(text: string, key: string, place: Place): RelayMessage {
  const wrong = (why: string): FaultError => new FaultError(replyFaults.notFrame({ place, why, text }))
  const fields = readJson(text, place)
  if (!isRecord(fields)) throw wrong('it is not an object')
  const type = fields[key]
  if (typeof type !== 'string') throw wrong(`${key} is not text`)
  return { type, fields, wrong }
}

/** A field of text; an empty one if it is missing. @throws {FaultError} when it is something else. */
export function textIn({ fields, wrong }: RelayMessage, key: string): string {
  const value = fields[key] ?? ''
  if (typeof value !== 'string') throw wrong(`${key} is not text`)
  return value
}
