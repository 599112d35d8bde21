import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { vi } from 'vitest'
import { resample } from '../../../src/adapters/audio/resample.js'
import { systemClock } from '../../../src/adapters/clocks/system.js'
import { openRtpPort } from '../../../src/adapters/rtp/rtp-port.js'
import { openSockets } from '../../../src/adapters/sip/sockets.js'
import type { SipCall } from '../../../src/adapters/sip/sip-call.js'
import { UserAgent } from '../../../src/adapters/sip/user-agent.js'
import { SipAgentCall } from '../sip-agent.js'
import type { Kamailio } from './kamailio.js'
import { uriOf } from './sip-rig.js'
import { SpokenPart } from './spoken-part.js'

/** A telephone number of the clinic, and how the agent is that has it. */
export interface ClinicNumber {
  readonly number: string
  /** A bug of `suites/clinic-voice/agent/bugs.js`. */
  readonly bug?: string
  /** Whether it has a menu, and hears keys instead of words. */
  readonly hasKeys?: boolean
}

export interface ClinicTelephone extends AsyncDisposable {
  /** The webhook that has it call. */
  readonly triggerUrl: string
}

/** The line of a call, as the agent's front sees it. */
interface Line {
  readonly hasKeys: boolean
  play(samples: Int16Array): Promise<boolean>
  stop(): void
  close(): void
}
type Conduct = (line: Line) => { starts(): void; said(samples: Int16Array): Promise<void>; pressed(key: string): Promise<void> }

/** Of all sound between the modules of the agent. */
const frontRate = 16_000

/** The agent of `suites/clinic-voice` by telephone: registered at kamailio over TLS with all its numbers, called there, and calling there. */
export async function startClinicTelephone(kamailio: Kamailio, numbers: readonly ClinicNumber[]): Promise<ClinicTelephone> {
  const fronts = new Map<string, { conduct: Conduct; hasKeys: boolean }>()
  for (const { number, bug, hasKeys = false } of numbers) fronts.set(number, { conduct: await frontWith(bug), hasKeys })
  const userAgent = new UserAgent({
    network: await openSockets({ addresses: ['127.0.0.1'], ports: {}, tls: { ca: kamailio.certificate } }),
    clock: systemClock,
    random: Math.random,
    listen: 'known',
    onCall: call => void talk(call.to.user, call, media => call.answer(media)),
  })
  const proxy = `127.0.0.1:${kamailio.tlsPort};transport=tls`
  for (const { number } of numbers) {
    const account = { registrar: uriOf(`sip:${proxy}`), address: uriOf(`sip:${number}@127.0.0.1`) }
    const { state } = await userAgent.register(account, { username: number, password: 'secret' })
    if (state.kind !== 'registered') throw new Error(`${number} is ${state.kind}.`)
  }
  const webhook = createServer((request, response) => {
    void dial(request).catch(() => undefined)
    request.once('end', () => response.end())
  })
  await new Promise<void>(resolve => webhook.listen(0, '127.0.0.1', resolve))
  return {
    triggerUrl: `http://127.0.0.1:${(webhook.address() as AddressInfo).port}/call`,
    async [Symbol.asyncDispose]() {
      webhook.close()
      await userAgent.close()
    },
  }

  async function dial(request: IncomingMessage): Promise<void> {
    const told = JSON.parse(Buffer.concat(await request.toArray()).toString()) as { from_number: string; to_number: string }
    const media = await openMedia()
    const order = { to: uriOf(`sip:${told.to_number}@${proxy}`), from: uriOf(`sip:${told.from_number}@127.0.0.1`), media, ringMs: 20_000 }
    const call = userAgent.place(order, { username: told.from_number, password: 'secret' })
    await talk(told.from_number, call, () => call.answered, media)
  }

  async function talk(
    number: string,
    call: SipCall,
    begin: (media: SipAgentCall) => Promise<boolean>,
    media?: SipAgentCall,
  ): Promise<void> {
    const own = media ?? (await openMedia())
    const front = fronts.get(number)
    if (!front || !(await begin(own))) return
    converse(own, call, front)
  }
}

const openMedia = async (): Promise<SipAgentCall> => new SipAgentCall(await openRtpPort('127.0.0.1', Math.random), 'required')

/** The agent's modules read the bug when they are loaded. */
async function frontWith(bug: string | undefined): Promise<Conduct> {
  vi.resetModules()
  vi.stubEnv('CLINIC_VOICE_BUG', bug)
  const front: { conduct: Conduct } = await import(new URL('../../../suites/clinic-voice/agent/front.js', import.meta.url).href)
  vi.unstubAllEnvs()
  return front.conduct
}

/** Has the agent talk: it hears what the caller says between two silences. */
function converse(media: SipAgentCall, call: SipCall, { conduct, hasKeys }: { conduct: Conduct; hasKeys: boolean }): void {
  const { rate } = media
  let playing: { samples: Int16Array; at: number; finish(isWhole: boolean): void } | undefined
  let [heard, pressed] = [0, 0]
  const stop = (): void => playing?.finish(false)
  const caller = conduct({
    hasKeys,
    async play(samples) {
      const own = await resample({ rate: frontRate, samples }, rate)
      stop()
      return new Promise(resolve => {
        playing = {
          samples: own.samples,
          at: 0,
          finish(isWhole) {
            playing = undefined
            resolve(isWhole)
          },
        }
      })
    },
    stop,
    close: () => void call.hangUp(),
  })
  const part = new SpokenPart(rate, {
    started: () => caller.starts(),
    ended: async samples => caller.said((await resample({ rate, samples }, frontRate)).samples),
  })
  void call.ended.then(stop)
  media.stream(() => {
    for (; heard < media.frames.length; heard += 1) if (!hasKeys) part.take(media.frames[heard]!)
    for (; pressed < media.keys.length; pressed += 1) void caller.pressed(media.keys[pressed]!)
    return nextFrame()
  })

  function nextFrame(): Int16Array | undefined {
    if (!playing) return undefined
    const frame = new Int16Array(rate / 50)
    frame.set(playing.samples.subarray(playing.at, playing.at + frame.length))
    playing.at += frame.length
    if (playing.at >= playing.samples.length) playing.finish(true)
    return frame
  }
}
