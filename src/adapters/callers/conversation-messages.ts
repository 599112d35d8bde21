import type { Moment } from '../../domain/transcript.js'
import type { ModelMessage } from '../../ports/language-model.js'

/** Of one message of the agent, so many letters are read to the model. */
const longestHeard = 6000

/**
 * A conversation as the caller's model lived it: its own words are the assistant's, the agent's come as the user's, in
 * quotation marks, so that what it hears is not taken for what it is told. It begins and ends with the user.
 */
export function conversationMessages(history: readonly Moment[], note: string): ModelMessage[] {
  const messages: { role: 'user' | 'assistant'; content: string }[] = [{ role: 'user', content: 'The call begins.' }]
  const add = (role: 'user' | 'assistant', content: string): void => {
    const last = messages.at(-1)
    if (last?.role === role) last.content += `\n${content}`
    else messages.push({ role, content })
  }
  for (const moment of history) {
    if (moment.type === 'dtmf') add('assistant', `(You pressed ${moment.digits}.)`)
    if (moment.type !== 'said') continue
    if (moment.by === 'caller') add('assistant', moment.text)
    else add('user', `The agent says: ${asHeard(moment.text)}`)
  }
  add('user', note)
  return messages
}

/** Words of the agent, as data. */
export function asHeard(text: string): string {
  return JSON.stringify(text.length > longestHeard ? `${text.slice(0, longestHeard)} ...` : text)
}
