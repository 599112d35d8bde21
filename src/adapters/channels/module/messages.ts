import { escapeExact } from '../../../domain/exact-number.js'
import { isRecord, parseJson } from '../../../domain/json-value.js'
import { deepestNesting, isJsonTooDeep } from '../../../domain/nesting.js'
import { maxAnswerBytes } from '../faults.js'
import type { Reply } from '../reply.js'
import type { Call } from '../../../ports/channel.js'
import type { CallTools } from '../../../ports/call-tools.js'
import type { HistoryMessage } from '../strict-conversation.js'

/** How long a message may be: the longest reply, of which JSON may escape every character. */
export const maxMessageBytes = 2 * maxAnswerBytes

/** How much is kept of a text that tells what went wrong. */
const longestReason = 10_000

export interface ModuleRef {
  /** Absolute. */
  readonly path: string
  readonly exportName: string
}

/** What the agent's function receives beside the caller's words; the process adds a `signal`. */
export interface TurnContext extends Pick<Call, 'runId' | 'runKey' | 'scenario'> {
  /** Everything said before. */
  readonly history: readonly HistoryMessage[]
  /** The test profile's agent variables. */
  readonly variables: Call['agentVariables']
  /** Addresses of the mock tools, if the call has any. */
  readonly mockTools?: Pick<CallTools, 'url' | 'mcpUrl'>
}

/** What the process is started with. */
export interface ModuleStart extends ModuleRef {
  /** Bounds of a reply: the length of all its texts, that of its message, and how deep it may nest. */
  readonly mostLength: number
  readonly mostBytes: number
  readonly mostDepth: number
}

export type ToModule =
  | { readonly type: 'turn'; readonly id: number; readonly words: string; readonly context: TurnContext }
  | { readonly type: 'abort'; readonly id: number }

/** The agent's code shares the process, so it can send anything; see `readMessage`. */
export type FromModule =
  | { readonly type: 'ready' }
  | { readonly type: 'unloadable'; readonly message: string }
  /** Nobody caught an error, which ends the process. */
  | { readonly type: 'dying'; readonly message: string }
  | { readonly type: 'answered'; readonly id: number; readonly reply: Reply }
  /** The function returned something that is not a reply. */
  | { readonly type: 'odd'; readonly id: number; readonly what: string }
  /** The function returned more than a reply may be. */
  | { readonly type: 'tooLarge' | 'tooDeep'; readonly id: number }
  | { readonly type: 'threw'; readonly id: number; readonly message: string }
  | { readonly type: 'aborted'; readonly id: number }

/** Reads a message of the process; `undefined` if it is none of our program's, so that the agent's code has sent it. */
export function readMessage(json: string): FromModule | undefined {
  // The reply is one level down.
  const message = isJsonTooDeep(json, deepestNesting + 1) ? undefined : parseJson(json)
  if (!isRecord(message)) return undefined
  const { type, id } = message
  const [reason, what] = [message['message'], message['what']].map(text =>
    typeof text === 'string' ? text.slice(0, longestReason) : undefined,
  )
  if (type === 'ready') return { type }
  if (type === 'unloadable' || type === 'dying') return reason === undefined ? undefined : { type, message: reason }
  if (typeof id !== 'number') return undefined
  switch (type) {
    case 'answered': {
      const reply = readReply(message['reply'])
      return reply && { type, id, reply }
    }
    case 'odd':
      return what === undefined ? undefined : { type, id, what }
    case 'threw':
      return reason === undefined ? undefined : { type, id, message: reason }
    case 'tooLarge':
    case 'tooDeep':
    case 'aborted':
      return { type, id }
    default:
      return undefined
  }
}

function readReply(reply: unknown): Reply | undefined {
  if (!isRecord(reply)) return undefined
  const { words, toolCalls, ended, metadata } = escapeExact(reply) as Readonly<Record<string, unknown>>
  return typeof ended === 'boolean' ? { words, toolCalls, ended, metadata } : undefined
}
