import type { OpenAiRealtimeConnection } from '../../../../../domain/connection.js'
import type { MockTool } from '../../../../../domain/mock-tool.js'

/** A tool that the agent may call in its session, and that we answer. */
export type OfferedTool = Pick<MockTool, 'name' | 'description' | 'parameters'>

/** What a session is opened with. */
export interface RealtimeSession extends OpenAiRealtimeConnection {
  readonly tools?: readonly OfferedTool[]
}

/** Samples a second of `audio/pcm`. */
export const realtimeRate = 24_000

/** Says how the session sounds, and what else the suite sets. What it does not set stays as the server has it. */
export function sessionUpdate({ instructions, voice, tools }: RealtimeSession) {
  const format = { type: 'audio/pcm', rate: realtimeRate } as const
  return {
    type: 'session.update' as const,
    session: {
      type: 'realtime' as const,
      output_modalities: ['audio' as const],
      ...(instructions !== undefined && { instructions }),
      ...(tools && { tools: tools.map(functionTool) }),
      audio: { input: { format }, output: { format, ...(voice !== undefined && { voice }) } },
    },
  }
}

function functionTool({ name, description, parameters = { type: 'object', properties: {} } }: OfferedTool) {
  return { type: 'function' as const, name, ...(description !== undefined && { description }), parameters }
}

/** What a tool answered. */
export function toolOutput(callId: string, output: string) {
  return { type: 'conversation.item.create', item: { type: 'function_call_output', call_id: callId, output } } as const
}

/** Asks for the agent's next words: its first ones, or those after a tool has answered. */
export const responseCreate = { type: 'response.create' } as const

/** @param audio  Samples of 16 bits, the low byte first, in base64. */
export function audioAppend(audio: string) {
  return { type: 'input_audio_buffer.append', audio } as const
}

/** Says how much of an item was heard, so that the agent does not think that it said the rest. */
export function itemTruncate(item: { readonly id: string; readonly contentIndex: number; readonly playedMs: number }) {
  return { type: 'conversation.item.truncate', item_id: item.id, content_index: item.contentIndex, audio_end_ms: item.playedMs } as const
}
