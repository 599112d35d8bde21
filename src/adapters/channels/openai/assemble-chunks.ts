import { FaultError } from '../../../domain/fault.js'
import { replyFaults } from '../../../domain/faults/reply-faults.js'
import { isRecord } from '../../../domain/json-value.js'
import { saysSomething } from '../../../domain/wire/fields.js'
import type { Place } from '../../../domain/place.js'
import { errorIn } from '../error-in.js'
import { maxAnswerBytes } from '../faults.js'
import { FirstWords, thoughtsAmong } from '../thinking.js'
import { piecesOf } from '../words-of.js'
import { withWholeCalls, withWholeTexts } from './whole-messages.js'
import { callsIn } from './calls-in.js'
import { streamedCalls } from './streamed-calls.js'

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

/** The texts of a message that come in pieces. `reasoning` is another name of `reasoning_content`; a transcript is of audio. */
const texts = ['content', 'refusal', 'reasoning_content', 'transcript'] as const

/** What a chunk may say of the whole completion. */
const ofWhole = ['status', 'incomplete_details'] as const

/** Assembles the first choice of a streamed chat completion. */
export function assembleChunks(place: Place): Assembly {
  const pieces: Record<(typeof texts)[number], string[]> = { content: [], refusal: [], reasoning_content: [], transcript: [] }
  const wholes: Record<(typeof texts)[number], string[]> = { content: [], refusal: [], reasoning_content: [], transcript: [] }
  const calls = streamedCalls(grow)
  const wholeCalls: unknown[] = []
  const firstWords = new FirstWords()
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
      const choice = onlyChoice(chunk['choices'], place)
      const error = errorIn(chunk) ?? errorIn(choice)
      if (error !== undefined) throw new FaultError(replyFaults.streamError({ place, text: error }))
      for (const name of ofWhole) whole[name] = chunk[name] ?? whole[name]
      if (!choice) return
      hasChoice = true
      beganS ??= atS
      // Some servers leave it empty until they are done.
      finishReason = choice['finish_reason'] || finishReason
      nativeReason = choice['native_finish_reason'] || nativeReason
      const { delta, message: said } = choice
      if (isRecord(said)) {
        takeTexts(said, wholes, atS)
        const called = callsIn(said, place)
        if (saysSomething(called)) wholeCalls.push(...[called].flat())
      }
      if (!isRecord(delta)) return
      takeTexts(delta, pieces, atS)
      const called = callsIn({ ...delta, function_call: undefined, functionCall: undefined }, place)
      if (saysSomething(called)) for (const part of [called].flat()) calls.take(part)
      // Older servers stream the only call so.
      const single = delta['function_call'] ?? delta['functionCall']
      if (saysSomething(single)) calls.take({ index: 'function_call', function: single })
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

  function takeTexts(from: Readonly<Record<string, unknown>>, into: typeof pieces, atS: number): void {
    for (const name of texts) {
      const piece = pieceOf(from, name, place)
      if (typeof piece !== 'string' || piece === '') continue
      grow(piece)
      into[name].push(piece)
      if (name === 'reasoning_content' || !(spokenS ?? firstWords.take(piece))) continue
      spokenS = { startS: spokenS?.startS ?? atS, endS: atS }
    }
  }

  function message(): Readonly<Record<string, unknown>> {
    const [content, refusal, reasoning, transcript] = texts.map(name => withWholeTexts(pieces[name].join(''), wholes[name]) || null)
    const toolCalls = withWholeCalls(calls.listed(), wholeCalls)
    return {
      role: 'assistant',
      content,
      refusal,
      reasoning_content: reasoning,
      ...(typeof transcript === 'string' && { audio: { transcript } }),
      ...(toolCalls.length > 0 && { tool_calls: toolCalls }),
    }
  }

  function grow(text: string): void {
    size += text.length
    if (size > maxAnswerBytes) throw new FaultError(replyFaults.tooLarge({ place }))
  }
}

/** The words of a delta that belong to one of the texts. @throws {FaultError} when they cannot be read. */
function pieceOf(delta: Readonly<Record<string, unknown>>, name: (typeof texts)[number], place: Place): unknown {
  if (name === 'reasoning_content') return delta[name] ?? delta['reasoning'] ?? thoughtsAmong(delta['content']).join('')
  const { audio } = delta
  const words = name === 'transcript' ? (isRecord(audio) ? audio[name] : undefined) : delta[name]
  if (words === undefined || words === null) return undefined
  const text = piecesOf(words)?.join('')
  if (text !== undefined) return text
  throw new FaultError(replyFaults.notChatCompletions({ place, pointer: `/choices/0/delta/${name}`, seen: 'something is not text' }))
}

/** @throws {FaultError} when there are others: their words would be lost. */
function onlyChoice(choices: unknown, place: Place): Readonly<Record<string, unknown>> | undefined {
  if (!Array.isArray(choices)) return undefined
  const [first, ...others] = (choices as readonly unknown[]).filter(isRecord)
  if (others.length > 0 || (first?.['index'] ?? 0) !== 0) throw new FaultError(replyFaults.severalChoices({ place }))
  return first
}
