import { readFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { RunEnded } from '../../src/domain/event.js'
import type { Transcript } from '../../src/domain/transcript.js'
import type { CallEnd } from '../../src/adapters/sip/call-end.js'
import type { IncomingCall } from '../../src/adapters/sip/incoming-call.js'
import type { SipCall } from '../../src/adapters/sip/sip-call.js'
import { parseUri, type Uri } from '../../src/adapters/sip/uri.js'
import { freePort } from '../suites/callsheet.js'
import { openWorkplace, type Workplace } from '../cli/workplace.js'
import { engine } from '../support/call-suite.js'
import { ForkingPeer } from '../support/sip/forking-peer.js'
import { hasKamailio, startKamailio } from '../support/sip/kamailio.js'
import { startRegistrar } from '../support/sip/registrar.js'
import { startSipAgent, type SipAgent, type SipAgentOptions } from '../support/sip-agent.js'
import { clinicAnswer, talkOn } from '../support/sip-talker.js'

let place: Workplace
let agent: SipAgent | undefined
beforeEach(async () => (place = await openWorkplace()))
afterEach(async () => {
  await agent?.[Symbol.asyncDispose]()
  agent = undefined
  await place[Symbol.asyncDispose]()
})

const profile = 'test_profiles: { maria: { agent_variables: { X-Team: desk, plan: gold }, caller_variables: { name: Maria } } }'

interface Shape {
  /** Of the agent: its number, and its connection. */
  readonly agent: string
  readonly more?: string
  readonly retries?: string
}

function suiteOf({ agent: called, more = '', retries = '{ infra_error: 8 }' }: Shape): string {
  return `version: 1
suite: { name: Telephone }
retries: ${retries}
recordings: none
models:
  tts: { engine: command, command: ${engine('speak')} }
  stt: { engine: command, command: ${engine('hear')} }
agents:
  clinic: ${called}
${more}
${profile}
scenarios:
  cancel:
    test_profile: maria
    script:
      first_message: ""
      steps:
        - { when: { contains: help }, say: i would like to cancel. }
        - { when: { contains: your name }, say: my name is maria. }
        - { when: { contains: cancelled }, say: "bye. <endcall/>" }
    expect: [{ agent_says: { contains: appointment is cancelled } }]
    metrics: [latency_ms]
`
}

/** Calls an agent with the real binary. */
async function call(shape: (port: number) => Shape, options: SipAgentOptions = {}) {
  agent = await startSipAgent({
    async onCall(incoming, { take }) {
      talkOn(await take(incoming), clinicAnswer, 'cedarwood clinic, how can i help?')
    },
    ...options,
  })
  place.write('phone.yaml', suiteOf(shape(agent.port)))
  const executed = await place.run(['run', 'phone.yaml', '--out', 'result'], { CALLSHEET_CACHE: join(place.path, 'cache') })
  const ended = place.journal('result').find((event): event is RunEnded => event.type === 'run.ended')!
  return { ...executed, ended, calls: agent.calls }
}

const uri = (user: string, port: number): Uri => parseUri(`sip:${user}@127.0.0.1:${port}`)!

/** Waits for something for 20 s at most. */
async function until(isSo: () => boolean): Promise<boolean> {
  for (let tries = 0; tries < 400 && !isSo(); tries += 1) await new Promise(resolve => setTimeout(resolve, 50))
  return isSo()
}

/** Calls a number of ours as an agent does. */
function dialling(own: SipAgent, port: number): (from: string) => Promise<SipCall> {
  return async from => {
    const media = await own.media()
    const placed = own.userAgent.place({ to: uri('+15555550111', port), from: uri(from, own.port), media, ringMs: 10_000 })
    media.call = placed
    if (await placed.answered) talkOn(media, clinicAnswer, 'cedarwood clinic, how can i help?')
    return placed
  }
}

interface Webhook extends AsyncDisposable {
  readonly url: string
}

/** What tells an agent to call. */
async function webhookFor(told: (request: IncomingMessage) => Promise<void>): Promise<Webhook> {
  const server = createServer((request, response) => {
    void told(request)
    request.once('end', () => response.end())
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/call`, [Symbol.asyncDispose]: async () => void server.close() }
}

const transcriptOf = (ended: RunEnded): Transcript => (ended.outcome as { transcript: Transcript }).transcript

// Calls take the time that they take, and a machine that is too slow tries again.
describe('a suite that calls an agent by telephone', { timeout: 120_000 }, () => {
  test('talks to a SIP address, encrypted, and keeps the dialogue of the call', async () => {
    let invite: IncomingCall | undefined
    const { exit, stdout, ended, calls } = await call(
      port => ({ agent: `{ connection: { type: sip, uri: "sip:desk@127.0.0.1:${port}", headers: { X-Desk: "7" } } }` }),
      {
        async onCall(incoming, { take }) {
          invite = incoming
          talkOn(await take(incoming), clinicAnswer, 'cedarwood clinic, how can i help?')
        },
      },
    )
    expect([exit, stdout]).toEqual([0, expect.stringContaining('PASSED: 1 of 1 run passed')])
    const transcript = transcriptOf(ended)
    expect(transcript.moments.map(moment => (moment.type === 'said' ? `${moment.by}: ${moment.text}` : moment.type))).toEqual([
      'agent: cedarwood clinic, how can i help?',
      'caller: i would like to cancel.',
      'agent: certainly. what is your name?',
      'caller: my name is maria.',
      'agent: thank you. your appointment is cancelled.',
      'caller: bye.',
    ])
    expect(transcript.sound?.rate).toBe(8_000)
    expect(calls.at(-1)).toMatchObject({ end: { cause: 'hung_up', by: 'them' } })
    expect(calls.at(-1)!.negotiation.agreed?.srtp).toBeDefined()
    const header = (name: string): string | undefined => invite!.headers.get(name)
    expect([header('X-Team'), header('X-Desk'), header('X-Scenario-Id'), header('plan'), header('X-Name')]).toEqual([
      'desk',
      '7',
      'cancel',
      undefined,
      undefined,
    ])
    expect(header('X-Run-Id')).toMatch(/\w/)
    const { dialogue } = transcript
    expect(dialogue).toMatch(/sent to 127\.0\.0\.1:\d+ over UDP\nINVITE sip:desk@127\.0\.0\.1/)
    expect(dialogue).toMatch(/a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:\[masked\]/)
    expect(dialogue).toMatch(/\nBYE sip:/)
    expect(dialogue).toMatch(/RTP \(PCMU\): \d+ packets sent.*; \d+ received, 0 lost/)
  })

  test('dials a number over a trunk, from numbers of its own, and says what a busy agent was', async () => {
    const invites: IncomingCall[] = []
    const { exit, stdout, ended } = await call(
      port => ({
        agent: '{ contact_number: "+1 555 555 0100", connection: { type: sip, trunk: main } }',
        more: `telephony: { trunks: { main: { registrar: "sip:127.0.0.1:${port}", numbers: ["+15555550111", "+15555550112"], lines: 1 } } }\nruns: [{ agent: clinic, mode: different_numbers, frequency: 2 }]`,
        retries: '{ infra_error: 0 }',
      }),
      {
        onCall(incoming) {
          invites.push(incoming)
          incoming.refuse(486)
        },
      },
    )
    expect(exit).not.toBe(0)
    expect(invites.map(({ to, from }) => `${from.user} calls ${to.user}`).toSorted()).toEqual([
      '+15555550111 calls +15555550100',
      '+15555550112 calls +15555550100',
    ])
    expect(ended.outcome).toMatchObject({ status: 'agent_error', fault: { code: 'busy' } })
    expect(stdout).toContain('sip:+15555550100@127.0.0.1')
    expect(transcriptOf(ended).dialogue).toContain('486 Busy Here')
    const shown = await place.run(['show', 'result', '--failed'])
    await place.run(['report', 'result', '--junit', 'junit.xml', '--markdown', 'summary.md'])
    for (const file of ['junit.xml', 'summary.md']) {
      const text = readFileSync(join(place.path, file), 'utf8')
      expect(text).toMatch(/SIP dialogue:\n.*INVITE sip:\+15555550100@127\.0\.0\.1.*SIP\/2\.0 486 Busy Here/s)
    }
    expect(shown.stdout).toMatch(/ {2}SIP dialogue:\n {4}\d\.\d{3} s: sent to 127\.0\.0\.1:\d+ over UDP\n {4}INVITE sip:\+15555550100@/)
  })

  test('says how many runs wait for a line, while they do', async () => {
    const { stderr } = await call(
      port => ({
        agent: '{ contact_number: "+15555550100", connection: { type: sip, trunk: main } }',
        more: `telephony: { trunks: { main: { registrar: "sip:127.0.0.1:${port}", numbers: ["+15555550111"], lines: 1 } } }\nruns: [{ agent: clinic, frequency: 2 }]`,
        retries: '{ infra_error: 0 }',
      }),
      {
        onCall(incoming) {
          incoming.ring()
          // The progress is told every ten seconds where it is not a terminal's.
          setTimeout(() => incoming.refuse(486), 11_000)
        },
      },
    )
    expect(stderr).toContain('2 in flight, 1 waiting for a line')
    expect(place.journal('result').map(({ type }) => type)).not.toContain('run.waiting')
  })
})

test('two SIGTERMs hang up on the agent, within 10 s', { timeout: 60_000 }, async () => {
  agent = await startSipAgent({
    async onCall(incoming, { take }) {
      talkOn(await take(incoming), () => undefined, 'one moment please.')
    },
  })
  const { calls, port } = agent
  place.write('phone.yaml', suiteOf({ agent: `{ connection: { type: sip, uri: "sip:desk@127.0.0.1:${port}" } }` }))
  const running = place.start(['run', 'phone.yaml', '--out', 'result'], { CALLSHEET_CACHE: join(place.path, 'cache') })
  expect(await until(() => calls.some(({ frames }) => frames.length > 50))).toBe(true)
  const before = performance.now()
  running.signal('SIGTERM')
  await until(() => running.stderr().includes('Stopping'))
  running.signal('SIGTERM')
  const { exit } = await running.ended
  expect(exit).toBe(143)
  expect(performance.now() - before).toBeLessThan(10_000)
  expect(calls.map(({ end }) => end)).toEqual(calls.map(() => expect.objectContaining({ by: 'them', cause: 'hung_up' }) as CallEnd))
})

describe('an agent that calls', { timeout: 120_000 }, () => {
  test('is told to, is known by its number, and talks; another caller is declined', async () => {
    const port = Number(await freePort())
    const told: { headers: IncomingHttpHeaders; body: Record<string, unknown> }[] = []
    agent = await startSipAgent()
    const dialFrom = dialling(agent, port)
    const declined: Promise<CallEnd>[] = []
    const toldToCall = async (request: IncomingMessage): Promise<void> => {
      told.push({
        headers: request.headers,
        body: JSON.parse(Buffer.concat(await request.toArray()).toString()) as Record<string, unknown>,
      })
      const stranger = await dialFrom('+15555550166')
      declined.push(stranger.ended)
      await dialFrom('+15555550100')
    }
    await using webhook = await webhookFor(toldToCall)
    place.write(
      'phone.yaml',
      suiteOf({
        agent: `{ inbound: false, contact_number: "+15555550100", connection: { type: sip, trunk: main, trigger: { url: "${webhook.url}", secret: "tell-me-to-call" } } }`,
        more: `telephony: { trunks: { main: { registrar: "sip:127.0.0.1:${agent.port}", numbers: ["+15555550111"], listen: { address: 127.0.0.1, port: ${port} } } } }`,
      }),
    )
    const { exit, stdout } = await place.run(['run', 'phone.yaml', '--out', 'result'], { CALLSHEET_CACHE: join(place.path, 'cache') })
    expect([exit, stdout]).toEqual([0, expect.stringContaining('PASSED: 1 of 1 run passed')])
    expect(told[0]).toMatchObject({
      headers: { 'x-callsheet-secret': 'tell-me-to-call', 'content-type': 'application/json' },
      body: { from_number: '+15555550100', to_number: '+15555550111', dynamic_variables: { 'X-Team': 'desk', 'plan': 'gold' } },
    })
    expect(await declined[0]).toMatchObject({ status: 603 })
    const ended = place.journal('result').find((event): event is RunEnded => event.type === 'run.ended')!
    expect(transcriptOf(ended).sound?.warnings).toEqual([expect.stringContaining('+15555550166 called +15555550111 meanwhile')])
    expect(transcriptOf(ended).dialogue).toMatch(/received from 127\.0\.0\.1:\d+ over UDP\nINVITE sip:\+15555550111@/)
  })

  test('shares a number of ours with another that calls from another one', async () => {
    const port = Number(await freePort())
    agent = await startSipAgent()
    const dialFrom = dialling(agent, port)
    const waiting: string[] = []
    const toldToCall = async (request: IncomingMessage): Promise<void> => {
      waiting.push((JSON.parse(Buffer.concat(await request.toArray()).toString()) as { from_number: string }).from_number)
      // Both are waited for, and the one that was told last calls first.
      for (const number of waiting.length === 2 ? waiting.toReversed() : []) await dialFrom(number)
    }
    await using webhook = await webhookFor(toldToCall)
    place.write(
      'phone.yaml',
      suiteOf({
        agent: `{ inbound: false, contact_number: "+15555550100", connection: { type: sip, trunk: main, trigger: { url: "${webhook.url}" } } }`,
        more: `runs: [{ agent: clinic, name: own }, { agent: clinic, name: other, agent_number: "+15555550177" }]
telephony: { trunks: { main: { registrar: "sip:127.0.0.1:${agent.port}", numbers: ["+15555550111"], listen: { address: 127.0.0.1, port: ${port}, from: ["127.0.0.1"] } } } }`,
        retries: '{ infra_error: 0, agent_error: 0 }',
      }),
    )
    const { stdout } = await place.run(['run', 'phone.yaml', '--out', 'result'], { CALLSHEET_CACHE: join(place.path, 'cache') })
    expect(waiting.toSorted()).toEqual(['+15555550100', '+15555550177'])
    const ended = place.journal('result').filter((event): event is RunEnded => event.type === 'run.ended')
    const callers = ended.map(({ run, outcome }) => [
      run.split('/')[0],
      /\nFrom: [^\n]*?(\+\d+)@/i.exec((outcome as { transcript: Transcript }).transcript.dialogue ?? stdout)?.[1],
    ])
    expect(Object.fromEntries(callers)).toEqual({ own: '+15555550100', other: '+15555550177' })
  })
})

const trunkAt = (port: number, more = ''): void =>
  place.write(
    'phone.yaml',
    suiteOf({
      agent: '{ contact_number: "+15555550100", connection: { type: sip, trunk: main } }',
      more: `telephony: { trunks: { main: { registrar: "sip:127.0.0.1:${port}", numbers: ["+15555550111"]${more} } } }`,
    }),
  )

describe('callsheet phone', { timeout: 120_000 }, () => {
  test('dials a number, and shows the dialogue, the codec and the sound both ways', async () => {
    agent = await startSipAgent({
      async onCall(incoming, { take }) {
        talkOn(await take(incoming), clinicAnswer, 'hello.')
      },
    })
    trunkAt(agent.port)
    const { exit, stdout } = await place.run(['phone', 'dial', 'phone.yaml', '+1 555 555 0100', '--seconds', '1'])
    expect(exit).toBe(0)
    expect(stdout).toMatch(
      /INVITE sip:\+15555550100@127\.0\.0\.1.*RTP \(PCMU\): \d+ packets sent.*The call was answered; \d\.\d s of sound came back\.\n$/s,
    )
    expect(agent.calls[0]?.frames.length).toBeGreaterThan(30)
  })

  test('hears another branch than the one that rang, in another coding, at its own speed', async () => {
    await using peer = await ForkingPeer.start(2)
    trunkAt(peer.port)
    const { stdout } = await place.run(['phone', 'dial', 'phone.yaml', '+15555550100', '--seconds', '3'])
    const [, heardS] = /RTP \(G722\).*; (\d\.\d) s of sound came back/s.exec(stdout) ?? []
    expect(Number(heardS)).toBeGreaterThan(1.6)
    expect(Number(heardS)).toBeLessThan(2.4)
  })

  test('says why a number, a trunk or a registrar does not take us', async () => {
    agent = await startSipAgent({ onCall: incoming => incoming.refuse(603) })
    trunkAt(agent.port)
    const declined = await place.run(['phone', 'dial', 'phone.yaml', '+15555550100'])
    expect([declined.exit, declined.stdout]).toEqual([1, expect.stringContaining('declined the call (603 Decline)')])
    const refused = await place.run(['phone', 'dial', 'phone.yaml', '911'])
    expect([refused.exit, refused.stdout]).toEqual([1, expect.stringContaining('may not dial 911')])
    // Our little agent is no registrar.
    const register = await place.run(['phone', 'register', 'phone.yaml'])
    expect([register.exit, register.stdout]).toEqual([
      1,
      expect.stringMatching(
        /REGISTER sip:127.*\n\nsip:127\S+ does not let the trunk "main" register \(405 .*\)\. Check username, and whether the provider takes registrations/s,
      ),
    ])
    const unknown = await place.run(['phone', 'register', 'phone.yaml', '--trunk', 'mian'])
    expect([unknown.exit, unknown.stderr]).toEqual([2, expect.stringContaining('uses a trunk "mian". There are: main.')])
  })

  test('says what it cannot do, and cancels a call that is given up while it rings', async () => {
    const ends: Promise<CallEnd>[] = []
    agent = await startSipAgent({
      onCall(incoming) {
        incoming.ring()
        ends.push(incoming.ended)
      },
    })
    trunkAt(agent.port)
    const nobody = await place.run(['phone', 'dial', 'phone.yaml', 'no body'])
    expect([nobody.exit, nobody.stderr]).toEqual([
      2,
      expect.stringContaining('"no body" is no telephone number. Use one like +15555550100'),
    ])
    for (const [wav, what] of [
      ['none.wav', 'none.wav cannot be read (ENOENT). Name a WAV file.'],
      ['phone.yaml', 'phone.yaml is not a WAV file that can be played.'],
    ] as const) {
      const unplayed = await place.run(['phone', 'dial', 'phone.yaml', '+15555550100', '--wav', wav])
      expect([unplayed.exit, unplayed.stderr]).toEqual([2, expect.stringContaining(what)])
    }
    const deaf = await place.run(['phone', 'listen', 'phone.yaml', '--seconds', '1'])
    expect([deaf.exit, deaf.stderr]).toEqual([2, expect.stringContaining('No call would reach us over the trunk "main"')])
    const ringing = place.start(['phone', 'dial', 'phone.yaml', '+15555550100'])
    await until(() => ends.length > 0)
    ringing.signal('SIGINT')
    const { exit, stdout, stderr } = await ringing.ended
    expect([exit, stderr]).toEqual([130, ''])
    expect(stdout).toMatch(/180 Ringing.*The call was given up before it was answered\.\n$/s)
    expect(await ends[0]).toMatchObject({ by: 'them', cause: 'cancelled' })
  })

  test.skipIf(!hasKamailio)('trusts the certificates of an --env-file', async () => {
    const kamailio = await startKamailio('MD5')
    try {
      place.write(
        'phone.yaml',
        suiteOf({
          agent: '{ contact_number: "+15555550100", connection: { type: sip, trunk: main } }',
          more: `telephony: { trunks: { main: { registrar: "sip:127.0.0.1:${kamailio.tlsPort};transport=tls", username: callsheet, password: secret } } }`,
        }),
      )
      place.write('ca.pem', kamailio.certificate)
      place.write('trusting.env', `NODE_EXTRA_CA_CERTS=${join(place.path, 'ca.pem')}`)
      const strange = await place.run(['phone', 'register', 'phone.yaml'])
      expect([strange.exit, strange.stdout]).toEqual([1, expect.stringContaining('NODE_EXTRA_CA_CERTS')])
      const trusted = await place.run(['phone', 'register', 'phone.yaml', '--env-file', 'trusting.env'])
      expect([trusted.exit, trusted.stdout]).toEqual([0, expect.stringMatching(/takes us, for \d+ s\.\n$/)])
      place.write('phone.yaml', readFileSync(join(place.path, 'phone.yaml'), 'utf8').replace('password: secret', 'password: guess-again'))
      const wrong = await place.run(['phone', 'register', 'phone.yaml', '--env-file', 'trusting.env'])
      expect([wrong.exit, wrong.stdout]).toEqual([1, expect.stringContaining('does not accept our user name and password (401). Correct')])
    } finally {
      await kamailio.stop()
    }
  })

  test('takes calls from everybody where the trunk says so', async () => {
    await using registrar = await startRegistrar('127.0.0.2')
    agent = await startSipAgent()
    place.write(
      'phone.yaml',
      suiteOf({
        agent: '{ inbound: false, contact_number: "+15555550100", connection: { type: sip, trunk: main } }',
        more: `telephony: { trunks: { main: { registrar: "sip:127.0.0.2:${registrar.port}", numbers: ["+15555550111"], register: true, listen: open } } }`,
      }),
    )
    const listening = place.start(['phone', 'listen', 'phone.yaml', '--seconds', '5'])
    await until(() => listening.stdout().includes('Waiting for calls'))
    // From 127.0.0.1, where nobody is known.
    const to = uri('+15555550111', registrar.contactPort()!)
    const placed = agent.userAgent.place({ to, from: uri('+15555550100', agent.port), media: await agent.media(), ringMs: 5_000 })
    expect(await placed.ended).toMatchObject({ status: 486 })
    expect((await listening.ended).stdout).toContain('+15555550100 called +15555550111.')
  })

  test('shows what comes in', async () => {
    const port = Number(await freePort())
    agent = await startSipAgent()
    trunkAt(agent.port, `, listen: { address: 127.0.0.1, port: ${port}, from: ["127.0.0.1"] }`)
    const listening = place.start(['phone', 'listen', 'phone.yaml', '--seconds', '4'])
    await until(() => listening.stdout().includes('Waiting for calls'))
    await new Promise(resolve => setTimeout(resolve, 500))
    const placed = agent.userAgent.place({
      to: uri('+15555550111', port),
      from: uri('+15555550100', agent.port),
      media: await agent.media(),
      ringMs: 5_000,
    })
    expect(await placed.ended).toMatchObject({ status: 486 })
    const { exit, stdout } = await listening.ended
    expect([exit, stdout]).toEqual([
      0,
      expect.stringMatching(/\+15555550100 called \+15555550111\.\n.*INVITE sip:\+15555550111@.*1 call came in\.\n$/s),
    ])
  })
})
