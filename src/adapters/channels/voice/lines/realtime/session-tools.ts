import { isRecord, parseJson } from '../../../../../domain/json-value.js'
import type { LineEvent } from '../../../../../ports/line.js'
import { responseCreate, toolOutput } from './client-events.js'

/**
 * The tool calls of a session, which we answer where the tools are ours. Once all calls of a response are answered, and the response is done,
 * the agent is asked to go on: two responses at once are an error.
 */
export class SessionTools {
  readonly #areOurs: boolean
  readonly #tell: (event: object) => void
  readonly #hear: (event: LineEvent) => void
  readonly #open = new Set<unknown>()
  readonly #answered = new Set<unknown>()
  #isResponding = false
  #goesOn = false

  constructor(areOurs: boolean, tell: (event: object) => void, hear: (event: LineEvent) => void) {
    this.#areOurs = areOurs
    this.#tell = tell
    this.#hear = hear
  }

  /** An item of the agent is complete: perhaps a call. */
  itemDone(item: unknown): void {
    if (!isRecord(item) || item['type'] !== 'function_call' || typeof item['name'] !== 'string') return
    const { name, call_id: id, arguments: args } = item
    if (this.#areOurs) this.#open.add(id)
    this.#hear({ type: 'tool_called', name, arguments: parsed(args), ...idOf(id) })
  }

  /** An item is there: perhaps what a tool answered. Our own answers come back. */
  itemAdded(item: unknown): void {
    if (!isRecord(item) || item['type'] !== 'function_call_output' || this.#answered.has(item['call_id'])) return
    this.#hear({ type: 'tool_returned', result: parsed(item['output']), ...idOf(item['call_id']) })
  }

  answer(id: string, output: string): void {
    if (!this.#open.delete(id)) return
    this.#answered.add(id)
    this.#goesOn = true
    this.#tell(toolOutput(id, output))
    this.#goOn()
  }

  responds(isResponding: boolean): void {
    this.#isResponding = isResponding
    if (!isResponding) this.#goOn()
  }

  #goOn(): void {
    if (!this.#goesOn || this.#isResponding || this.#open.size > 0) return
    this.#goesOn = false
    this.#tell(responseCreate)
  }
}

function idOf(id: unknown): { readonly id?: string } {
  return typeof id === 'string' && id !== '' ? { id } : {}
}

/** What a model wrote as JSON may be none. */
function parsed(value: unknown): unknown {
  return typeof value === 'string' ? (parseJson(value) ?? value) : value
}
