import { join } from 'node:path'
import { bench, isQuick, measured } from './measured.js'
import { row, spread, title } from './print.js'

/**
 * What the sound of calls costs, without their network: PCMU, room noise, a telephone band, a recording to a file. Pacing is that of an
 * unshielded process; under `chrt -f 1` it is better.
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
  const busy = conduct(200, 'energy', seconds, true)
  row('p99 of pacing, main thread busy', `${busy.p99Ms} ms, worst ${busy.worstMs} ms, ${busy.late} of ${busy.frames} late`, '<= 5 ms')
  row('frames lost', String(busy.lost), '0')
}

/**
 * @param {number} calls @param {string} detector @param {number} seconds
 * @returns {{ core: number, mbPerCall: number, p99Ms: number, worstMs: number, late: number, lost: number, frames: number }}
 */
function conduct(calls, detector, seconds, isBusy = false) {
  const options = [String(calls), detector, String(seconds), ...(isBusy ? ['busy'] : [])]
  return JSON.parse(measured(['--expose-gc', join(bench, 'media-calls.js'), ...options]).stdout)
}
