import { join } from 'node:path'
import { bench, isQuick, measured } from './measured.js'
import { row, spread, title } from './print.js'

/**
 * What the sound of calls costs, without their network: PCMU, room noise, a telephone band, a recording to a file.
 */
export async function voice() {
  const seconds = isQuick ? 5 : 15
  title(`200 calls in sound at once for ${seconds} s, on one thread`)
  for (const detector of ['energy', 'fvad']) {
    const rounds = Array.from({ length: isQuick ? 1 : 3 }, () => {
      const hundred = conduct(100, detector, seconds)
      return { hundred, all: conduct(200, detector, seconds) }
    })
    row(`cores, detector ${detector}`, spread(rounds.map(({ all }) => all.core)), '<= 0.5')
    row('CPU to that of 100 calls', spread(rounds.map(({ all, hundred }) => all.core / hundred.core)), '<= 2.1')
    row('MB a call', spread(rounds.map(({ all }) => all.mbPerCall)), '<= 2')
  }
  for (const shield of ['', 'shielded']) {
    const busy = conduct(200, 'energy', seconds, ['busy', shield])
    const words = `${busy.p99Ms} ms, worst ${busy.worstMs} ms, ${busy.late} of ${busy.frames} late, ${busy.lost} lost`
    row(`p99 of pacing, busy, ${busy.isShielded ? 'shielded' : 'unshielded'}`, words, '<= 5 ms, 0 lost')
  }
}

/**
 * @param {number} calls @param {string} detector @param {number} seconds
 * @returns {{ core: number, mbPerCall: number, p99Ms: number, worstMs: number, late: number, lost: number, frames: number, isShielded: boolean }}
 */
function conduct(calls, detector, seconds, how = ['shielded']) {
  const options = [String(calls), detector, String(seconds), ...how]
  return JSON.parse(measured(['--expose-gc', join(bench, 'media-calls.js'), ...options]).stdout)
}
