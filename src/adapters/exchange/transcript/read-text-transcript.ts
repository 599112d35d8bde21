import { isSpoken, type Moment, type ReadTranscripts } from './conversation.js'
import { roleOf } from './roles.js'

/** `[00:01] Testing Agent: Hello.` or `User: Hello.` */
const line = /^\s*(?:\[[^\]]*\]\s*)?([A-Za-z][A-Za-z_ ]{0,30}?)\s*:\s?(.*)$/

/** Reads a transcript in plain text. Places are lines, from 0. */
export function readTextTranscript(text: string): ReadTranscripts {
  const conversation = { moments: momentsInText(text) }
  if (isSpoken(conversation)) return { conversations: [conversation], problems: [], losses: [] }
  const message =
    conversation.moments.length > 0
      ? 'The caller says nothing in it.'
      : 'Nobody speaks in it: no line begins as "[00:01] Testing Agent: " or "User: " does.'
  return { conversations: [], problems: [{ at: [0], message }], losses: [] }
}

/**
 * What happens in a transcript in plain text: a line for each thing said, with or without its time in front. A line that
 * begins with nobody's name goes on with what was said before.
 */
export function momentsInText(text: string): Moment[] {
  const moments: Moment[] = []
  let isHeard = false
  for (const [index, each] of text.split(/\r?\n/).entries()) {
    const [, name = '', words = ''] = line.exec(each) ?? []
    const role = roleOf(name)
    const at = [index]
    if (role === undefined) {
      const last = moments.at(-1)
      if (isHeard && each.trim() !== '' && last?.type === 'said')
        moments[moments.length - 1] = { ...last, text: `${last.text}\n${each.trim()}` }
      continue
    }
    isHeard = role === 'caller' || role === 'agent'
    if (role === 'caller' || role === 'agent') moments.push({ type: 'said', by: role, text: words.trim(), at })
    const [tool] = role === 'call' ? (/[\w.-]+/.exec(words) ?? []) : []
    if (tool !== undefined) moments.push({ type: 'tool_called', name: tool, arguments: undefined, at })
  }
  return moments.filter(moment => moment.type !== 'said' || moment.text !== '')
}

/** Whether a text is a transcript: its first words are somebody's. */
export function isTextTranscript(text: string): boolean {
  const first = text.split(/\r?\n/).find(each => each.trim() !== '') ?? ''
  return roleOf(line.exec(first)?.[1] ?? '') !== undefined
}
