import { Phones } from '../../../src/adapters/channels/voice/phone/phones.js'
import { openPhoneLine } from '../../../src/adapters/channels/voice/phone/phone-line.js'
import { sipLine } from '../../../src/adapters/channels/voice/lines/sip/sip-line.js'
import { muLaw } from '../../../src/adapters/audio/g711.js'
import { systemClock } from '../../../src/adapters/clocks/system.js'
import type { SipConnection } from '../../../src/domain/connection.js'
import type { Clock } from '../../../src/ports/clock.js'
import type { Dial } from '../../../src/ports/line.js'
import { startSipAgent, type SipAgentCall } from '../../support/sip-agent.js'
import { eventually } from '../channels/conduct-call.js'
import { describeLine, frameOf, type FarEnd, type LineUnderTest, type Taking } from './describe-line.js'

const call = {
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
    const line = await openPhoneLine({ type: 'sip', ...connection }, { phones, use, call: { ...call, keep }, signal })
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
