import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { IncomingCall } from '../../src/adapters/sip/incoming-call.js'
import { openWorkplace, until, type Workplace } from '../cli/workplace.js'
import { engine } from '../support/call-suite.js'
import { startSipAgent, type SipAgent, type SipAgentCall } from '../support/sip-agent.js'
import { talkOn } from '../support/sip-talker.js'

// Whoever may not listen on the network skips this.
const canCapture = spawnSync('tshark', ['-q', '-i', 'lo', '-a', 'duration:1', '-w', '/dev/null']).status === 0

let place: Workplace
let agent: SipAgent | undefined
beforeEach(async () => (place = await openWorkplace()))
afterEach(async () => {
  await agent?.[Symbol.asyncDispose]()
  agent = undefined
  await place[Symbol.asyncDispose]()
})

test.skipIf(!canCapture)('tshark warns of nothing in a call: SIP, SDP, RTP, RTCP, hold and keys', { timeout: 120_000 }, async () => {
  agent = await startSipAgent({
    onCall(call, { take }) {
      call.ring()
      void converse(call, take(call))
    },
  })
  const [{ port }, file] = [agent, join(place.path, 'call.pcap')]
  place.write(
    'phone.yaml',
    `version: 1
suite: { name: Telephone }
retries: { infra_error: 8 }
recordings: none
models:
  tts: { engine: command, command: ${engine('speak')} }
  stt: { engine: command, command: ${engine('hear')} }
agents:
  clinic: { connection: { type: sip, uri: "sip:desk@127.0.0.1:${port}", srtp: off } }
scenarios:
  keys:
    script: { first_message: "", steps: [{ when: { contains: press }, say: '<dtmf digits="12#"/> it is done.' }] }
    expect: [{ ended_by: agent }]
`,
  )
  const capture = spawn('tshark', ['-q', '-i', 'lo', '-f', 'udp', '-w', file], { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  capture.stderr.on('data', chunk => (said += String(chunk)))
  await until('tshark captures', () => /Capturing on|Capture started/i.test(said))
  const { exit, stdout } = await place.run(['run', 'phone.yaml', '--out', 'result'], { CALLSHEET_CACHE: join(place.path, 'cache') })
  expect([exit, stdout]).toEqual([0, expect.stringContaining('PASSED')])
  const ended = once(capture, 'exit')
  capture.kill('SIGINT')
  await ended

  const read = (...args: string[]): string => {
    // What else goes over loopback meanwhile is not ours to judge.
    const filter = 'sip or rtp or rtcp or rtpevent'
    return spawnSync('tshark', ['-r', file, '-d', `udp.port==${port},sip`, ...args, '-Y', filter], { encoding: 'utf8' }).stdout
  }
  const counted = (what: string): number => read('-T', 'fields', '-e', what).split('\n').filter(Boolean).length
  expect(counted('sip.Method')).toBeGreaterThan(5)
  expect(counted('rtp.ssrc')).toBeGreaterThan(300)
  expect(counted('rtcp.pt')).toBeGreaterThan(0)
  expect(counted('rtpevent.event_id')).toBeGreaterThan(10)
  const warned = read('-T', 'fields', '-e', '_ws.expert.severity', '-e', '_ws.expert.message', '-e', '_ws.col.Info')
  const severe = warned.split('\n').filter(line => /^(?:\d+,)*(?:6291456|8388608)/.test(line))
  expect(severe).toEqual([])
})

/** Everything that a call can have. */
async function converse(call: IncomingCall, taken: Promise<SipAgentCall>): Promise<void> {
  const media = await taken
  talkOn(media, () => 'thank you.', 'press one.')
  await until('a key', () => media.keys.length > 0)
  await call.hold(true)
  await call.hold(false)
  // Long enough for reports (RTCP).
  await new Promise(resolve => setTimeout(resolve, 6_000))
  await call.hangUp()
}
