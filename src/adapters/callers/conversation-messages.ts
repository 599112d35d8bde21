import type { Moment } from '../../domain/transcript.js'
import type { ModelMessage } from '../../ports/language-model.js'

/** In characters. The model reads no more of a single agent message. */
const longestHeard = 6000

/**
 * The conversation as the caller's model sees it: the caller's words are the assistant's, and the agent's words come as
 * the user's. The agent's words are in quotation marks, so that the model does not take them for instructions. The list
 * begins and ends with the user.
 */
export function conversationMessages(history: readonly Moment[], note: string): ModelMessage[] {
  const messages: { role: 'user' | 'assistant'; content: string }[] = [{ role: 'user', content: 'The call begins.' }]
  const add = (role: 'user' | 'assistant', content: string): void => {
    const last = messages.at(-1)
    if (last?.role === role) last.content += `\n${content}`
    else messages.push({ role, content })
  }
  for (const moment of history) {
    if (moment.type === 'dtmf') {
      if (moment.by === 'caller') add('assistant', `(You pressed ${moment.digits}.)`)
      else add('user', `The agent pressed ${moment.digits}.`)
    }
    if (moment.type !== 'said') continue
    if (moment.by === 'caller') add('assistant', moment.text)
    else add('user', `The agent says: ${asHeard(moment.text)}`)
  }
  add('user', note)
  return messages
}

/** The agent's words as data: a JSON string. */
export function asHeard(text: string): string {
  return JSON.stringify(text.length > longestHeard ? `${text.slice(0, longestHeard)} ...` : text)
}
