import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { bench, isQuick } from './measured.js'
import { row, title } from './print.js'

/** What telephone calls in progress cost, with their network: signalling, RTP both ways, detectors and recordings. */
export function telephone() {
  const seconds = isQuick ? 20 : 30
  title(`Telephone calls in progress for ${seconds} s: the binary and an agent, on this machine`)
  for (const calls of [25, 50, 100]) {
    const { stdout, stderr } = spawnSync(process.execPath, [join(bench, 'phone-calls.js'), String(calls), String(seconds), 'shielded'], {
      encoding: 'utf8',
    })
    if (stdout === '') throw new Error(stderr)
    const { passed, p99Ms, late, lost, frames, ours } = JSON.parse(stdout)
    row(`${calls} calls: ms of CPU a call and second`, `${ours.msPerCallAndSecond} (${ours.percent} % of a core)`)
    row('p99 of pacing, worst call', `${p99Ms.worst} ms; ${late} of ${frames} late, ${lost} lost, ${passed} passed`, '<= 5 ms, 0 lost')
  }
}
