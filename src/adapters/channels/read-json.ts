import { parseExact } from '../../domain/exact-number.js'
import { FaultError } from '../../domain/fault.js'
import { replyFaults } from '../../domain/faults/reply-faults.js'
import { isJsonTooDeep, isTooDeep } from '../../domain/nesting.js'
import type { Place } from '../../domain/place.js'

/** From what length on it shows how long it takes to parse. */
const long = 10_000

/**
 * Reads JSON that an agent sent. All of it comes through here, so that nothing behind needs to fear a value that is deeper than
 * the stack. A byte order mark is passed over, and numbers keep all their digits.
 *
 * @param notJson  The fault of what is none.
 * @throws {FaultError} when it is not JSON, or nests too deeply.
 */
export function readJson(text: string, place: Place, notJson = replyFaults.notJson): unknown {
  const isLong = text.length > long
  if (isLong && isJsonTooDeep(text)) throw new FaultError(replyFaults.tooDeep({ place }))
  let json: unknown
  try {
    json = parseExact(text)
  } catch {
    throw new FaultError(notJson({ place, text }))
  }
  if (!isLong && isTooDeep(json)) throw new FaultError(replyFaults.tooDeep({ place }))
  return json
}
