import type { CodecName } from '../../../../rtp/codec.js'
import type { RtpState } from '../../../../rtp/rtp-session.js'

export interface SummaryFacts {
  readonly codec: CodecName
  /** Sound before the answer, and when the first packet came after it, in seconds. */
  readonly earlyS: number
  readonly firstS?: number
}

/** The sound of a call in one line, for whoever looks into it. */
export function summaryOf({ sent, received, reported }: RtpState, { codec, earlyS, firstS }: SummaryFacts): string {
  const parts = [
    `RTP (${codec}): ${sent} packets sent${reported ? `, of which the agent missed ${Math.max(0, reported.lost)}` : ''}`,
    `${received.packets} received, ${received.lost} lost, ${received.late} late or twice`,
    `jitter ${received.jitterMs.toFixed(1)} ms`,
    ...(reported?.roundTripMs === undefined ? [] : [`round trip ${reported.roundTripMs} ms`]),
    ...(firstS === undefined ? [] : [`first packet ${firstS.toFixed(2)} s after the answer`]),
    ...(earlyS === 0 ? [] : [`${earlyS.toFixed(2)} s of sound before the answer`]),
    ...(received.jumps === 0 ? [] : [`numbered anew ${received.jumps} times`]),
    ...(received.sources <= 1 ? [] : [`from ${received.sources} sources`]),
  ]
  return parts.join('; ')
}
