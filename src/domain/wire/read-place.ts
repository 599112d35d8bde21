import type { Fields } from './fields.js'
import type { MessageProblems } from './problems.js'

/** What a message says about its place in the conversation. */
export interface StatedPlace {
  /** Seconds from the start of the call. */
  readonly startS?: number
  /** Not before `startS`. */
  readonly endS?: number
  readonly turn?: number
}

/** Three years. Seconds since 1970 are more. */
const latestS = 100_000_000
const mostTurns = 1_000_000

export function readPlace(message: Fields, problems: MessageProblems): StatedPlace {
  const startS = readSeconds('start_time', message, problems)
  const endS = readSeconds('end_time', message, problems)
  const turn = readTurn(message, problems)
  const isBackwards = startS !== undefined && endS !== undefined && endS < startS
  if (isBackwards) problems.pass('The message ends before it starts.', message.at('end_time'))
  return {
    ...(startS !== undefined && { startS }),
    ...(endS !== undefined && !isBackwards && { endS }),
    ...(turn !== undefined && { turn }),
  }
}

function readSeconds(field: 'start_time' | 'end_time', message: Fields, problems: MessageProblems): number | undefined {
  const value = message.take(field)
  if (value === undefined || value === null) return undefined
  if (typeof value === 'number' && value >= 0 && value <= latestS) return value
  problems.pass('A time is a number of seconds from the start of the call.', message.at(field))
  return undefined
}

function readTurn(message: Fields, problems: MessageProblems): number | undefined {
  const turn = message.take('turn')
  if (turn === undefined || turn === null) return undefined
  if (typeof turn === 'number' && Number.isInteger(turn) && turn >= 0 && turn <= mostTurns) return turn
  problems.pass('A turn is a whole number: how often the caller has spoken, from 0.', message.at('turn'))
  return undefined
}
