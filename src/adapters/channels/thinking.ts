import { isRecord } from '../../domain/json-value.js'
import type { AgentEvent } from '../../ports/channel.js'

/** Types of content blocks in which a model thinks. */
export const thoughtTypes = ['thinking', 'redacted_thinking', 'reasoning'] as const

/** What a model says and what it only thinks. */
export interface Thinking {
  readonly text: string
  readonly thoughts: readonly string[]
}

const opening = '<think>'
const closing = '</think>'

/**
 * Takes `<think>...</think>` out of a text. Without its end, all that follows is thought if nothing was said before; without its
 * beginning, which some servers leave out, all before it.
 */
export function withoutThinking(written: string): Thinking {
  if (!written.includes(opening) && !written.includes(closing)) return { text: written, thoughts: [] }
  const thoughts: string[] = []
  const first = written.indexOf(closing)
  const hasNoBeginning = first !== -1 && !written.slice(0, first).includes(opening)
  if (hasNoBeginning) thoughts.push(written.slice(0, first).trim())
  const rest = hasNoBeginning ? written.slice(first + closing.length) : written
  const text = rest
    .replaceAll(/<think>([^]*?)<\/think>/g, (_, thought: string) => {
      thoughts.push(thought.trim())
      return ''
    })
    .trim()
  const isOpen = text.startsWith(opening)
  if (isOpen) thoughts.push(text.slice(opening.length).trim())
  return { text: isOpen ? '' : text, thoughts: thoughts.filter(thought => thought !== '') }
}

/** What a message says after the thoughts with which it begins. `isOpen`: it ends within a thought. */
export interface OpeningThoughts extends Thinking {
  readonly isOpen: boolean
}

/**
 * Takes `<think>...</think>` off the beginning of a message. Elsewhere in it the tag may be what the agent says.
 *
 * @param isThinking  Whether the message begins within a thought.
 */
export function withoutOpeningThoughts(text: string, isThinking = false): OpeningThoughts {
  const thoughts: string[] = []
  let rest = text
  for (let isWithin = isThinking; ; isWithin = false) {
    const begun = rest.trimStart()
    if (!isWithin && !begun.startsWith(opening)) return { text: rest === text ? text : begun, thoughts, isOpen: false }
    const from = isWithin ? 0 : opening.length
    const end = begun.indexOf(closing, from)
    const thought = begun.slice(from, end === -1 ? undefined : end).trim()
    if (thought !== '') thoughts.push(thought)
    if (end === -1) return { text: '', thoughts, isOpen: true }
    rest = begun.slice(end + closing.length)
  }
}

/** The thoughts among content blocks. */
export function thoughtsAmong(content: unknown): string[] {
  if (!Array.isArray(content)) return []
  return (content as readonly unknown[]).flatMap(block => {
    if (!isRecord(block) || !thoughtTypes.some(type => type === block['type'])) return []
    const thought = block['thinking'] ?? block['text'] ?? block['reasoning']
    return typeof thought === 'string' && thought.trim() !== '' ? [thought.trim()] : []
  })
}

export function thoughtEvents(thoughts: readonly string[], atS: number): AgentEvent[] {
  return thoughts.map(text => ({ type: 'thought', text, atS }))
}

/** Tells, piece by piece, whether a text has begun to say something. */
export class FirstWords {
  #tail = ''
  #isThinking = false

  /** @returns Whether the pieces so far say something that is not thought. */
  take(piece: string): boolean {
    this.#tail += piece
    for (;;) {
      if (this.#isThinking) {
        const end = this.#tail.indexOf(closing)
        if (end === -1) {
          this.#tail = this.#tail.slice(-closing.length)
          return false
        }
        this.#tail = this.#tail.slice(end + closing.length)
        this.#isThinking = false
      }
      const begun = this.#tail.trimStart()
      if (opening.startsWith(begun.slice(0, opening.length)) && begun.length < opening.length) return false
      if (!begun.startsWith(opening)) return true
      this.#tail = begun.slice(opening.length)
      this.#isThinking = true
    }
  }
}
