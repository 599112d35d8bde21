import { readMessages } from '../../../domain/wire/read-messages.js'
import { messagesInText } from '../../../domain/wire/text.js'
import { isSpoken, placeMoments, type ReadTranscripts } from './imported-conversation.js'
import { sortProblems } from './sort-problems.js'

/** Reads a plain-text transcript. Places are lines, from 0. */
export function readTextTranscript(text: string): ReadTranscripts {
  const messages = messagesInText(text)
  if (messages.every(({ message }) => message['role'] === undefined)) {
    const message = 'It has no speech: no line begins like "[00:01] Testing Agent: " or "User: ".'
    return { conversations: [], problems: [{ at: [0], message }], losses: [] }
  }
  const lineOf = (index: number): [number] => [messages[index]?.line ?? 0]
  const { moments, sources, problems: found } = readMessages(messages.map(({ message }) => message))
  const { problems, losses } = sortProblems(found, ({ index }) => lineOf(index))
  const conversation = { moments: placeMoments(moments, index => lineOf(sources[index] ?? 0)) }
  if (problems.length > 0) return { conversations: [], problems, losses }
  if (isSpoken(conversation)) return { conversations: [conversation], problems, losses }
  return { conversations: [], problems: [{ at: [0], message: 'The caller says nothing in it.' }], losses: [] }
}
