import { isRecord } from '../../../domain/json-value.js'
import { thoughtsAmong, withoutThinking, type Thinking } from '../thinking.js'
import { piecesOf } from '../words-of.js'

/** Where servers put what the model thought, beside the content. */
const besides = ['reasoning_content', 'reasoning'] as const

/** What a message of chat completions says, and what its model thought. `undefined` if it has words that cannot be read. */
export function spokenIn(message: Readonly<Record<string, unknown>>): Thinking | undefined {
  const { content, refusal, audio } = message
  const texts: string[] = []
  for (const words of [content, refusal, isRecord(audio) ? audio['transcript'] : undefined]) {
    if (words === undefined || words === null) continue
    const text = piecesOf(words)?.join('')
    if (text === undefined) return undefined
    if (text.trim() !== '' && !texts.includes(text)) texts.push(text)
  }
  const beside = besides.map(name => message[name]).find(thought => typeof thought === 'string' && thought.trim() !== '')
  const spoken = withoutThinking(texts.join('\n'))
  return {
    text: spoken.text,
    thoughts: [...(typeof beside === 'string' ? [beside.trim()] : []), ...thoughtsAmong(content), ...spoken.thoughts],
  }
}
