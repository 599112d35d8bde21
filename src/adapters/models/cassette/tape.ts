import { hash } from 'node:crypto'
import type { ModelRole, ModelUsage } from '../../../domain/model.js'
import type { Fault } from '../../../domain/fault.js'
import type { ModelMessage } from '../../../ports/language-model.js'

/** The version of the cassette format. */
const tapeVersion = 2

/** A question without secrets. It is the key to its answer. */
export interface Asked {
  readonly model: string
  readonly temperature?: number
  readonly seed: number
  /** The answer's schema: its name and a digest. */
  readonly shape: { readonly name: string; readonly digest: string }
  readonly messages: readonly ModelMessage[]
}

/** The model's response. */
export type Told =
  | { readonly answer: unknown }
  | { readonly fault: Fault }
  /** The answer was cut off, and whoever asked then asked for less. */
  | { readonly cut: Fault }
  /** The answer could not be used, and whoever asked went on without it. */
  | { readonly unusable: Fault }
  /** The question was cancelled before the answer came. */
  | { readonly abandoned: true }

/** A question and its response: one line of a cassette. */
export type Take = { readonly purpose: string; readonly role: ModelRole } & Asked & {
    /** Counts from 1 how many times the question has been asked. */
    readonly nth: number
    readonly usage: readonly ModelUsage[]
  } & Told

/** A line but for its question. */
export type Response = Omit<Take, keyof Asked | 'nth'> & Told

/** A cassette cannot be read or written. The message says what, where, and what to do. */
export class CassetteError extends Error {
  override readonly name = 'CassetteError'
}

/** A question as it stands in a line: members of JSON, from its model to its messages. */
export function questionOf({ model, temperature, seed, shape, messages }: Asked): string {
  const plain = messages.map(({ role, content }) => ({ role, content }))
  return JSON.stringify({ model, temperature, seed, shape: { name: shape.name, digest: shape.digest }, messages: plain }).slice(1, -1)
}

export function digestOf(text: string): string {
  return hash('sha256', text).slice(0, 32)
}

/** One line of JSON. The key comes first, so that it can be found without parsing, and the question stands in one piece. */
export function lineOf(take: Take): string {
  const { purpose, role, model: _, temperature: _t, seed: _s, nth, shape: _sh, messages: _m, usage, ...told } = take
  const question = questionOf(take)
  const head = JSON.stringify({ key: digestOf(question), nth, purpose, role }).slice(0, -1)
  return `${head},${question},${JSON.stringify({ ...told, usage }).slice(1)}\n`
}

/**
 * A whole cassette, sorted. The questions of one caller stand together, because each caller has its own seed, and a
 * shorter conversation comes before the longer one that continues it. The order of the runs does not matter, so a new
 * recording differs only where an answer did.
 */
export function textOf(takes: readonly Take[]): string {
  const placed = takes.map(take => ({ take, words: JSON.stringify(take.messages), key: digestOf(questionOf(take)) }))
  placed.sort(
    (a, b) =>
      compare(a.take.role, b.take.role) ||
      a.take.seed - b.take.seed ||
      compare(a.take.shape.name, b.take.shape.name) ||
      a.words.length - b.words.length ||
      compare(a.words, b.words) ||
      compare(a.key, b.key) ||
      a.take.nth - b.take.nth,
  )
  return headOf(takes.length) + placed.map(({ take }) => lineOf(take)).join('')
}

/** @param entries  How many lines follow; left out while unknown. */
export function headOf(entries?: number): string {
  return `${JSON.stringify({ cassette: tapeVersion, entries })}\n`
}

/**
 * A cassette that was read. Most of it is questions, so of each line only the response is parsed, when it is needed.
 *
 * @throws {CassetteError} from its methods, when a needed line was edited outside its answer.
 */
export interface Tape {
  /** The nth response to a question, and its line for messages. @param key  The question's. */
  take(question: string, key: string, nth: number): { readonly response: Response; readonly place: string } | undefined
  /** Whether the question was recorded at all. */
  has(key: string): boolean
  /** Every line. */
  takes(): Take[]
}

/**
 * Reads a cassette.
 *
 * @param name  The file's name, for messages.
 * @throws {CassetteError} when the file has another version, is truncated, or is not a cassette.
 */
export function readTape(text: string, name: string): Tape {
  const [first = '', ...lines] = text.split('\n')
  checkWhole(first, lines, name)
  const byKey = new Map<string, number>()
  const keys = new Set<string>()
  let all: Take[] | undefined
  const placeOf = (index: number): string => `${name}:${index + 2}`
  for (const [i, line] of lines.entries()) {
    const [, key = '', nth = ''] = beginning.exec(line) ?? []
    if (key === '' || !line.endsWith('}'))
      throw new CassetteError(`${placeOf(i)} is not a line of a cassette. Restore it, or record it again.`)
    keys.add(key)
    byKey.set(`${key} ${nth}`, i)
  }
  /** @throws {CassetteError} that says how a line was edited. */
  const takeAt = (index: number): Take => {
    const line = lines[index] ?? ''
    const take = takeIn(line)
    if (!take) throw new CassetteError(`${placeOf(index)} is incomplete: a part of it was edited away. Restore it, or record it again.`)
    if (digestOf(questionOf(take)) === beginning.exec(line)?.[1]) return take
    throw new CassetteError(
      `${placeOf(index)} was edited: its key belongs to another question. Restore it, or record it again; only answers can be changed by hand.`,
    )
  }
  return {
    take(question, key, nth) {
      const index = byKey.get(`${key} ${nth}`)
      if (index === undefined) return undefined
      return { response: responseIn(lines[index] ?? '', question) ?? takeAt(index), place: placeOf(index) }
    },
    has: key => keys.has(key),
    takes: () => (all ??= lines.map((_, index) => takeAt(index))),
  }
}

/** The response in a line that has just this question; `undefined` if it was damaged, or written in another way. */
function responseIn(line: string, question: string): Response | undefined {
  const from = line.indexOf('"model":')
  if (!line.startsWith(question, from)) return undefined
  const rest = parse(line.slice(0, from) + line.slice(from + question.length + 1))
  return rest && isResponse(rest) ? rest : undefined
}

/**
 * The complete lines of an unfinished cassette; none if it was cut off within its first.
 *
 * @param name  The file's name, for messages.
 * @throws {CassetteError} when the file has another version, or is not a cassette.
 */
export function salvageTape(text: string, name: string): Take[] {
  const [first = '', ...lines] = text.split('\n')
  if (lines.length === 0) return []
  checkVersion(first, name)
  return lines.slice(0, -1).flatMap(line => takeIn(line) ?? [])
}

const beginning = /^\{"key":"([0-9a-f]+)","nth":(\d+),/

/** @param lines  The lines after the first. The empty last line of a complete cassette is removed. */
function checkWhole(first: string, lines: string[], name: string): void {
  if (first === '' && lines.length === 0) throw new CassetteError(`${name} is empty. Restore it, or record it again.`)
  const { entries } = checkVersion(first, name)
  if (entries === undefined) throw new CassetteError(`${name} was never finished. Record it again, or resume the result that recorded it.`)
  if (typeof entries !== 'number' || !Number.isSafeInteger(entries) || entries < 0) {
    throw new CassetteError(
      `${name} was edited: in its first line, entries is ${JSON.stringify(entries)} and not a number of answers. Restore it, or record it again.`,
    )
  }
  if (lines.at(-1) === '') lines.pop()
  else if (!takeIn(lines.at(-1) ?? '')) throw truncated(name, entries, lines.length - 1)
  if (lines.length < entries) throw truncated(name, entries, lines.length)
}

/** @returns The first line of a cassette. @throws {CassetteError} unless it is one of this version. */
function checkVersion(first: string, name: string): Readonly<Record<string, unknown>> {
  const head = parse(first) ?? {}
  const { cassette } = head
  if (cassette === undefined) throw new CassetteError(`${name} is not a cassette: its first line does not say so.`)
  if (typeof cassette !== 'number') {
    throw new CassetteError(
      `${name} was edited: in its first line, cassette is ${JSON.stringify(cassette)} and not a version. Restore it, or record it again.`,
    )
  }
  if (cassette !== tapeVersion) {
    throw new CassetteError(
      `${name} is a cassette of version ${cassette}, and this Callsheet reads version ${tapeVersion}. ${cassette < tapeVersion ? 'Record it again' : 'Update this one, or record it again'}.`,
    )
  }
  return head
}

function truncated(name: string, entries: number, found: number): CassetteError {
  return new CassetteError(`${name} is truncated: it has ${found} of its ${entries} answers. Restore it, or record it again.`)
}

/** Parses a line; `undefined` if it is torn or was damaged by editing. */
function takeIn(line: string): Take | undefined {
  const { key: _, ...take } = parse(line) ?? {}
  const { shape, messages } = take
  const isAsked = isObject(shape) && isText(shape['name']) && isText(shape['digest']) && isListOf(messages, ['role', 'content'], 'string')
  return isAsked && isResponse(take) ? (take as unknown as Take) : undefined
}

function isResponse(value: Record<string, unknown>): value is Record<string, unknown> & Response {
  const { purpose, usage, fault = value['cut'] ?? value['unusable'] } = value
  if (!isText(purpose) || !isListOf(usage, ['requests', 'inputTokens', 'outputTokens'], 'number')) return false
  return 'answer' in value || 'abandoned' in value || (isObject(fault) && ['by', 'code', 'message'].every(key => isText(fault[key])))
}

function isListOf(value: unknown, keys: readonly string[], type: 'string' | 'number'): boolean {
  return Array.isArray(value) && value.every(each => isObject(each) && keys.every(key => typeof each[key] === type))
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function parse(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** By code unit, so that the order is the same on every machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
