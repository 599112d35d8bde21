import { count, grouped } from '../../../domain/count.js'
import { safeLine } from '../../../domain/safe-text.js'
import type { Sound, TrackQuality } from '../../../domain/sound.js'
import type { TimelineCall } from './call.js'
import { wrapText } from '../wrapped-text.js'
import { secondsText } from './scale.js'

/** Answers, quality of both tracks, and our own rhythm, a line each. */
export function qualityLines({ answers, bargeIns, sound }: TimelineCall, width: number): string[] {
  const { caller, agent, detector, pacing } = sound
  const { p99Ms, worstMs, late, lost, frames } = pacing
  return [
    `Answers: ${answersText(answers.map(({ latencyMs }) => latencyMs))}; ${count(bargeIns.length, 'barge-in')}`,
    `Quality: caller ${trackText(caller)}; agent ${trackText(agent)}; speech told by ${detector}`,
    `Pacing: p99 ${p99Ms.toFixed(1)} ms, worst ${worstMs.toFixed(1)} ms; of ${count(frames, 'frame')}, ${grouped(late)} late and ${grouped(lost)} lost`,
    ...enginesLine(sound),
  ].map(line => wrapText(line, width, '  '))
}

function answersText(latencies: readonly number[]): string {
  if (latencies.length === 0) return 'none'
  const sorted = latencies.toSorted((a, b) => a - b)
  const median = (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2
  return `${latencies.length}, after ${secondsText(median)} at the median and ${secondsText(sorted.at(-1)!)} at most`
}

function trackText({ levelDbfs, snrDb, clipped, dropouts }: TrackQuality): string {
  if (levelDbfs === null) return 'without speech'
  const noise = snrDb === null ? '' : `, SNR ${snrDb.toFixed(1)} dB`
  return `${levelDbfs.toFixed(1)} dBFS${noise}, ${count(clipped, 'clipped sample')}, ${count(dropouts, 'dropout')}`
}

function enginesLine({ mouth, ears }: Sound): string[] {
  const parts = [...(mouth === undefined ? [] : [`spoken by ${mouth}`]), ...(ears === undefined ? [] : [`heard by ${ears}`])]
  return parts.length === 0 ? [] : [`Engines: ${safeLine(parts.join(', '))}`]
}
