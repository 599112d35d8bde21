import type { OpenAiRealtimeConnection } from '../../../../../domain/connection.js'

/** Samples a second of `audio/pcm`. */
export const realtimeRate = 24_000

/** Says how the session sounds, and what else the suite sets. What it does not set stays as the server has it. */
export function sessionUpdate({ instructions, voice }: OpenAiRealtimeConnection) {
  const format = { type: 'audio/pcm', rate: realtimeRate } as const
  return {
    type: 'session.update' as const,
    session: {
      type: 'realtime' as const,
      output_modalities: ['audio' as const],
      ...(instructions !== undefined && { instructions }),
      audio: { input: { format }, output: { format, ...(voice !== undefined && { voice }) } },
    },
  }
}

/** Asks for the agent's first words. */
export const responseCreate = { type: 'response.create' } as const

/** @param audio  Samples of 16 bits, the low byte first, in base64. */
export function audioAppend(audio: string) {
  return { type: 'input_audio_buffer.append', audio } as const
}

/** Says how much of an item was heard, so that the agent does not think that it said the rest. */
export function itemTruncate(item: { readonly id: string; readonly contentIndex: number; readonly playedMs: number }) {
  return { type: 'conversation.item.truncate', item_id: item.id, content_index: item.contentIndex, audio_end_ms: item.playedMs } as const
}
