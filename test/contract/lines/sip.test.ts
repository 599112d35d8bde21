import { describe, expect, test } from 'vitest'
import { Phones } from '../../../src/adapters/channels/voice/phone/phones.js'
import { openPhoneLine } from '../../../src/adapters/channels/voice/phone/phone-line.js'
import { sipLine } from '../../../src/adapters/channels/voice/lines/sip/sip-line.js'
import { writeRtcp } from '../../../src/adapters/rtp/rtcp-packet.js'
import { muLaw } from '../../../src/adapters/audio/g711.js'
import { systemClock } from '../../../src/adapters/clocks/system.js'
import type { SipConnection } from '../../../src/domain/connection.js'
import type { Trunk } from '../../../src/domain/trunk.js'
import type { Clock } from '../../../src/ports/clock.js'
import type { Dial, Line, LineEvent } from '../../../src/ports/line.js'
import { startSipAgent, type SipAgent, type SipAgentCall, type SipAgentOptions } from '../../support/sip-agent.js'
import { eventually } from '../channels/conduct-call.js'
import { describeLine, faultOfDialling, frameOf, type FarEnd, type LineUnderTest, type Taking } from './describe-line.js'

const asked = {
  scenario: { key: 'cancel', id: 101 },
  result: 'result-1',
  runId: 'r-9',
  runKey: 'clinic/cancel#1',
  agentVariables: { 'X-Team': 'b', 'other': 1 },
  elapsedS: () => 0,
  hold: () => () => undefined,
}

/** A way to call an agent, with what is shared by its calls. */
function dialTo(
  phones: Phones,
  connection: Omit<SipConnection, 'type'>,
  { clock = systemClock, keep = (_: string): void => undefined } = {},
): Dial {
  return async (hear, signal) => {
    signal.throwIfAborted()
    const use = { clock: systemClock, concurrency: 1 }
    const line = await openPhoneLine({ type: 'sip', ...connection }, { phones, use, call: { ...asked, keep }, signal })
    return sipLine(line.signalling, line.name, { clock })(hear, signal)
  }
}

function farOf(own: SipAgentCall): FarEnd {
  return {
    frames: own.frames,
    get signs() {
      return own.keys.map(key => `keys ${key}`)
    },
    get closed() {
      if (!own.end) return undefined
      return own.end.cause === 'hung_up' ? 'well' : 'badly'
    },
    say: samples => own.say(samples),
    hangUp: () => void own.call?.hangUp(),
  }
}

async function start(): Promise<LineUnderTest> {
  let taking: Taking = 'usual'
  const agent = await startSipAgent({
    srtp: 'off',
    onCall(incoming, { take }) {
      if (taking === 'refuse') return incoming.refuse(403)
      if (taking === 'stall') return incoming.ring()
      void take(incoming)
    },
  })
  const phones = new Phones({ clock: systemClock })
  return {
    dial(how, clock: Clock) {
      taking = how
      const dial = dialTo(phones, { uri: `sip:agent@127.0.0.1:${agent.port}` }, { clock })
      return async (hear, signal) => {
        const line = await dial(hear, signal)
        // Keys go out in the rhythm of frames.
        const press = (digits: string): void => {
          line.press?.(digits)
          for (let frame = 0; frame < 50 * (line.pressS?.(digits) ?? 0); frame += 1) line.send(frameOf(line.rate))
        }
        return { ...line, press }
      }
    },
    async far() {
      await eventually(() => agent.calls.at(-1)?.call !== undefined)
      return farOf(agent.calls.at(-1)!)
    },
    underWay: () => agent.underWay(),
    async stop() {
      await phones[Symbol.asyncDispose]()
      await agent[Symbol.asyncDispose]()
    },
  }
}

describeLine('sip', start, {
  rate: 8_000,
  heardAs: sample => muLaw.decode(muLaw.encode(Int16Array.of(sample)))[0]!,
  signs: ['press'],
  ofAgent: [],
  refusal: { by: 'agent', code: 'declined', status: 403 },
  isBounded: false,
  broken: [],
  odd: [],
})

/** A call to an agent, and what comes of it. */
interface OpenedCall extends AsyncDisposable {
  readonly line: Line
  readonly events: readonly LineEvent[]
  readonly far: SipAgentCall
  readonly agent: SipAgent
  readonly kept: string[]
  /** Sends silence for so long, at once. */
  send(frames: number): void
}

async function withAgent<Made>(
  options: SipAgentOptions,
  use: (dial: (more?: Partial<SipConnection>, keep?: (text: string) => void) => Dial, agent: SipAgent) => Promise<Made>,
): Promise<Made> {
  await using agent = await startSipAgent(options)
  await using phones = new Phones({ clock: systemClock })
  return await use((more, keep) => dialTo(phones, { uri: `sip:agent@127.0.0.1:${agent.port}`, ...more }, keep && { keep }), agent)
}

async function openCall(options: SipAgentOptions = {}, more: Partial<SipConnection> = {}): Promise<OpenedCall> {
  const agent = await startSipAgent({ srtp: 'off', ...options })
  const phones = new Phones({ clock: systemClock })
  const events: LineEvent[] = []
  const kept: string[] = []
  const dial = dialTo(phones, { uri: `sip:agent@127.0.0.1:${agent.port}`, ...more }, { keep: text => kept.push(text) })
  const line = await dial(event => events.push(event), new AbortController().signal)
  return {
    line,
    events,
    far: agent.calls[0]!,
    agent,
    kept,
    send(frames) {
      for (let frame = 0; frame < frames; frame += 1) line.send(frameOf(line.rate))
    },
    async [Symbol.asyncDispose]() {
      await line.hangUp()
      await phones[Symbol.asyncDispose]()
      await agent[Symbol.asyncDispose]()
    },
  }
}

const trunkAt = (port: number): Trunk => ({
  key: 'main',
  registrar: `sip:127.0.0.1:${port}`,
  register: false,
  numbers: [],
  srtp: 'off',
})

const broken = (events: readonly LineEvent[]) => events.flatMap(event => (event.type === 'broke' ? event.fault : []))

describe('a call over SIP', () => {
  test('field report 4: an agent that answers and sends nothing is named so after 10 s, and is hung up on', async () => {
    await using call = await openCall()
    call.send(499)
    expect(broken(call.events)).toEqual([])
    call.send(1)
    expect(broken(call.events)).toMatchObject([
      { by: 'agent', code: 'no_audio', message: expect.stringContaining('no audio from sip:agent@127.0.0.1') as string },
    ])
    expect(await eventually(() => call.agent.underWay() === 0)).toBe(true)
    expect(await eventually(() => call.kept.some(text => text.split('m=audio').length === 3))).toBe(true)
  })

  test('sound that stops is missed after 30 s', async () => {
    await using call = await openCall()
    call.far.say(new Int16Array(160))
    await eventually(() => call.events.length > 0)
    call.send(1499)
    expect(broken(call.events)).toEqual([])
    call.send(1)
    expect(broken(call.events)).toMatchObject([{ by: 'agent', code: 'no_audio', message: expect.stringContaining('stopped') as string }])
  })

  test('an agent that reports that it hears nothing makes one-way audio', async () => {
    await using call = await openCall()
    call.far.say(new Int16Array(160))
    const { address, rtcpPort } = call.far.negotiation.agreed!.remote
    const report = writeRtcp({ type: 'report', ssrc: 7, reports: [] }, 'far', false)
    for (let nth = 0; nth < 3; nth += 1) call.far.port.send(report, 'rtcp', { address, port: rtcpPort })
    await eventually(() => call.events.length > 0)
    await new Promise(resolve => setTimeout(resolve, 50))
    call.send(760)
    expect(broken(call.events)).toMatchObject([{ by: 'agent', code: 'one_way_audio' }])
  })

  test('field reports 1 and 2: a hold stops what we send, and its end goes on with it', async () => {
    await using call = await openCall()
    call.send(1)
    await eventually(() => call.far.frames.length === 1)
    expect(await call.far.call!.hold(true)).toBe(true)
    await eventually(() => call.far.negotiation.agreed?.direction === 'sendonly')
    call.send(600)
    expect([call.far.frames.length, broken(call.events)]).toEqual([1, []])
    expect(await call.far.call!.hold(false)).toBe(true)
    await new Promise(resolve => setTimeout(resolve, 50))
    call.send(2)
    expect(await eventually(() => call.far.frames.length >= 3)).toBe(true)
  })

  test('field report 16: sound before the answer is told of, and is none of the call', async () => {
    await using call = await openCall({
      async onCall(incoming, agent) {
        const media = await agent.media()
        agent.calls.push(media)
        media.call = incoming
        await incoming.earlyMedia(media)
        await new Promise(resolve => setTimeout(resolve, 50))
        media.say(new Int16Array(800))
        await new Promise(resolve => setTimeout(resolve, 50))
        await incoming.answer(media)
      },
    })
    expect(call.events).toEqual([])
    call.far.say(new Int16Array(160))
    expect(await eventually(() => call.events.length === 1)).toBe(true)
    call.send(1)
    await call.line.hangUp()
    expect(call.kept.at(-1)).toMatch(/first packet 0\.0\d s after the answer; 0\.10 s of sound before the answer/)
  })

  test('keys go by INFO where the suite says so, and come by INFO', async () => {
    await using call = await openCall({}, { keys: 'info' })
    call.line.press?.('1#')
    expect(call.line.pressS?.('1#')).toBe(0.5)
    expect(await eventually(() => call.far.keys.join('') === '1#')).toBe(true)
    expect(await call.far.call!.press('9')).toBe(true)
    expect(await eventually(() => call.events.some(event => event.type === 'keyed' && event.digits === '9'))).toBe(true)
  })

  test.each([
    ['is busy', 486, { by: 'agent', code: 'busy' }],
    ['declines', 603, { by: 'agent', code: 'declined' }],
    ['is not there', 480, { by: 'agent', code: 'no_answer' }],
    ['speaks no codec of ours', 488, { by: 'agent', code: 'no_common_media' }],
    ['is not known at its own address', 404, { by: 'agent', code: 'declined', status: 404 }],
  ])('an agent that %s (%i)', async (_what, status, fault) => {
    await withAgent({ onCall: incoming => incoming.refuse(status) }, async dial => {
      expect(await faultOfDialling(dial())).toMatchObject(fault)
    })
  })

  test('sound is asked for at the ports that the trunk has for it', async () => {
    await withAgent({ srtp: 'off' }, async (dial, { calls, port }) => {
      const trunk = { ...trunkAt(port), listen: { rtpPorts: { first: 24_201, last: 24_203 } } }
      const line = await dial({ trunk })(() => undefined, new AbortController().signal)
      expect(calls[0]!.negotiation.agreed!.remote).toMatchObject({ port: 24_202, rtcpPort: 24_203 })
      await line.hangUp()
    })
  })

  test('a redirect is not followed, and says where it leads', async () => {
    await using agent = await startSipAgent({
      onCall: call => call.refuse(302, 'Moved Temporarily'),
    })
    await using phones = new Phones({ clock: systemClock })
    const at = await faultOfDialling(dialTo(phones, { uri: `sip:desk@127.0.0.1:${agent.port}` }))
    expect(at).toMatchObject({ by: 'agent', code: 'declined', status: 302, message: expect.stringContaining('redirects are not followed') })
    const trunk = trunkAt(agent.port)
    expect(await faultOfDialling(dialTo(phones, { trunk, to: '+15555550100' }))).toMatchObject({ by: 'infra', code: 'not_routed' })
  })

  test('a call whose line another may have by now is cut off, and is no fault of the agent', async () => {
    await using agent = await startSipAgent({ srtp: 'off' })
    await using phones = new Phones({ clock: systemClock })
    const away = new AbortController()
    let givenBack = 0
    const line = await openPhoneLine(
      {
        type: 'sip',
        to: '+15555550100',
        trunk: { ...trunkAt(agent.port), lines: 1 },
      },
      {
        phones,
        use: {
          clock: systemClock,
          concurrency: 1,
          phoneLines: {
            take: async () => ({ number: undefined, lost: away.signal, giveBack: () => (givenBack += 1) }),
            async [Symbol.asyncDispose]() {},
          },
        },
        call: asked,
        signal: new AbortController().signal,
      },
    )
    const events: LineEvent[] = []
    await sipLine(line.signalling, line.name, { clock: systemClock })(event => events.push(event), new AbortController().signal)
    await eventually(() => agent.calls.length === 1)
    away.abort()
    await eventually(() => agent.calls[0]!.end !== undefined)
    expect(agent.calls[0]!.end).toMatchObject({ by: 'them', cause: 'hung_up' })
    const [fault] = events.flatMap(event => (event.type === 'broke' ? [event.fault] : []))
    expect(fault).toMatchObject({ by: 'infra', code: 'no_line', message: expect.stringContaining('was lost in the middle of the call') })
    await eventually(() => givenBack === 1)
  })

  test('a trunk that does not carry the call is no fault of the agent', async () => {
    const trunk = { key: 'main', register: false, numbers: [], srtp: 'off' } as const
    await withAgent({ onCall: incoming => incoming.refuse(404) }, async (dial, agent) => {
      expect(await faultOfDialling(dial({ trunk: { ...trunk, registrar: `sip:127.0.0.1:${agent.port}` } }))).toMatchObject({
        by: 'infra',
        code: 'not_routed',
        message: expect.stringContaining('trunk "main"') as string,
      })
    })
  })

  test.each([
    ['off', 'required'],
    ['required', 'off'],
  ] as const)('SRTP is %s here and %s there: no call', async (here, there) => {
    await withAgent({ srtp: there }, async dial => {
      expect(await faultOfDialling(dial({ srtp: here }))).toMatchObject({ by: 'agent', code: 'no_common_media' })
    })
  })

  test('an agent that rings for too long did not answer', async () => {
    await withAgent({ onCall: incoming => incoming.ring() }, async (dial, agent) => {
      expect(await faultOfDialling(dial({ ringMs: 100 }))).toMatchObject({ by: 'agent', code: 'no_answer' })
      expect(await eventually(() => agent.underWay() === 0)).toBe(true)
    })
  })

  test('a number that may not be dialled is not', async () => {
    const trunk = { key: 'main', registrar: 'sip:127.0.0.1:9', register: false, numbers: [], srtp: 'off' } as const
    await withAgent({}, async dial => {
      await expect(faultOfDialling(dial({ uri: 'sip:911@127.0.0.1:9', trunk }))).resolves.toMatchObject({
        by: 'infra',
        code: 'number_refused',
        isFinal: true,
      })
    })
  })
})
