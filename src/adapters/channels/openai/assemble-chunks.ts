import { FaultError } from '../../../domain/fault.js'
import { replyFaults } from '../../../domain/faults/reply-faults.js'
import { isRecord } from '../../../domain/json-value.js'
import type { Place } from '../../../domain/place.js'
import { errorIn } from '../error-in.js'
import { maxAnswerBytes } from '../faults.js'
import { FirstWords } from '../thinking.js'

/** A chat completion that comes in chunks. */
export interface Assembly {
  /** Takes a chunk. @throws {FaultError} when it is an error, or the whole is too large. */
  take(chunk: unknown, atS: number): void
  /** Whether a chunk had a finish_reason. */
  readonly isFinished: boolean
  /** When the first and the last words came; absent without words. */
  readonly spokenS: { readonly startS: number; readonly endS: number } | undefined
  /** When the first chunk came. */
  readonly beganS: number
  /** The message so far. */
  message(): Readonly<Record<string, unknown>>
  /** The completion, as it would have come whole. */
  completion(): unknown
}

/** The texts of a message that come in pieces. `reasoning` is another name of the last. */
const texts = ['content', 'refusal', 'reasoning_content'] as const

/** What a chunk may say of the whole completion. */
const ofWhole = ['status', 'incomplete_details'] as const

/** Assembles the first choice of a streamed chat completion. */
export function assembleChunks(place: Place): Assembly {
  const pieces: Record<(typeof texts)[number], string[]> = { content: [], refusal: [], reasoning_content: [] }
  const calls: StreamedCall[] = []
  const firstWords = new FirstWords()
  /** The last call with each index. */
  const latest = new Map<unknown, StreamedCall>()
  let size = 0
  let beganS: number | undefined
  let hasChoice = false
  let finishReason: unknown
  let nativeReason: unknown
  const whole: Record<string, unknown> = {}
  let spokenS: { startS: number; endS: number } | undefined

  return {
    take(chunk, atS) {
      if (!isRecord(chunk)) return
      const choice = firstChoice(chunk['choices'])
      const error = errorIn(chunk) ?? errorIn(choice)
      if (error !== undefined) throw new FaultError(replyFaults.streamError({ place, text: error }))
      for (const name of ofWhole) whole[name] = chunk[name] ?? whole[name]
      if (!choice) return
      hasChoice = true
      beganS ??= atS
      // Some servers leave it empty until they are done.
      finishReason = choice['finish_reason'] || finishReason
      nativeReason = choice['native_finish_reason'] || nativeReason
      const { delta } = choice
      if (!isRecord(delta)) return
      for (const name of texts) {
        const piece = name === 'reasoning_content' ? (delta[name] ?? delta['reasoning']) : delta[name]
        if (typeof piece !== 'string' || piece === '') continue
        grow(piece)
        pieces[name].push(piece)
        if (name === 'reasoning_content' || !(spokenS ?? firstWords.take(piece))) continue
        spokenS = { startS: spokenS?.startS ?? atS, endS: atS }
      }
      if (Array.isArray(delta['tool_calls'])) for (const part of delta['tool_calls'] as readonly unknown[]) takeCall(part)
    },
    get isFinished() {
      return Boolean(finishReason)
    },
    get spokenS() {
      return spokenS
    },
    get beganS() {
      return beganS ?? 0
    },
    message,
    completion: () =>
      hasChoice
        ? {
            ...whole,
            choices: [{ index: 0, message: message(), finish_reason: finishReason ?? null, native_finish_reason: nativeReason ?? null }],
          }
        : {},
  }

  function message(): Readonly<Record<string, unknown>> {
    const [content, refusal, reasoning] = texts.map(name => (pieces[name].length > 0 ? pieces[name].join('') : null))
    const toolCalls = calls.map(({ id, name, args }) => ({
      ...(id !== undefined && { id }),
      type: 'function',
      function: { ...(name !== undefined && { name }), arguments: args.join('') },
    }))
    return { role: 'assistant', content, refusal, reasoning_content: reasoning, ...(toolCalls.length > 0 && { tool_calls: toolCalls }) }
  }

  /** A part of a call: its id and name come once, its arguments in pieces. Some servers give every call the same index. */
  function takeCall(part: unknown): void {
    if (!isRecord(part)) return
    const { id, index } = part
    const asked = isRecord(part['function']) ? part['function'] : {}
    const known = latest.get(index)
    const isNew = !known || (typeof id === 'string' && id !== '' && known.id !== undefined && known.id !== id)
    const call: StreamedCall = isNew ? { args: [] } : known
    if (isNew) {
      calls.push(call)
      latest.set(index, call)
    }
    if (typeof id === 'string' && id !== '') call.id ??= id
    if (typeof asked['name'] === 'string' && asked['name'] !== '') call.name ??= asked['name']
    const args = asked['arguments']
    const text = typeof args === 'string' ? args : args === undefined || args === null ? '' : JSON.stringify(args)
    grow(text)
    call.args.push(text)
  }

  function grow(text: string): void {
    size += text.length
    if (size > maxAnswerBytes) throw new FaultError(replyFaults.tooLarge({ place }))
  }
}

interface StreamedCall {
  id?: string
  name?: string
  readonly args: string[]
}

function firstChoice(choices: unknown): Readonly<Record<string, unknown>> | undefined {
  if (!Array.isArray(choices)) return undefined
  return (choices as readonly unknown[]).filter(isRecord).find(({ index = 0 }) => index === 0)
}
