import { safeLine } from '../../domain/safe-text.js'
import { durationText } from '../../domain/duration.js'
import { paintWith } from './paint.js'
import type { TimelineCall, TimelineOptions } from './timeline/call.js'
import { laneLines } from './timeline/lanes.js'
import { qualityLines } from './timeline/quality.js'
import { wordLines } from './timeline/words.js'

/** A call in a line: its run, how that ended, and how long it took. */
export function timelineHead({ run, attempt, attempts, status, sound }: TimelineCall, paint = paintWith(false)): string {
  const which = attempts > 1 ? `, attempt ${attempt} of ${attempts}` : ''
  return `${paint.bold(safeLine(run))}  ${paint.dim(`${status}, ${durationText(sound.seconds * 1000)}${which}`)}`
}

/** A call for people: two lanes, what was said and when, and the quality of the sound. */
export function timeline(call: TimelineCall, how: TimelineOptions): string {
  const paint = paintWith(how.colour)
  return [
    timelineHead(call, paint),
    '',
    ...laneLines(call, how, paint),
    '',
    ...wordLines(call, how, paint),
    '',
    ...qualityLines(call, how.width),
  ]
    .map(line => `${line}\n`)
    .join('')
}
