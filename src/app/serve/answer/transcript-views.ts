import type { Moment } from '../../../domain/transcript.js'
import { unreachable } from '../../../domain/unreachable.js'
import type { Turn } from '../generated/answers.js'

export function turnViews(moments: readonly Moment[]): Turn[] {
  return moments.map(turnView)
}

/** `[00:01] Testing Agent: Hello.`, a line a turn: what somebody said is kept to one line, so that nobody can add turns to it. */
export function transcriptText(turns: readonly Turn[]): string {
  return turns
    .map(
      ({ role, content, start_time: startS }) =>
        `[${minutesAndSeconds(Math.floor(startS))}] ${role}: ${content.replaceAll(/\s*[\r\n\u2028\u2029\u0085]\s*/g, ' ')}`,
    )
    .join('\n')
}

/** `MM:SS`; more than 99 minutes take more digits. */
export function minutesAndSeconds(seconds: number): string {
  const whole = Math.round(seconds)
  return [Math.floor(whole / 60), whole % 60].map(part => String(part).padStart(2, '0')).join(':')
}

function turnView(moment: Moment): Turn {
  const times = { start_time: moment.startS, end_time: moment.endS }
  switch (moment.type) {
    case 'said':
      return { role: moment.by === 'caller' ? 'Testing Agent' : 'Main Agent', content: moment.text, ...times }
    case 'dtmf':
      return { role: 'Testing Agent', content: `<dtmf digits="${moment.digits}"/>`, ...times }
    case 'tool_called': {
      const text = asJson(moment.arguments)
      return {
        role: 'Function Call',
        content: `${moment.name}(${text})`,
        ...times,
        data: { id: moment.id ?? null, name: moment.name, arguments: text },
      }
    }
    case 'tool_returned': {
      const text = asJson(moment.result)
      return {
        role: 'Function Call Result',
        content: text,
        ...times,
        data: { id: moment.id ?? null, name: moment.name ?? null, result: text },
      }
    }
    default:
      return unreachable(moment)
  }
}

function asJson(value: unknown): string {
  return JSON.stringify(value) ?? 'null'
}
