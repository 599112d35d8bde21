import type { Sound } from '../../../../domain/sound.js'
import type { Moment } from '../../../../domain/transcript.js'
import { stopsWithinS } from '../../../../domain/turn-taking.js'
import { ofSound } from './of-sound.js'
import { bargeIns, milliseconds, turnAt } from './stretches.js'

const noBargeIn = { moot: 'the caller did not interrupt the agent' }

/** The agent stopped with the call if it spoke until this shortly before its end, in seconds. */
const withCallS = 0.1

/**
 * How long the agent spoke on when the caller interrupted it: from the first voiced sample of each interruption that began on purpose
 * to the agent's last before it stopped.
 *
 * Unit: milliseconds; resolution 20 ms.
 * Source: barge-in response time of spoken dialogue systems; ITU-T P.Sup24 (10/2005), parameters of turn taking.
 */
export const stopTimeMs = ofSound((sound, { transcript }) => {
  const stops = stopsIn(sound, transcript.moments)
  return stops.length > 0 ? { samples: stops.map(({ seconds }) => milliseconds(seconds)), turns: stops.map(({ turn }) => turn) } : noBargeIn
})

/**
 * The share of the caller's interruptions after which the agent stopped within 2.0 s.
 *
 * Unit: 0..1, one sample for each interruption. Source: as `stop_time_ms`.
 */
export const yieldRate = ofSound((sound, { transcript }) => {
  const stops = stopsIn(sound, transcript.moments)
  return stops.length > 0
    ? { samples: stops.map(({ seconds }) => (seconds <= stopsWithinS ? 1 : 0)), turns: stops.map(({ turn }) => turn), isRate: true }
    : noBargeIn
})

/** Interruptions that the end of the call decided are left out: the agent might have stopped in time. */
function stopsIn(sound: Sound, moments: readonly Moment[]): { readonly seconds: number; readonly turn: number }[] {
  return bargeIns(sound).flatMap(({ bargeIn, into }) => {
    const seconds = into.endS - bargeIn.startS
    const isUndecided = sound.seconds - into.endS < withCallS && seconds <= stopsWithinS
    return isUndecided ? [] : [{ seconds, turn: turnAt(moments, bargeIn.startS) }]
  })
}
