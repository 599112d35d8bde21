import { ahead16 } from './rtp-packet.js'
import type { ReceptionReport, SenderReport } from './rtcp-packet.js'

/** What is known of a stream that is received: its losses and its jitter (RFC 3550, A.3 and A.8). */
export class Reception {
  readonly ssrc: number
  readonly #clockRate: number
  #first: number
  #highest: number
  #cycles = 0
  #received = 0
  #jitter = 0
  #transit: number | undefined
  /** As of the last report. */
  #expectedBefore = 0
  #receivedBefore = 0
  #lastReport = 0
  #lastReportMs = 0

  /** @param clockRate  Units of its timestamps a second. */
  constructor(ssrc: number, sequence: number, clockRate: number) {
    this.ssrc = ssrc
    this.#clockRate = clockRate
    this.#first = sequence
    this.#highest = sequence
  }

  get received(): number {
    return this.#received
  }

  get lost(): number {
    return Math.max(0, this.#expected - this.#received)
  }

  get jitterMs(): number {
    return (this.#jitter / this.#clockRate) * 1000
  }

  /** A packet came. @param timestamp  Absent if it says nothing of when it was sent, as that of a key does not. */
  take(sequence: number, timestamp: number | undefined, nowMs: number): void {
    this.#received += 1
    const ahead = ahead16(sequence, this.#highest)
    if (ahead > 0) {
      if (sequence < this.#highest) this.#cycles += 1
      this.#highest = sequence
    }
    if (timestamp !== undefined) this.#measureJitter(timestamp, nowMs)
  }

  /** The sequence begins anew somewhere else: what was between was not lost. */
  jump(sequence: number): void {
    const passed = this.#expected
    this.#cycles = 0
    this.#highest = (sequence - 1) & 0xffff
    this.#first = this.#highest - passed + 1
    this.#transit = undefined
  }

  reported({ ntpSeconds, ntpFraction }: SenderReport, nowMs: number): void {
    this.#lastReport = (((ntpSeconds & 0xffff) << 16) | (ntpFraction >>> 16)) >>> 0
    this.#lastReportMs = nowMs
  }

  report(nowMs: number): ReceptionReport {
    const expected = this.#expected - this.#expectedBefore
    const lost = expected - (this.#received - this.#receivedBefore)
    this.#expectedBefore = this.#expected
    this.#receivedBefore = this.#received
    return {
      ssrc: this.ssrc,
      fractionLost: expected > 0 && lost > 0 ? lost / expected : 0,
      packetsLost: this.#expected - this.#received,
      highestSequence: (((this.#cycles & 0xffff) << 16) | this.#highest) >>> 0,
      jitter: Math.min(0xffff_ffff, Math.round(this.#jitter)),
      lastReport: this.#lastReport,
      sinceLastReport: this.#lastReport === 0 ? 0 : Math.round(((nowMs - this.#lastReportMs) * 65_536) / 1000) >>> 0,
    }
  }

  get #expected(): number {
    return this.#cycles * 65_536 + this.#highest - this.#first + 1
  }

  #measureJitter(timestamp: number, nowMs: number): void {
    const transit = (nowMs * this.#clockRate) / 1000 - timestamp
    const change = Math.abs(transit - (this.#transit ?? transit))
    this.#transit = transit
    // A second and more is a jump of the timestamps, and no jitter.
    if (change < this.#clockRate) this.#jitter += (change - this.#jitter) / 16
  }
}
