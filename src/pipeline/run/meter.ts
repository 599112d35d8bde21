import type { ConversationLimits } from '../../domain/document.js'
import type { Fault } from '../../domain/fault.js'
import { callFaults } from '../../domain/faults/call-faults.js'
import { shallow } from '../../domain/nesting.js'
import type { AgentEvent } from '../../ports/channel.js'

/** Measures what the agent does in one conversation. */
export class Meter {
  readonly #limits: ConversationLimits
  #bytes = 0
  #messages = 0
  #called = 0
  #returned = 0

  constructor(limits: ConversationLimits) {
    this.#limits = limits
  }

  /** Counts an event. @returns The fault if the conversation is now beyond a limit. */
  exceeded(event: AgentEvent): Fault | undefined {
    switch (event.type) {
      case 'said':
      case 'thought':
        this.#messages += 1
        this.#bytes += Buffer.byteLength(event.text)
        break
      case 'keyed':
        this.#messages += 1
        this.#bytes += Buffer.byteLength(event.digits)
        break
      case 'metadata':
        this.#messages += 1
        this.#bytes += sizeOf(event.data)
        break
      case 'tool_called':
        this.#called += 1
        this.#bytes += Buffer.byteLength(event.name) + sizeOf(event.arguments)
        break
      case 'tool_returned':
        this.#returned += 1
        this.#bytes += sizeOf(event.result)
        break
      default:
        return undefined
    }
    const { maxBytes, maxMessages, maxToolCalls } = this.#limits
    if (this.#messages > maxMessages) return callFaults.tooManyMessages({ messages: maxMessages })
    if (Math.max(this.#called, this.#returned) > maxToolCalls) return callFaults.tooManyToolCalls({ calls: maxToolCalls })
    return this.#bytes > maxBytes ? callFaults.tooMuchSaid({ bytes: maxBytes }) : undefined
  }
}

/** The size of a value as JSON. What nests too deeply is not recorded either. */
function sizeOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(shallow(value)) ?? '')
}
