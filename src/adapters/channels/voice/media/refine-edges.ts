import { aboveBackgroundDb } from '../../../audio/energy-detector.js'
import { dbfsOf, powerOfDbfs } from '../../../audio/level.js'
import type { NoiseFloor } from '../../../audio/noise-floor.js'
import type { TrackHistory } from './track-history.js'

/** The edge of speech is this much nearer to the background than what is surely speech, in dB. */
const nearerDb = 1
/** What is this far below the speech itself is not heard as its edge, in dB. */
const belowSpeechDb = 30
/** Nothing quieter is speech. */
const quietestDbfs = -60
/** Between two pulses of a deep voice there are up to 20 ms. */
const bridgedWindows = 4

/**
 * The power from which on sound belongs to speech.
 *
 * @param speech  Mean square of the speech.
 */
export function edgePower(floor: NoiseFloor, speech: number): number {
  const aboveDb = aboveBackgroundDb(floor) - nearerDb
  return powerOfDbfs(Math.max(floor.dbfs + aboveDb, dbfsOf(speech) - belowSpeechDb, quietestDbfs))
}

/**
 * The first sample of speech: goes back from the loudest moment after `from` for as long as sound is above `power`.
 *
 * @param earliest  It did not begin before.
 */
export function onsetIn(history: TrackHistory, earliest: number, from: number, power: number): number {
  const { window } = history
  let onset = loudestWindow(history, from)
  let quiet = 0
  for (let at = onset - window; at >= earliest && quiet <= bridgedWindows; at -= window) {
    if (history.powerAt(at) >= power) {
      onset = at
      quiet = 0
    } else {
      quiet += 1
    }
  }
  onset = Math.max(onset, earliest)
  for (let at = onset; at < onset + window; at += 1) if (history.sampleAt(at) ** 2 >= power) return at
  return onset
}

/**
 * The end of speech, after its last sample: goes back from `from` until sound is above `power`.
 *
 * @param onset  It did not end before.
 */
export function endIn(history: TrackHistory, onset: number, from: number, power: number): number {
  const { window } = history
  let at = Math.min(from, history.end) - window
  while (at > onset && history.powerAt(at) < power) at -= window
  for (let sample = at + window - 1; sample > Math.max(onset, at); sample -= 1) {
    if (history.sampleAt(sample) ** 2 >= power) return sample + 1
  }
  return Math.max(onset, at + window)
}

/** Where 60 ms are quietest between two places: there a word is least likely cut. */
export function quietestPlace(history: TrackHistory, from: number, to: number): number {
  const { window } = history
  const width = 12
  let sum = 0
  let [least, place] = [Number.POSITIVE_INFINITY, to]
  for (let index = 0, at = from; at + window <= to; index += 1, at += window) {
    sum += history.powerAt(at)
    if (index >= width) sum -= history.powerAt(at - width * window)
    if (index >= width - 1 && sum < least) {
      least = sum
      place = at - (width / 2 - 1) * window
    }
  }
  return place
}

function loudestWindow(history: TrackHistory, from: number): number {
  const { window } = history
  const start = Math.max(history.start, Math.floor(from / window) * window)
  let loudest = start
  for (let at = start; at < history.end; at += window) if (history.powerAt(at) > history.powerAt(loudest)) loudest = at
  return loudest
}
