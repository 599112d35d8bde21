import { isRecord } from '../../../domain/json-value.js'
import { thoughtsAmong, thoughtTypes, withoutThinking, type Thinking } from '../thinking.js'

/** Where servers put what the model thought, beside the content. */
const besides = ['reasoning_content', 'reasoning'] as const

/** What a message of chat completions says, and what its model thought. `undefined` if its content is no text. */
export function spokenIn(message: Readonly<Record<string, unknown>>): Thinking | undefined {
  const content = message['content'] ?? message['refusal'] ?? ''
  const text = textOf(content)
  if (typeof text !== 'string') return undefined
  const beside = besides.map(name => message[name]).find(thought => typeof thought === 'string' && thought.trim() !== '')
  const spoken = withoutThinking(text)
  return {
    text: spoken.text,
    thoughts: [...(typeof beside === 'string' ? [beside.trim()] : []), ...thoughtsAmong(content), ...spoken.thoughts],
  }
}

/** Content can be a list of parts: `{ type: 'text', text }`. */
function textOf(content: unknown): unknown {
  if (!Array.isArray(content)) return content
  return content
    .map((part: unknown) =>
      isRecord(part) && !thoughtTypes.some(type => type === part['type']) && typeof part['text'] === 'string' ? part['text'] : '',
    )
    .join('')
}
