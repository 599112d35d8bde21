import { FaultError } from '../../../../domain/fault.js'
import { replyFaults } from '../../../../domain/faults/reply-faults.js'
import { isRecord } from '../../../../domain/json-value.js'
import type { Place } from '../../../../domain/place.js'
import { readJson } from '../../read-json.js'

/** A message of an agent: an object that names what it is. */
export interface JsonMessage {
  readonly name: string
  readonly fields: Readonly<Record<string, unknown>>
  readonly text: string
}

/**
 * Reads a message of JSON.
 *
 * @param key  Where it says what it is: `type`, or `event`.
 * @throws {FaultError} when it is not JSON, no object, or says nothing there.
 */
export function readJsonMessage(bytes: Buffer, key: string, place: Place): JsonMessage {
  const text = bytes.toString()
  const fields = readJson(text, place)
  if (!isRecord(fields)) throw notMessage('it is not an object', text, place)
  const name = fields[key]
  if (typeof name !== 'string') throw notMessage(`${key} is not text`, text, place)
  return { name, fields, text }
}

/** The error of a message that lacks something. @param why  As half a sentence. */
export function notMessage(why: string, text: string, place: Place): FaultError {
  return new FaultError(replyFaults.notFrame({ place, why, text }))
}
