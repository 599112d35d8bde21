import { hash } from 'node:crypto'
import type { ModelRole, ModelUsage } from '../../../domain/model.js'
import type { Fault } from '../../../domain/fault.js'
import type { ModelMessage } from '../../../ports/language-model.js'

/** The version of the format of cassettes. */
export const tapeVersion = 1

/** What was asked, secrets taken out: by this an answer is found again. */
export interface Asked {
  readonly model: string
  readonly temperature?: number
  readonly seed: number
  /** The answer's schema: its name, and a digest of it. */
  readonly shape: { readonly name: string; readonly digest: string }
  readonly messages: readonly ModelMessage[]
}

/** What came of it. */
export type Told =
  | { readonly answer: unknown }
  | { readonly fault: Fault }
  /** Nobody waited for the answer any more. */
  | { readonly abandoned: true }

/** A question and what came of it: a line of a cassette. */
export type Take = { readonly purpose: string; readonly role: ModelRole } & Asked & {
    /** How often the same had been asked before, and once more. */
    readonly nth: number
    readonly usage: readonly ModelUsage[]
  } & Told

/** A cassette cannot be read or written; the message says what, where and what next. */
export class CassetteError extends Error {
  override readonly name = 'CassetteError'
}

export function keyOf({ model, temperature, seed, shape, messages }: Asked): string {
  return digestOf([model, temperature, seed, shape.name, shape.digest, messages.map(({ role, content }) => [role, content])])
}

export function digestOf(value: unknown): string {
  return hash('sha256', JSON.stringify(value)).slice(0, 32)
}

/** One line of JSON, by which key it is found first. */
export function lineOf(take: Take): string {
  const { purpose, role, model, temperature, seed, nth, shape, messages, usage, ...told } = take
  return `${JSON.stringify({ key: keyOf(take), nth, purpose, role, model, temperature, seed, shape, messages, ...told, usage })}\n`
}

/**
 * A whole cassette. What one caller was asked stands together (its seed is its own), a longer conversation after the shorter
 * one that it began as, whatever the order in which they were held: a new recording of the same differs only where something
 * did.
 */
export function textOf(takes: readonly Take[]): string {
  const placed = takes.map(take => ({ take, words: JSON.stringify(take.messages), key: keyOf(take) }))
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

/** @param entries  How many lines follow; left out while that is not known. */
export function headOf(entries?: number): string {
  return `${JSON.stringify({ cassette: tapeVersion, entries })}\n`
}

/**
 * A cassette that was read. Its lines are parsed when they are asked for: most of them is what was asked.
 *
 * @throws {CassetteError} on the way, when a line that is asked for was edited, and not only in its answer.
 */
export interface Tape {
  /** What came of a question when it was asked for the nth time, and the place of the line, for messages. */
  take(key: string, nth: number): { readonly take: Take; readonly place: string } | undefined
  /** Whether the question was asked at all. */
  has(key: string): boolean
  /** All of it. */
  takes(): Take[]
}

/**
 * Reads a cassette.
 *
 * @param name  Of the file, for messages.
 * @throws {CassetteError} when it is of another version, truncated, or none at all.
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
  const takeAt = (index: number): Take => {
    const line = lines[index] ?? ''
    const take = takeIn(line)
    if (!take)
      throw new CassetteError(
        `${placeOf(index)} is not whole: something that a line of a cassette holds was edited away. Restore it, or record it again.`,
      )
    if (keyOf(take) !== beginning.exec(line)?.[1]) {
      throw new CassetteError(
        `${placeOf(index)} was edited: what was asked there is not what its key stands for. Restore it, or record it again; only answers can be changed by hand.`,
      )
    }
    return take
  }
  return {
    take(key, nth) {
      const index = byKey.get(`${key} ${nth}`)
      return index === undefined ? undefined : { take: takeAt(index), place: placeOf(index) }
    },
    has: key => keys.has(key),
    takes: () => (all ??= lines.map((_, index) => takeAt(index))),
  }
}

/** The whole lines of a cassette that was never finished. */
export function salvageTape(text: string): Take[] {
  return text
    .split('\n')
    .slice(1, -1)
    .flatMap(line => takeIn(line) ?? [])
}

const beginning = /^\{"key":"([0-9a-f]+)","nth":(\d+),/

/** @param lines  Those after the first; of a whole cassette the last is empty, and is taken off. */
function checkWhole(first: string, lines: string[], name: string): void {
  const { cassette, entries } = parse(first) ?? {}
  if (typeof cassette !== 'number') throw new CassetteError(`${name} is not a cassette: its first line does not say so.`)
  if (cassette !== tapeVersion) {
    throw new CassetteError(
      `${name} is a cassette of version ${cassette}, and this Callsheet reads version ${tapeVersion}: record it again.`,
    )
  }
  if (typeof entries !== 'number')
    throw new CassetteError(`${name} was never finished: record it again, or go on with callsheet run --resume.`)
  if (lines.pop() !== '' || lines.length < entries) {
    throw new CassetteError(`${name} is truncated: of ${entries} answers it holds ${lines.length}. Restore it, or record it again.`)
  }
}

/** A line may be torn, or have been edited by hand. */
function takeIn(line: string): Take | undefined {
  const { key: _, ...take } = parse(line) ?? {}
  const { shape, messages, usage, fault } = take
  const isAsked = isObject(shape) && isText(shape['name']) && isText(shape['digest']) && isListOf(messages, ['role', 'content'], 'string')
  const isTake = isAsked && isText(take['purpose']) && isListOf(usage, ['requests', 'inputTokens', 'outputTokens'], 'number')
  const isTold = 'answer' in take || 'abandoned' in take || (isObject(fault) && ['by', 'code', 'message'].every(key => isText(fault[key])))
  return isTake && isTold ? (take as unknown as Take) : undefined
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

/** By code unit: the same everywhere. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
