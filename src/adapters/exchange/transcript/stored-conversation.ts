import type { Transcript } from '../../../domain/transcript.js'
import type { Conversation, Moment } from './conversation.js'

/** A conversation that Callsheet held. What the caller only said to end a silence is left out: a caller does so by itself. */
export function storedConversation({ moments: all, ending }: Transcript, name: string): Conversation {
  const moments = all.flatMap((entry, index): Moment[] => {
    const at = [index]
    switch (entry.type) {
      case 'said':
        return entry.cause?.kind === 'idle_prompt' ? [] : [{ type: 'said', by: entry.by, text: entry.text, at }]
      case 'dtmf':
        return [{ type: 'dtmf', digits: entry.digits, at }]
      case 'tool_called':
        return [{ type: 'tool_called', name: entry.name, arguments: entry.arguments, at }]
      case 'tool_returned':
        return []
    }
  })
  return { name, moments, endedBy: ending.by }
}
