import type { Samples } from '../../domain/samples.js'
import { powerOf } from './level.js'

/** A place is quiet if so much around it is, in seconds. */
const windowS = 0.06
/** No piece is shorter than this share of the longest. */
const shortestShare = 0.6

/** Sound in pieces of at most so many seconds, cut where it is quietest. */
export function cutAtPauses({ rate, samples }: Samples, longestS: number): Samples[] {
  const most = Math.floor(longestS * rate)
  const pieces: Samples[] = []
  let from = 0
  while (samples.length - from > most) {
    const cut = quietest(samples, from + Math.round(most * shortestShare), from + most, Math.round(windowS * rate))
    pieces.push({ rate, samples: samples.subarray(from, cut) })
    from = cut
  }
  return [...pieces, { rate, samples: samples.subarray(from) }]
}

function quietest(samples: Int16Array, from: number, to: number, window: number): number {
  let least = Number.POSITIVE_INFINITY
  let place = to
  for (let at = from; at + window <= to; at += Math.ceil(window / 4)) {
    const power = powerOf(samples, at, at + window)
    if (power >= least) continue
    least = power
    place = at + Math.floor(window / 2)
  }
  return place
}
