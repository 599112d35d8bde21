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
 * Takes `<think>...</think>` out of a text. Without its end, all that follows is thought; without its beginning, which some servers
 * leave out, all before it.
 */
export function withoutThinking(text: string): Thinking {
  if (!text.includes(opening) && !text.includes(closing)) return { text, thoughts: [] }
  const thoughts: string[] = []
  const first = text.indexOf(closing)
  const hasNoBeginning = first !== -1 && !text.slice(0, first).includes(opening)
  if (hasNoBeginning) thoughts.push(text.slice(0, first).trim())
  const rest = hasNoBeginning ? text.slice(first + closing.length) : text
  const said = rest.replaceAll(/<think>([^]*?)(?:<\/think>|$)/g, (_, thought: string) => {
    thoughts.push(thought.trim())
    return ''
  })
  return { text: said.trim(), thoughts: thoughts.filter(thought => thought !== '') }
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
