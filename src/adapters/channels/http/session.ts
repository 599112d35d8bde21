import { FaultError } from '../../../domain/fault.js'
import type { HttpSession } from '../../../domain/connection.js'
import { replyFaults } from '../../../domain/faults/reply-faults.js'
import type { Place } from '../../../domain/place.js'
import { readJson } from '../read-json.js'
import type { HttpAnswer } from '../receive-body.js'
import { compilePointer, describeMiss } from './pointer.js'

/**
 * Reads the answer that begins a conversation, and writes the values to capture into `captured`. If there are none, its body may be
 * anything: its cookies may be all that matters.
 *
 * @throws {FaultError} when a value is missing.
 */
export type ReadSession = (answer: HttpAnswer, captured: Record<string, unknown>) => void

export function compileSessionReader({ capture = {} }: HttpSession, place: Place): ReadSession {
  const captures = Object.entries(capture).map(([name, pointer]) => ({ name, pointer, at: compilePointer(pointer, place) }))
  return ({ body }, captured) => {
    if (captures.length === 0) return
    const json = readJson(body.toString(), place, replyFaults.sessionNotJson)
    for (const { name, pointer, at } of captures) {
      if (!at.isIn(json)) throw new FaultError(replyFaults.sessionMissed({ place, pointer, seen: describeMiss(json, pointer, place.mask) }))
      captured[name] = at.find(json)
    }
  }
}
