import { receives, sends, type AgreedMedia } from './agreed-media.js'
import { readRtcp, writeRtcp } from './rtcp-packet.js'
import { isRtcp, readRtp } from './rtp-packet.js'
import { RtpReceiver, type Received } from './rtp-receiver.js'
import { RtpSender, type StreamStart } from './rtp-sender.js'
import { RemoteEnd, type MediaAddress } from './remote-end.js'
import { Srtp } from './srtp.js'

export type RtpChannel = 'rtp' | 'rtcp'

export interface RtpSessionUse {
  /** Samples a second, both ways. */
  readonly rate: number
  readonly start: StreamStart
  /** Milliseconds since any moment, and since 1970. */
  now(): number
  date(): number
  mayReach(address: string): boolean
  send(bytes: Buffer, channel: RtpChannel, to: MediaAddress): void
  /** The samples are only lent. */
  sound(samples: Int16Array): void
  keyed(digit: string): void
}

/** Whether the sides hear each other. It is looked at every 20 ms. */
export interface RtpHealth {
  /** Frames of 20 ms since the agent's last packet, or since the beginning. */
  readonly quietFrames: number
  /** Whether one side holds the other: then nobody has to send. */
  readonly isHeld: boolean
  /** Whether both sides could ever send. */
  readonly wasOpen: boolean
  /** How often the other side reported without having received anything of ours, since it last did. */
  readonly deafReports: number
  readonly receivedPackets: number
  /** Why packets of the other side are no sound, those that came last; absent if none came. */
  readonly misfit?: Misfit | undefined
}

/** RTP with a payload type that nobody agreed on, or that does not open with the key that the other side named. */
export type Misfit = number | 'sealed otherwise'

/** What is known of a session, for whoever looks into a call. */
export interface RtpState extends Omit<RtpHealth, 'receivedPackets' | 'misfit'> {
  readonly sent: number
  readonly received: Received
  /** Of what we sent, as the other side last reported it; absent if it never did. */
  readonly reported?: { readonly lost: number; readonly roundTripMs?: number }
}

/** Our reports go out so often, in frames: every 5 s, the first after half of that. */
const [framesOfReport, framesToFirst] = [250, 125]

/** The sound of one call over RTP: a stream of ours, the agent's, and reports of both. */
export class RtpSession implements RtpHealth {
  readonly #use: RtpSessionUse
  readonly #sender: RtpSender
  readonly #receiver: RtpReceiver
  readonly #remote: RemoteEnd
  readonly #remoteRtcp: RemoteEnd
  #agreed: AgreedMedia | undefined
  #seal: { readonly key: string; readonly srtp: Srtp } | undefined
  #opening: { readonly key: string; readonly srtp: Srtp } | undefined
  #framesToReport = framesToFirst
  #quietFrames = 0
  #deafReports = 0
  #misfit: Misfit | undefined
  #wasOpen = false
  #reported: RtpState['reported']

  constructor(use: RtpSessionUse) {
    this.#use = use
    this.#sender = new RtpSender(use.rate, use.start)
    this.#receiver = new RtpReceiver({
      rate: use.rate,
      now: () => use.now(),
      sound: samples => use.sound(samples),
      keyed: digit => use.keyed(digit),
    })
    this.#remote = new RemoteEnd(address => use.mayReach(address))
    this.#remoteRtcp = new RemoteEnd(address => use.mayReach(address))
  }

  /** Both sides agreed, or agreed anew. What stays the same goes on as it was. */
  agree(agreed: AgreedMedia): void {
    const { remote, srtp, codecs, keys } = agreed
    this.#agreed = agreed
    this.#wasOpen ||= agreed.direction === 'sendrecv'
    this.#receiver.expect(codecs, keys)
    this.#remote.describe({ address: remote.address, port: remote.port })
    this.#remoteRtcp.describe({ address: remote.address, port: remote.rtcpPort })
    // A key that stays goes on counting; a new one begins.
    if (this.#seal?.key !== srtp?.ourKey)
      this.#seal = srtp && { key: srtp.ourKey, srtp: new Srtp(srtp.suite, Buffer.from(srtp.ourKey, 'base64')) }
    if (this.#opening?.key !== srtp?.theirKey)
      this.#opening = srtp && { key: srtp.theirKey, srtp: new Srtp(srtp.suite, Buffer.from(srtp.theirKey, 'base64')) }
    this.#quietFrames = 0
  }

  /** Whether keys are sent as events; they take {@link KeySender.secondsOf}. */
  get hasKeys(): boolean {
    return this.#agreed?.keys !== undefined
  }

  press(digits: string): void {
    this.#sender.press(digits)
  }

  /** The next 20 ms: sound goes out, in silence too, and what waited too long for its turn is heard. */
  send(frame: Int16Array): void {
    const agreed = this.#agreed
    if (agreed && sends(agreed.direction)) {
      this.#sender.send(frame, agreed, this.#sendRtp)
    } else this.#sender.skip()
    this.#quietFrames += 1
    this.#remote.tick()
    this.#remoteRtcp.tick()
    this.#receiver.tick()
    this.#framesToReport -= 1
    if (this.#framesToReport > 0) return
    this.#framesToReport = framesOfReport
    this.#report(false)
  }

  /** Takes a datagram, whatever it is. */
  received(bytes: Buffer, channel: RtpChannel, from: MediaAddress): void {
    if (!this.#agreed) return
    const isShared = channel === 'rtp' && isRtcp(bytes)
    if (channel === 'rtcp' || isShared) return this.#receiveRtcp(bytes, isShared ? this.#remote : this.#remoteRtcp, from)
    if (!receives(this.#agreed.direction) || !this.#remote.mayBe(from)) return
    const plain = this.#opening ? this.#opening.srtp.unprotect(bytes) : bytes
    const packet = plain && readRtp(plain)
    if (!packet || !this.#receiver.knows(packet)) {
      if (packet) this.#misfit = packet.payloadType
      else if (!plain && readRtp(bytes)) this.#misfit = 'sealed otherwise'
      return
    }
    this.#remote.came(from)
    this.#quietFrames = 0
    this.#receiver.take(packet)
  }

  /** Says goodbye. */
  close(): void {
    if (this.#agreed && this.#sender.packets > 0) this.#report(true)
    this.#agreed = undefined
  }

  get quietFrames(): number {
    return this.#quietFrames
  }

  /** Whether the other side lets our sound in. */
  get isSending(): boolean {
    return this.#agreed !== undefined && sends(this.#agreed.direction)
  }

  get isHeld(): boolean {
    return this.#agreed?.direction !== 'sendrecv'
  }

  get wasOpen(): boolean {
    return this.#wasOpen
  }

  get deafReports(): number {
    return this.#deafReports
  }

  get misfit(): Misfit | undefined {
    return this.#misfit
  }

  get receivedPackets(): number {
    return this.#receiver.packets
  }

  get state(): RtpState {
    const { quietFrames, isHeld, wasOpen, deafReports } = this
    return {
      quietFrames,
      isHeld,
      wasOpen,
      deafReports,
      sent: this.#sender.packets,
      received: this.#receiver.received,
      ...(this.#reported && { reported: this.#reported }),
    }
  }

  readonly #sendRtp = (packet: Buffer): void => {
    const to = this.#remote.target
    if (to) this.#use.send(this.#seal ? this.#seal.srtp.protect(packet) : packet, 'rtp', to)
  }

  #report(isLast: boolean): void {
    const { isMuxed } = this.#agreed ?? {}
    const to = isMuxed ? this.#remote.target : this.#remoteRtcp.target
    if (!to) return
    const sender = this.#sender.report(this.#use.date())
    const report = { type: 'report', ssrc: this.#sender.ssrc, reports: this.#receiver.reports(), ...(sender && { sender }) } as const
    const bytes = writeRtcp(report, `${this.#sender.ssrc.toString(16)}@callsheet.invalid`, isLast)
    this.#use.send(this.#seal ? this.#seal.srtp.protectRtcp(bytes) : bytes, isMuxed ? 'rtp' : 'rtcp', to)
  }

  #receiveRtcp(bytes: Buffer, remote: RemoteEnd, from: MediaAddress): void {
    if (!remote.mayBe(from)) return
    const plain = this.#opening ? this.#opening.srtp.unprotectRtcp(bytes) : bytes
    const packets = plain ? readRtcp(plain) : []
    if (packets.length > 0 && remote === this.#remoteRtcp) remote.came(from)
    for (const packet of packets) {
      if (packet.type !== 'report') continue
      if (packet.sender) this.#receiver.reported(packet.ssrc, packet.sender)
      this.#takeReports(packet.reports)
    }
  }

  #takeReports(reports: Extract<ReturnType<typeof readRtcp>[number], { type: 'report' }>['reports']): void {
    const own = reports.find(({ ssrc }) => ssrc === this.#sender.ssrc)
    if (!own) {
      if (this.#agreed && sends(this.#agreed.direction)) this.#deafReports += 1
      return
    }
    this.#deafReports = own.fractionLost > 0.99 ? this.#deafReports + 1 : 0
    const roundTripMs = own.lastReport === 0 ? undefined : this.#roundTripMs(own.lastReport, own.sinceLastReport)
    this.#reported = { lost: own.packetsLost, ...(roundTripMs !== undefined && { roundTripMs }) }
  }

  /** Since our report, less what the other side kept it (RFC 3550, A.7). */
  #roundTripMs(lastReport: number, sinceLastReport: number): number | undefined {
    const ms = this.#use.date()
    const now = (((Math.floor(ms / 1000) + 2_208_988_800) & 0xffff) * 65_536 + Math.floor(((ms % 1000) * 65_536) / 1000)) >>> 0
    const roundTrip = ((now - lastReport - sinceLastReport) | 0) / 65.536
    return roundTrip >= 0 && roundTrip < 60_000 ? Math.round(roundTrip) : undefined
  }
}
