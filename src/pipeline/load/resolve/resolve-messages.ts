import type { Messages as RawMessages } from '../../../domain/generated/suite.js'
import { usualMessages, type MessageSettings } from '../../../domain/turn-text.js'
import type { Context } from '../context.js'
import type { Loose } from '../loose.js'
import { parseDuration } from './read-duration.js'

/** A caller that waits longer would seem to be gone. */
const longestEndOfTurnMs = 60_000

/** Reads how an agent's messages are taken. */
export function resolveMessages(raw: Loose<RawMessages> | undefined, { places, problems }: Context): MessageSettings {
  if (!raw) return usualMessages
  const { join = usualMessages.join, end_of_turn: endOfTurn = 'auto' } = raw
  const ms = typeof endOfTurn === 'number' ? endOfTurn : parseDuration(endOfTurn)
  if (ms !== undefined && ms > longestEndOfTurnMs) {
    problems.report('END_OF_TURN_TOO_LONG', { longestS: longestEndOfTurnMs / 1000 }, places.value(raw, 'end_of_turn'))
  }
  return { join, endOfTurn: ms ?? 'auto' }
}
