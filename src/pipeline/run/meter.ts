import type { ConversationLimits } from '../../domain/document.js'
import type { Fault } from '../../domain/fault.js'
import { callFaults } from '../../domain/faults/call-faults.js'
import { shallow } from '../../domain/nesting.js'
import type { AgentEvent } from '../../ports/channel.js'

/**
 * Measures what the agent does in one conversation.
 *
 * @returns A function to call with each event. It returns the fault if the conversation is now beyond a limit.
 */
export function createMeter({ maxBytes, maxMessages, maxToolCalls }: ConversationLimits): (event: AgentEvent) => Fault | undefined {
  let bytes = 0
  let messages = 0
  let called = 0
  let returned = 0
  return event => {
    switch (event.type) {
      case 'said':
      case 'thought':
        messages += 1
        bytes += Buffer.byteLength(event.text)
        break
      case 'keyed':
        messages += 1
        bytes += Buffer.byteLength(event.digits)
        break
      case 'metadata':
        messages += 1
        bytes += sizeOf(event.data)
        break
      case 'tool_called':
        called += 1
        bytes += Buffer.byteLength(event.name) + sizeOf(event.arguments)
        break
      case 'tool_returned':
        returned += 1
        bytes += sizeOf(event.result)
        break
      default:
        return undefined
    }
    if (messages > maxMessages) return callFaults.tooManyMessages({ messages: maxMessages })
    if (Math.max(called, returned) > maxToolCalls) return callFaults.tooManyToolCalls({ calls: maxToolCalls })
    return bytes > maxBytes ? callFaults.tooMuchSaid({ bytes: maxBytes }) : undefined
  }
}

/** The size of a value as JSON. What nests too deeply is not recorded either. */
function sizeOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(shallow(value)) ?? '')
}
