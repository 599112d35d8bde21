import type { AgreedMedia } from '../../../../src/adapters/rtp/agreed-media.js'
import { RtpSession, type RtpChannel } from '../../../../src/adapters/rtp/rtp-session.js'
import type { MediaAddress } from '../../../../src/adapters/rtp/remote-end.js'

/** A datagram on its way. */
export interface Datagram {
  readonly bytes: Buffer
  readonly channel: RtpChannel
  readonly to: MediaAddress
}

/** One end of a call, and what it sent and heard. */
export interface End {
  readonly session: RtpSession
  readonly address: string
  readonly sent: Datagram[]
  readonly samples: number[]
  readonly keys: string[]
  /** Sends 20 ms of the same sample. */
  speak(sample: number, frames?: number): void
}

let nowMs = 0

/** Time is what the tests say. */
export const time = {
  pass(ms: number): void {
    nowMs += ms
  },
}

export function openEnd(address: string, { rate = 8_000, ssrc = 1, mayReach = (_: string): boolean => true } = {}): End {
  const sent: Datagram[] = []
  const samples: number[] = []
  const keys: string[] = []
  const session = new RtpSession({
    rate,
    start: { ssrc, sequence: 65_530, timestamp: 0xffff_ff00 },
    now: () => nowMs,
    date: () => 1_800_000_000_000 + nowMs,
    mayReach,
    send: (bytes, channel, to) => sent.push({ bytes, channel, to }),
    sound: piece => samples.push(...piece),
    keyed: digit => keys.push(digit),
  })
  return {
    session,
    address,
    sent,
    samples,
    keys,
    speak(sample, frames = 1) {
      for (let i = 0; i < frames; i += 1) session.send(new Int16Array(rate / 50).fill(sample))
    },
  }
}

/** What both agreed on, as the end at the other address has it. */
export function agreedWith(remote: string, more: Partial<AgreedMedia> = {}): AgreedMedia {
  return {
    codec: 'PCMU',
    payloadType: 0,
    codecs: { 0: 'PCMU', 8: 'PCMA' },
    keys: 101,
    remote: { address: remote, port: 4000, rtcpPort: 4001 },
    isMuxed: false,
    direction: 'sendrecv',
    packetMs: 20,
    ...more,
  }
}

/** Carries what one end sent to the other. @param from  Where it seems to come from. Default: where it was sent from. */
export function carry(from: End, to: End, address = from.address): number {
  const all = from.sent.splice(0)
  for (const { bytes, channel } of all) to.session.received(bytes, channel, { address, port: channel === 'rtp' ? 4000 : 4001 })
  return all.length
}

/** Two ends that agreed. */
export function openPair(more: Partial<AgreedMedia> = {}): [End, End] {
  const [a, b] = [openEnd('192.0.2.1', { ssrc: 1 }), openEnd('198.51.100.2', { ssrc: 2 })]
  a.session.agree(agreedWith(b.address, more))
  b.session.agree(
    agreedWith(a.address, {
      ...more,
      ...(more.srtp && { srtp: { ...more.srtp, ourKey: more.srtp.theirKey, theirKey: more.srtp.ourKey } }),
    }),
  )
  return [a, b]
}
