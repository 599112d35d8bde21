import { randomInt } from 'node:crypto'
import { systemClock } from '../../src/adapters/clocks/system.js'
import { codecs } from '../../src/adapters/rtp/codec.js'
import { openRtpPort, type RtpPort } from '../../src/adapters/rtp/rtp-port.js'
import { writeRtp } from '../../src/adapters/rtp/rtp-packet.js'
import { RtpSession } from '../../src/adapters/rtp/rtp-session.js'
import { SdpNegotiation } from '../../src/adapters/rtp/sdp/negotiation.js'
import { muLaw } from '../../src/adapters/audio/g711.js'
import type { CallEnd } from '../../src/adapters/sip/call-end.js'
import { NoCommonMedia, type CallMedia } from '../../src/adapters/sip/call-media.js'
import type { IncomingCall } from '../../src/adapters/sip/incoming-call.js'
import { openSockets } from '../../src/adapters/sip/sockets.js'
import type { SipCall } from '../../src/adapters/sip/sip-call.js'
import { UserAgent, type UserAgentOptions } from '../../src/adapters/sip/user-agent.js'
import type { SrtpPolicy } from '../../src/domain/trunk.js'

/** The agent's end of a call: its sound over RTP on loopback. */
export class SipAgentCall implements CallMedia {
  readonly negotiation: SdpNegotiation
  readonly port: RtpPort
  /** What came, packet by packet, and which keys. */
  readonly frames: Int16Array[] = []
  readonly keys: string[] = []
  session: RtpSession | undefined
  call: SipCall | undefined
  end: CallEnd | undefined
  readonly #stream = { ssrc: randomInt(2 ** 32), sequence: 0, timestamp: 0 }
  #pacing: NodeJS.Timeout | undefined

  constructor(port: RtpPort, srtp: SrtpPolicy) {
    this.port = port
    this.negotiation = new SdpNegotiation({ address: port.address, port: port.port }, srtp)
    port.onDatagram((bytes, channel, from) => this.session?.received(bytes, channel, from))
  }

  async offer(how: { readonly hold?: boolean } = {}): Promise<string> {
    return this.negotiation.offer(how.hold)
  }

  async answer(offer: string): Promise<string> {
    return this.#agreed(() => this.negotiation.answer(offer))
  }

  async accept(answer: string): Promise<void> {
    this.#agreed(() => this.negotiation.accept(answer))
  }

  keyed(digits: string): void {
    this.keys.push(...digits.split(''))
  }

  close(): void {
    clearInterval(this.#pacing)
    this.session?.close()
    this.port.close()
  }

  /** Sends sound at once, in packets of 20 ms and what is left, as PCMU. */
  say(samples: Int16Array): void {
    const { remote } = this.negotiation.agreed!
    for (let at = 0; at < samples.length; at += 160) {
      const payload = muLaw.encode(samples.subarray(at, at + 160))
      this.port.send(writeRtp({ payloadType: 0, isMarked: false, ...this.#stream, payload }), 'rtp', remote)
      this.#stream.sequence = (this.#stream.sequence + 1) & 0xffff
      this.#stream.timestamp += payload.length
    }
  }

  /** From now on sends 20 ms every 20 ms. @param next  Its sound; silence if there is none. */
  stream(next: () => Int16Array | undefined): void {
    let sent = 0
    const started = performance.now()
    this.#pacing = setInterval(() => {
      for (const due = (performance.now() - started) / 20; sent < due; sent += 1)
        this.session?.send(next() ?? new Int16Array(this.rate / 50))
    }, 10)
  }

  get rate(): number {
    return codecs[this.negotiation.agreed?.codec ?? 'PCMU'].rate
  }

  #agreed<Made>(agree: () => Made): Made {
    try {
      const made = agree()
      this.session ??= new RtpSession({
        rate: this.rate,
        start: { ssrc: randomInt(2 ** 32), sequence: 0, timestamp: 0 },
        now: () => systemClock.now(),
        date: () => Date.now(),
        mayReach: () => true,
        send: (bytes, channel, to) => this.port.send(bytes, channel, to),
        sound: samples => this.frames.push(samples.slice()),
        keyed: digit => this.keys.push(digit),
      })
      this.session.agree(this.negotiation.agreed!)
      return made
    } catch (error) {
      throw new NoCommonMedia(String(error))
    }
  }
}

export interface SipAgent extends AsyncDisposable {
  readonly userAgent: UserAgent
  readonly port: number
  /** Calls that are not over. */
  underWay(): number
  readonly calls: SipAgentCall[]
  /** The sound of a call that it places. */
  media(): Promise<SipAgentCall>
  /** Answers a call. */
  take(call: IncomingCall): Promise<SipAgentCall>
}

export interface SipAgentOptions extends Partial<Pick<UserAgentOptions, 'dns' | 'known'>> {
  readonly srtp?: SrtpPolicy
  readonly tcp?: boolean
  /** Default: it answers. */
  onCall?(call: IncomingCall, agent: SipAgent): void
}

/** A little SIP agent on loopback, on our own stack. */
export async function startSipAgent({ srtp = 'allowed', tcp = false, onCall, ...more }: SipAgentOptions = {}): Promise<SipAgent> {
  const network = await openSockets({ addresses: ['127.0.0.1'], ports: { udp: 0, ...(tcp && { tcp: 0 }) } })
  const going = new Set<IncomingCall>()
  const calls: SipAgentCall[] = []
  const agent: SipAgent = {
    userAgent: new UserAgent({
      network,
      clock: systemClock,
      random: Math.random,
      listen: 'open',
      ...more,
      onCall(call) {
        going.add(call)
        void call.ended.then(() => going.delete(call))
        if (onCall) onCall(call, agent)
        else void agent.take(call)
      },
    }),
    port: network.bound.find(({ protocol }) => protocol === (tcp ? 'tcp' : 'udp'))!.port,
    calls,
    underWay: () => going.size,
    media: async () => new SipAgentCall(await openRtpPort('127.0.0.1', Math.random), srtp),
    async take(call) {
      const own = await agent.media()
      own.call = call
      void call.ended.then(end => (own.end = end))
      calls.push(own)
      await call.answer(own)
      return own
    },
    async [Symbol.asyncDispose]() {
      await agent.userAgent.close()
    },
  }
  return agent
}
