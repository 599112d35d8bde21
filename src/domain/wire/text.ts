import type { WireMessage } from './message.js'
import { roleOf, type Role } from './roles.js'

/**
 * `[00:01] Testing Agent: Hello.`, one line per message. Line breaks inside a message become blanks, so that nobody can
 * forge lines.
 */
export function transcriptText(messages: readonly WireMessage[]): string {
  return messages.map(each => `${clockOf(each.start_time)} ${each.role}: ${each.content.replaceAll(lineBreaks, ' ')}`).join('\n')
}

const lineBreaks = /\s*[\r\n\u2028\u2029\u0085]\s*/g

/** The time of a line: `[MM:SS]` since the call began. */
export function clockOf(seconds: number): string {
  return `[${minutesAndSeconds(Math.floor(seconds))}]`
}

/** `MM:SS`, with more digits from 100 minutes on. */
export function minutesAndSeconds(seconds: number): string {
  const whole = Math.round(seconds)
  return [Math.floor(whole / 60), whole % 60].map(part => String(part).padStart(2, '0')).join(':')
}

/** The seconds of `MM:SS` or `HH:MM:SS`. */
export function secondsOf(text: string): number | undefined {
  const [, hours = 0, minutes, seconds] = /^(?:(\d+):)?(\d+):(\d\d(?:\.\d+)?)$/.exec(text.trim()) ?? []
  return minutes === undefined ? undefined : (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)
}

/** A message from plain text, in the form of JSON. */
export interface TextMessage {
  readonly message: Readonly<Record<string, unknown>>
  /** Its first line, from 0. */
  readonly line: number
}

/** `[00:01] Testing Agent: Hello.` or `User: Hello.` */
const form = /^\s*(?:\[([^\]]*)\]\s*)?([A-Za-z][A-Za-z_ ]{0,30}?)\s*:\s?(.*)$/

/**
 * The messages of a transcript in plain text: one per line, with or without a time. A line without a role continues the
 * message before it. Lines before the first role are a message without one.
 */
export function messagesInText(text: string): TextMessage[] {
  const found: { name?: string; role?: Role | undefined; time?: string; content: string; line: number }[] = []
  for (const [line, each] of text.split(/\r?\n/).entries()) {
    const [, time = '', name = '', words = ''] = form.exec(each) ?? []
    const role = roleOf(name)
    const last = found.at(-1)
    if (role !== undefined) found.push({ name, role, time: time.trim(), content: words.trim(), line })
    else if (each.trim() === '') continue
    else if (last) last.content += `\n${each.trim()}`
    else found.push({ content: each.trim(), line })
  }
  return found.map(({ name, role, time = '', content, line }) => ({
    message: {
      ...(name !== undefined && { role: name }),
      ...(time !== '' && { start_time: secondsOf(time) ?? time }),
      ...(role === 'call' ? calledIn(content) : { content }),
    },
    line,
  }))
}

/**
 * For a call in plain text, the name is enough; the rest of the line is its arguments. Every reader already knows
 * `name(...)`.
 */
function calledIn(content: string): Readonly<Record<string, unknown>> {
  const [, name, behind = ''] = /^[^\p{L}\p{N}_.-]*([\w.-]+)\s*(.*)$/su.exec(content) ?? []
  if (name === undefined || behind.startsWith('(')) return { content }
  return { data: { name, ...(behind !== '' && { arguments: behind }) } }
}

/** Whether a text is a transcript: its first line begins with a role. */
export function isTextTranscript(text: string): boolean {
  const first = text.split(/\r?\n/).find(each => each.trim() !== '') ?? ''
  return roleOf(form.exec(first)?.[2] ?? '') !== undefined
}
