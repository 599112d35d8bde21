import { randomInt } from 'node:crypto'
import type { MessagePort } from 'node:worker_threads'
import { FaultError, type Fault } from '../../../../../domain/fault.js'
import { telephonyFaults } from '../../../../../domain/faults/telephony-faults.js'
import { Place } from '../../../../../domain/place.js'
import type { Dial, Line, LineEvent } from '../../../../../ports/line.js'
import { codecs, type CodecName } from '../../../../rtp/codec.js'
import { KeySender } from '../../../../rtp/key-sender.js'
import { openRtpPort, usualRtpPorts, type RtpPort } from '../../../../rtp/rtp-port.js'
import { RtpSession } from '../../../../rtp/rtp-session.js'
import { egressRefusal } from '../../phone/egress-refusal.js'
import type { LineUse } from '../line-use.js'
import { whileOpen } from '../while-open.js'
import type { FromSignalling, ToSignalling } from './signals.js'
import { summaryOf } from './summary.js'
import { soundFault } from './sound-fault.js'

/** How long a key takes that is told by INFO. */
const keyByInfoS = 0.25

/**
 * The line of a telephone call. Its sound is here, over RTP; another thread signals, since all calls of a process share what it listens on.
 *
 * @param signalling  What both threads talk over (see `signals.ts`). The other side closes it.
 * @param name  The agent's address, for faults.
 */
export function sipLine(signalling: MessagePort, name: string, use: Pick<LineUse, 'egress' | 'clock' | 'mask'>): Dial {
  return (hear, signal) =>
    new Promise((resolve, reject) => {
      const line = new SipLine({ signalling, use, hear, place: new Place(name, use.mask) }, { resolve, reject })
      if (signal.aborted) return line.cutOff(signal.reason)
      const cut = (): void => line.cutOff(signal.reason)
      signal.addEventListener('abort', cut, { once: true })
      signalling.once('close', () => signal.removeEventListener('abort', cut))
    })
}

interface SipLineUse {
  readonly signalling: MessagePort
  readonly use: Pick<LineUse, 'egress' | 'clock'>
  readonly hear: (event: LineEvent) => void
  readonly place: Place
}

interface Opening {
  resolve(line: Line): void
  reject(cause: unknown): void
}

class SipLine {
  readonly #use: SipLineUse
  readonly #opening: Opening
  #state: 'opening' | 'open' | 'over' = 'opening'
  #port: RtpPort | undefined
  #session: RtpSession | undefined
  #codec: CodecName = 'PCMU'
  /** Samples a second of the sound: of the first coding that both sides agreed on, whatever they agree on later. */
  #rate = codecs.PCMU.rate
  /** Frames since the answer, and those until the first packet. */
  #frames = 0
  #firstFrame: number | undefined
  /** Samples that came before the answer: ringing tones, announcements. */
  #early = 0
  #sayClosed!: () => void
  readonly #closed = new Promise<void>(resolve => (this.#sayClosed = resolve))
  /** What may be sent to, by address: asked for each packet. */
  readonly #reachable = new Map<string, boolean>()

  constructor(use: SipLineUse, opening: Opening) {
    this.#use = use
    this.#opening = opening
    use.signalling.on('message', (message: FromSignalling) => this.#take(message))
    use.signalling.once('close', () => this.#lost())
  }

  /** At once, whatever the other side makes of it. */
  cutOff(reason: unknown): void {
    const wasOver = this.#state === 'over'
    this.#conclude()
    // Nobody waits for what the other side makes of it.
    this.#sayClosed()
    if (wasOver) return
    this.#tell({ type: 'hang_up' })
    this.#opening.reject(reason)
  }

  #tell(message: ToSignalling): void {
    this.#use.signalling.postMessage(message, [])
  }

  #take(message: FromSignalling): void {
    if (message.type === 'closed') {
      this.#use.signalling.close()
      return this.#sayClosed()
    }
    if (this.#state === 'over') return
    switch (message.type) {
      case 'open':
        return void this.#open(message.address, message.ports)
      case 'agreed':
        this.#codec = message.media.codec
        this.#session ??= this.#newSession(message.media.codec)
        return this.#session.agree(message.media)
      case 'answered':
        return this.#answered(message.keys)
      case 'keyed':
        return this.#hear({ type: 'keyed', digits: message.digits })
      case 'warned':
        return this.#hear({ type: 'warned', warning: message.warning })
      case 'ended':
        return this.#end({ type: 'ended' })
      case 'failed':
        return this.#fail(message.fault)
    }
  }

  async #open(address: string, ports = usualRtpPorts): Promise<void> {
    try {
      const port = await openRtpPort(address, () => randomInt(2 ** 40) / 2 ** 40, ports)
      if (this.#state === 'over') return port.close()
      this.#port = port
      port.onDatagram((bytes, channel, from) => this.#session?.received(bytes, channel, from))
      this.#tell({ type: 'opened', port: port.port })
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      this.#tell({ type: 'unopened', fault: telephonyFaults.noSockets({ reason, ports }) })
    }
  }

  #newSession(codec: CodecName): RtpSession {
    const { clock } = this.#use.use
    this.#rate = codecs[codec].rate
    return new RtpSession({
      rate: this.#rate,
      start: { ssrc: randomInt(2 ** 32), sequence: randomInt(2 ** 15), timestamp: randomInt(2 ** 32) },
      now: () => clock.now(),
      date: () => clock.date().getTime(),
      mayReach: address => this.#mayReach(address),
      send: (bytes, channel, to) => this.#port?.send(bytes, channel, to),
      sound: samples => {
        if (this.#state === 'opening') this.#early += samples.length
        else this.#hear({ type: 'sound', samples })
      },
      keyed: digits => this.#hear({ type: 'keyed', digits }),
    })
  }

  #answered(keys: 'events' | 'info'): void {
    const session = this.#session
    if (this.#state !== 'opening' || !session) return
    this.#state = 'open'
    const line = whileOpen(
      {
        rate: this.#rate,
        send: frame => this.#send(session, frame),
        isMuted: () => !session.isSending,
        ...(keys === 'info' && {
          press: digits => this.#tell({ type: 'press', digits }),
          pressS: digits => digits.length * keyByInfoS,
        }),
        // Without either, keys are sent as tones.
        ...(keys === 'events' && session.hasKeys && { press: digits => session.press(digits), pressS: KeySender.secondsOf }),
      },
      () => this.#state === 'open',
    )
    this.#opening.resolve({ ...line, hangUp: () => this.#hangUp() })
  }

  #send(session: RtpSession, frame: Int16Array): void {
    session.send(frame)
    this.#frames += 1
    if (this.#firstFrame === undefined && session.receivedPackets > 0) this.#firstFrame = this.#frames - session.quietFrames
    const fault = soundFault(session, this.#frames, this.#use.place)
    if (!fault) return
    this.#tell({ type: 'hang_up' })
    this.#end({ type: 'broke', fault })
  }

  #hear(event: LineEvent): void {
    if (this.#state === 'open') this.#use.hear(event)
  }

  #end(event: Extract<LineEvent, { type: 'ended' | 'broke' }>): void {
    this.#hear(event)
    this.#conclude()
  }

  #fail(fault: Fault): void {
    if (this.#state === 'opening') this.#opening.reject(new FaultError(fault))
    this.#end({ type: 'broke', fault })
  }

  /** The other side is gone with its thread. */
  #lost(): void {
    if (this.#state !== 'over') this.#fail(telephonyFaults.signallingLost())
    this.#sayClosed()
  }

  async #hangUp(): Promise<void> {
    if (this.#state === 'open') {
      this.#conclude()
      this.#tell({ type: 'hang_up' })
    }
    await this.#closed
  }

  #conclude(): void {
    if (this.#state === 'over') return
    this.#state = 'over'
    if (this.#session) {
      this.#tell({
        type: 'summary',
        text: summaryOf(this.#session.state, {
          codec: this.#codec,
          earlyS: this.#early / this.#rate,
          ...(this.#firstFrame !== undefined && { firstS: Math.max(0, this.#firstFrame) / 50 }),
        }),
      })
      this.#session.close()
    }
    this.#port?.close()
  }

  #mayReach(address: string): boolean {
    const { egress } = this.#use.use
    if (!egress) return true
    const known = this.#reachable.get(address)
    if (known !== undefined) return known
    const may = egressRefusal(egress)(address) === undefined
    if (this.#reachable.size < 100) this.#reachable.set(address, may)
    return may
  }
}
