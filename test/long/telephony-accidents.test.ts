import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeRtp } from '../../src/adapters/rtp/rtp-packet.js'
import type { CallEnd } from '../../src/adapters/sip/call-end.js'
import type { SipCall } from '../../src/adapters/sip/sip-call.js'
import type { RunEnded } from '../../src/domain/event.js'
import type { Transcript } from '../../src/domain/transcript.js'
import { freePort } from '../suites/callsheet.js'
import { openWorkplace, type Running, type Workplace } from '../cli/workplace.js'
import { engine } from '../support/call-suite.js'
import { startAnsweringPeer } from '../support/sip/answering-peer.js'
import { hasKamailio, startKamailio, type Kamailio } from '../support/sip/kamailio.js'
import { uriOf } from '../support/sip/sip-rig.js'
import { startSipAgent, type SipAgent, type SipAgentCall } from '../support/sip-agent.js'
import { clinicAnswer, talkOn } from '../support/sip-talker.js'

// What befalls calls of the real binary while they are in progress, or are waited for.
const [ours, theirs] = ['+15555550111', '+15555550100']
const greeting = 'cedarwood clinic, how can i help?'

let place: Workplace
let agent: SipAgent
let kamailio: Kamailio | undefined
beforeEach(async () => (place = await openWorkplace()))
afterEach(async () => {
  await agent[Symbol.asyncDispose]()
  await kamailio?.stop()
  kamailio = undefined
  await place[Symbol.asyncDispose]()
})

interface Shape {
  readonly agents: string
  readonly trunk?: string
  readonly script?: string
  readonly expects?: string
  readonly more?: string
  /** How often a call is placed again that this machine was too slow for. */
  readonly tries?: number
}

const talks = `first_message: ""
      steps:
        - { when: { contains: help }, say: i would like to cancel. }
        - { when: { contains: your name }, say: my name is maria. }
        - { when: { contains: cancelled }, say: "bye. <endcall/>" }`

/** Starts the real binary with a suite. */
function run(
  { agents, trunk, script = talks, expects = '[{ agent_says: { contains: appointment is cancelled } }]', more = '', tries = 0 }: Shape,
  args: string[] = [],
): Running {
  place.write(
    'phone.yaml',
    `version: 1
suite: { name: Accidents }
retries: { infra_error: ${tries}, agent_error: 0 }
recordings: none
models:
  tts: { engine: command, command: ${engine('speak')} }
  stt: { engine: command, command: ${engine('hear')} }
${trunk === undefined ? '' : `telephony: { trunks: { main: ${trunk} } }`}
agents: ${agents}
scenarios:
  cancel:
    script:
      ${script}
    expect: ${expects}
${more}
`,
  )
  return place.start(['run', 'phone.yaml', '--out', 'result', ...args], { CALLSHEET_CACHE: join(place.path, 'cache') })
}

function endedRuns(): RunEnded[] {
  return place.journal('result').filter((event): event is RunEnded => event.type === 'run.ended')
}

/** Whether a run passed, or nothing but this machine's own slowness kept it from that. */
function wasConducted({ outcome }: RunEnded): boolean {
  return outcome.status === 'passed' || ('fault' in outcome && outcome.fault.code === 'late_audio')
}

const transcriptOf = ({ outcome }: RunEnded): Transcript => (outcome as { transcript: Transcript }).transcript

/** Waits for something for 20 s at most. */
async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 400 && !isSo(); tries += 1) await new Promise(resolve => setTimeout(resolve, 50))
  if (!isSo()) throw new Error('It did not happen within 20 s.')
}

/** The agent calls us. @param answerTo  What it says to what it hears, after its greeting. */
async function dial(to: string, from = theirs, { password, answerTo = clinicAnswer }: Dialling = {}): Promise<SipCall> {
  const media = await agent.media()
  const order = { to: uriOf(to), from: uriOf(`sip:${from}@127.0.0.1`), media, ringMs: 10_000 }
  const call = agent.userAgent.place(order, password === undefined ? undefined : { username: from, password })
  media.call = call
  if (await call.answered) talkOn(media, answerTo, greeting)
  return call
}

interface Dialling {
  readonly password?: string
  readonly answerTo?: (words: string) => string | undefined
}

test.skipIf(!hasKamailio)('a proxy that is restarted in the middle of a call loses nothing of it', { timeout: 120_000 }, async () => {
  kamailio = await startKamailio('SHA-256')
  let restarted: Promise<void> | undefined
  agent = await startSipAgent({
    async onCall(incoming, { take }) {
      talkOn(await take(incoming), clinicAnswer, greeting)
      restarted = kamailio?.restart()
    },
  })
  const account = { registrar: uriOf(`sip:127.0.0.1:${kamailio.port}`), address: uriOf(`sip:${theirs}@127.0.0.1`) }
  await agent.userAgent.register(account, { username: theirs, password: 'secret' })
  await run({
    agents: `{ clinic: { contact_number: "${theirs}", connection: { type: sip, trunk: main } } }`,
    trunk: `{ registrar: "sip:127.0.0.1:${kamailio.port}", username: callsheet, password: secret }`,
  }).ended
  await restarted
  expect(endedRuns().map(wasConducted)).toEqual([true])
  // The BYE found its way through the new proxy, which knows nothing of the call.
  await until(() => agent.calls[0]?.end !== undefined)
  expect(agent.calls[0]?.end).toMatchObject({ by: 'them', cause: 'hung_up' })
})

test.skipIf(!hasKamailio)(
  'a registration that is lost with its connection is found again, and calls come in',
  { timeout: 120_000 },
  async () => {
    kamailio = await startKamailio('MD5', { [ours]: 'callsheet' })
    agent = await startSipAgent()
    writeFileSync(join(place.path, 'ca.pem'), kamailio.certificate)
    place.write('trusting.env', `NODE_EXTRA_CA_CERTS=${join(place.path, 'ca.pem')}`)
    const running = run(
      {
        agents: `{ clinic: { inbound: false, contact_number: "${theirs}", connection: { type: sip, trunk: main, ring: 60s } } }`,
        trunk: `{ registrar: "sip:127.0.0.1:${kamailio.tlsPort};transport=tls", username: callsheet, password: secret, register: true, numbers: ["${ours}"] }`,
      },
      ['--env-file', 'trusting.env'],
    )
    const over = { ended: false }
    void running.ended.then(() => (over.ended = true))
    const called = async (from: string): Promise<CallEnd | undefined> => {
      const call = await dial(`sip:${ours}@127.0.0.1:${kamailio!.port}`, from, { password: 'secret' })
      return (await call.answered) ? undefined : call.ended
    }
    // Nobody is there until we have registered; then another caller is declined.
    for (let tries = 0; tries < 40 && (await called('+15555550166'))?.status !== 603; tries += 1)
      await new Promise(resolve => setTimeout(resolve, 500))
    await kamailio.restart()
    expect(over.ended).toBe(false)
    const refusals: (number | undefined)[] = []
    for (let tries = 0; tries < 20; tries += 1) {
      const end = await called(theirs)
      if (!end) break
      refusals.push(end.status)
      await new Promise(resolve => setTimeout(resolve, 500))
    }
    await running.ended
    expect(endedRuns().map(wasConducted)).toEqual([true])
    expect(refusals.filter(status => status !== 404)).toEqual([])
  },
)

test('strangers get no answer, and an agent that calls twice, another number or too late is refused', { timeout: 120_000 }, async () => {
  const port = Number(await freePort())
  agent = await startSipAgent()
  const running = run({
    agents: `{ clinic: { inbound: false, contact_number: "${theirs}", connection: { type: sip, trunk: main, ring: 60s } },
  late: { inbound: false, contact_number: "+15555550122", connection: { type: sip, trunk: main, ring: 6s } } }`,
    trunk: `{ registrar: "sip:127.0.0.1:${agent.port}", numbers: ["${ours}"], listen: { address: 127.0.0.1, port: ${port}, from: ["127.0.0.1"] } }`,
    more: 'runs: [{ agent: clinic, name: clinic }, { agent: late, name: late }]',
  })
  const us = `sip:${ours}@127.0.0.1:${port}`
  await until(() => endedRuns().length === 0 && place.journal('result').filter(({ type }) => type === 'run.started').length === 2)
  const unanswered = await heardByStranger(port)
  // Once it is listened, the first call is taken; the second finds nobody who waits for it.
  // It says nothing more, so that its call lasts until the others have been refused.
  const greet = { answerTo: () => undefined }
  let first = await dial(us, theirs, greet)
  for (let tries = 0; tries < 20 && !(await first.answered); tries += 1) {
    await new Promise(resolve => setTimeout(resolve, 300))
    first = await dial(us, theirs, greet)
  }
  expect(await first.answered).toBe(true)
  const second = await dial(us)
  expect(await second.ended).toMatchObject({ wasAnswered: false, cause: 'refused', status: 603 })
  const astray = await dial(`sip:+15555550112@127.0.0.1:${port}`, '+15555550122')
  expect(await astray.answered).toBe(false)
  await until(() => endedRuns().some(({ run: key }) => key.startsWith('late/')))
  const tooLate = await dial(us, '+15555550122')
  expect(await tooLate.ended).toMatchObject({ wasAnswered: false, cause: 'refused', status: 603 })
  await first.hangUp()
  await running.ended
  const found = Object.fromEntries(endedRuns().map(ended => [ended.run.split('/')[0], ended]))
  expect(found['clinic']?.outcome).not.toMatchObject({ fault: { code: 'not_called' } })
  const { sound, dialogue } = transcriptOf(found['clinic']!)
  expect(sound?.warnings).toContainEqual(
    expect.stringContaining(`${theirs} called ${ours} meanwhile, and was declined: the agent has called already`),
  )
  expect(dialogue).toMatch(/^Call 1 of \d:\n.*SIP\/2\.0 200 OK.*Call \d of \d:\n.*SIP\/2\.0 603 Decline/s)
  expect(found['late']?.outcome).toMatchObject({
    status: 'agent_error',
    fault: {
      code: 'not_called',
      message: expect.stringContaining(
        `did not call ${ours} within 6 s: it called +15555550112, where no run waited for it. Have it call the number`,
      ) as string,
    },
  })
  expect(transcriptOf(found['late']!).dialogue).toMatch(/To: <sip:\+15555550112@.*SIP\/2\.0 480 /s)
  expect(unanswered).toEqual([])
})

test('an agent that calls from another number is declined, and the run says so', { timeout: 60_000 }, async () => {
  const port = Number(await freePort())
  agent = await startSipAgent()
  const running = run({
    agents: `{ clinic: { inbound: false, contact_number: "${theirs}", connection: { type: sip, trunk: main, ring: 5s } } }`,
    trunk: `{ registrar: "sip:127.0.0.1:${agent.port}", numbers: ["${ours}"], listen: { address: 127.0.0.1, port: ${port}, from: ["127.0.0.1"] } }`,
  })
  await until(() => running.stderr().includes(`waits for a call to ${ours}, for 5.0 s.`))
  const call = await dial(`sip:${ours}@127.0.0.1:${port}`, '+15555550177')
  expect(await call.ended).toMatchObject({ wasAnswered: false, status: 603 })
  const { stderr } = await running.ended
  // Who called, by its own words.
  expect(transcriptOf(endedRuns()[0]!).dialogue).toMatch(/From: <sip:\+15555550177@.*SIP\/2\.0 603 Decline/s)
  expect(stderr).toContain(
    `agent_error: agent "clinic" did not call ${ours} within 5 s, but +15555550177 did, and was declined: it is not the agent's number. Correct contact_number`,
  )
})

test('a server that asks for patience is called again, and both calls are kept', { timeout: 60_000 }, async () => {
  agent = await startSipAgent()
  let calls = 0
  await using server = await startAnsweringPeer('127.0.0.1', ({ method }) => {
    if (method !== 'INVITE') return { status: 200 }
    calls += 1
    return calls === 1 ? { status: 503, tag: 'busy', headers: [['Retry-After', '1']] } : { status: 486, tag: 'busy' }
  })
  await run({ agents: `{ clinic: { connection: { type: sip, uri: "sip:desk@127.0.0.1:${server.port}" } } }` }).ended
  const [ended] = endedRuns()
  expect(ended!.outcome).toMatchObject({ status: 'agent_error', fault: { code: 'busy' } })
  expect(transcriptOf(ended!).dialogue).toMatch(/^Call 1 of 2:\n.*SIP\/2\.0 503 .*\n\nCall 2 of 2:\n.*SIP\/2\.0 486 /s)
})

/** Sends packets of that payload type, whatever was agreed on, until the call is over. */
function sendAll({ call, port, negotiation }: SipAgentCall, payloadType: number): void {
  let sequence = 0
  const sending = setInterval(() => {
    sequence += 1
    const packet = { payloadType, isMarked: false, sequence, timestamp: 160 * sequence, ssrc: 7, payload: Buffer.alloc(160, 0xff) }
    port.send(writeRtp(packet), 'rtp', negotiation.agreed!.remote)
  }, 20)
  void call!.ended.then(() => clearInterval(sending))
}

test('an agent that is not heard, or does not hear, is told by its name', { timeout: 120_000 }, async () => {
  agent = await startSipAgent({
    async onCall(incoming, { take }) {
      const { to } = incoming
      const call = await take(incoming)
      // Its reports say that nothing comes.
      if (to.user === 'deaf') call.session!.received = () => undefined
      if (to.user === 'deaf') call.stream(() => undefined)
      if (to.user === 'foreign') sendAll(call, 18)
      // It agreed on SRTP.
      if (to.user === 'plain') sendAll(call, 0)
    },
  })
  const srtp: Record<string, string> = { foreign: ', srtp: off' }
  const names = ['mute', 'deaf', 'foreign', 'plain']
  const agents = names.map(name => `${name}: { connection: { type: sip, uri: "sip:${name}@127.0.0.1:${agent.port}"${srtp[name] ?? ''} } }`)
  await run({
    agents: `{ ${agents.join(', ')} }`,
    more: `runs: [${names.map(name => `{ agent: ${name}, name: ${name} }`).join(', ')}]`,
    script: 'first_message: "hello. <silence time=\\"40s\\"/>"',
    tries: 8,
  }).ended
  const found = Object.fromEntries(endedRuns().map(({ run: key, outcome }) => [key.split('/')[0], outcome]))
  const told: Record<string, RegExp> = {
    mute: /sent no RTP to the address of our SDP/,
    foreign: /has payload type 18, which no SDP names/,
    plain: /is not encrypted with the key of its SDP/,
  }
  for (const [name, message] of Object.entries(told)) {
    const fault = { code: 'no_audio', by: 'agent', message: expect.stringMatching(message) as string }
    expect(found[name]).toMatchObject({ status: 'agent_error', fault })
  }
  expect(found['deaf']).toMatchObject({ status: 'agent_error', fault: { code: 'one_way_audio', by: 'agent' } })
  expect(agent.calls.map(({ end }) => end)).toEqual(
    agent.calls.map(() => expect.objectContaining({ by: 'them', cause: 'hung_up' }) as CallEnd),
  )
})

test('SIGTERM with eight calls up says BYE to all within 10 s', { timeout: 120_000 }, async () => {
  agent = await startSipAgent({
    async onCall(incoming, { take }) {
      talkOn(await take(incoming), () => undefined, 'one moment please.')
    },
  })
  const running = run({
    agents: `{ clinic: { connection: { type: sip, uri: "sip:desk@127.0.0.1:${agent.port}" } } }`,
    more: 'runs: [{ agent: clinic, frequency: 8 }]\nlimits: { concurrency: 8, starts_per_second: 8 }',
  })
  await until(() => agent.calls.filter(({ frames }) => frames.length > 20).length === 8)
  const before = performance.now()
  running.signal('SIGTERM')
  await until(() => running.stderr().includes('Stopping'))
  running.signal('SIGTERM')
  const { exit } = await running.ended
  expect([exit, performance.now() - before < 10_000]).toEqual([143, true])
  await until(() => agent.underWay() === 0)
  expect(agent.calls.map(({ end }) => [end?.by, end?.cause])).toEqual(agent.calls.map(() => ['them', 'hung_up']))
})

/** What a stranger hears who calls from an address that nobody named. */
async function heardByStranger(port: number): Promise<string[]> {
  const socket = createSocket('udp4')
  const heard: string[] = []
  socket.on('message', bytes => heard.push(bytes.toString()))
  socket.bind(0, '127.0.0.9')
  await once(socket, 'listening')
  const own = `127.0.0.9:${socket.address().port}`
  const lines = (method: string): string[] => [
    `${method} sip:${ours}@127.0.0.1:${port} SIP/2.0`,
    `Via: SIP/2.0/UDP ${own};branch=z9hG4bK${method};rport`,
    'Max-Forwards: 70',
    `From: <sip:${theirs}@127.0.0.1>;tag=1`,
    `To: <sip:${ours}@127.0.0.1>`,
    `Call-ID: ${method}@stranger`,
    `CSeq: 1 ${method}`,
    `Contact: <sip:${own}>`,
    'Content-Length: 0',
  ]
  for (const method of ['INVITE', 'OPTIONS', 'REGISTER']) socket.send(`${lines(method).join('\r\n')}\r\n\r\n`, port, '127.0.0.1')
  await new Promise(resolve => setTimeout(resolve, 1_500))
  socket.close()
  return heard
}
