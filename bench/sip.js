import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { bench, isQuick, measured, rounds } from './measured.js'
import { row, spread, title } from './print.js'

/** What the signalling of telephone calls costs: to read a message, and to place calls, each side in a process of its own. */
export async function sip() {
  const [calls, perSecond] = [isQuick ? 100 : 300, 50]
  title(`SIP: an INVITE with 19 headers and a description, and ${calls} calls at ${perSecond} a second, over UDP`)
  row('to read a message, microseconds', spread(JSON.parse(measured([join(bench, 'sip-parse.js'), String(rounds)]).stdout), 1), '<= 30')

  const agent = fork(join(bench, 'sip-agent.js'), ['answer'])
  try {
    const [port] = await once(agent, 'message')
    const tries = Array.from({ length: isQuick ? 1 : 3 }, () => placed({ port, calls, perSecond }))
    row(
      'from dialling to the answer, p99 in ms, without ringing',
      spread(
        tries.map(({ p99Ms }) => p99Ms),
        1,
      ),
      '<= 250',
    )
    row(
      'of a core, in percent',
      spread(
        tries.map(({ core }) => 100 * core),
        1,
      ),
      '<= 15',
    )
    row(
      'calls that were not answered',
      spread(
        tries.map(({ failed }) => failed),
        0,
      ),
      '0',
    )
  } finally {
    const ended = once(agent, 'exit')
    agent.send('stop')
    await ended
  }
}

/** @param {{ port: number, calls: number, perSecond: number }} shape */
function placed({ port, calls, perSecond }) {
  const { stdout } = measured([join(bench, 'sip-agent.js'), 'call', String(port), String(calls), String(perSecond)])
  /** @type {{ setUpMs: (number | null)[], cpuMs: number, wallMs: number }} */
  const { setUpMs, cpuMs, wallMs } = JSON.parse(stdout)
  const answered = setUpMs.filter(ms => ms !== null).toSorted((a, b) => a - b)
  return { p99Ms: answered[Math.floor(answered.length * 0.99)] ?? NaN, core: cpuMs / wallMs, failed: calls - answered.length }
}
