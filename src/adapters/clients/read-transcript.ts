import { parsedOf } from '../../domain/json-value.js'
import type { EndedReason, Ending, Moment, Transcript } from '../../domain/transcript.js'
import { asList, asNumber, asObject, asText } from './loose.js'

/** The conversation of a run: of `transcript_object`, or of `transcript` where there is none. */
export function readTranscript(run: Readonly<Record<string, unknown>>): Transcript {
  const turns = asList(run['transcript_object']).map(asObject)
  const moments = momentsOf(turns.length > 0 ? turns : turnsIn(asText(run['transcript']) ?? ''))
  const { ended_reason: reason, callsheet: _, ...metadata } = asObject(run['metadata'])
  const endS = Math.max(secondsOf(run['duration']) ?? 0, ...moments.map(moment => moment.endS))
  return { moments, metadata, ending: { ...endingOf(asText(reason)), atS: endS } }
}

/** Of `MM:SS`. */
export function secondsOf(text: unknown): number | undefined {
  const [, minutes, seconds] = /^(\d+):(\d\d(?:\.\d+)?)$/.exec(asText(text) ?? '') ?? []
  return minutes === undefined ? undefined : Number(minutes) * 60 + Number(seconds)
}

type Turn = Readonly<Record<string, unknown>>

/** `[00:01] Testing Agent: Hello.`, a line a turn. */
function turnsIn(transcript: string): Turn[] {
  return [...transcript.matchAll(/^\[(\d+:\d\d)\] ([\w ]+?): (.*)$/gm)].map(([, time, role, content]) => {
    const atS = secondsOf(time)
    return { role, content, start_time: atS, end_time: atS }
  })
}

function momentsOf(turns: readonly Turn[]): Moment[] {
  let turn = 0
  let before: Moment | undefined
  return turns.flatMap(each => {
    const startS = asNumber(each['start_time']) ?? before?.endS ?? 0
    const times = { startS, endS: Math.max(startS, asNumber(each['end_time']) ?? startS) }
    const content = asText(each['content']) ?? ''
    const digits = /^<dtmf digits="([^"]*)"\s*\/>$/.exec(content)?.[1]
    // Keys that are pressed belong to what was said with them.
    if (each['role'] === 'Testing Agent' && !(before?.type === 'dtmf' || (digits !== undefined && before?.by === 'caller'))) turn += 1
    const moment = momentOf(each, { turn, ...times }, content, digits)
    before = moment ?? before
    return moment ?? []
  })
}

function momentOf(
  each: Turn,
  place: Pick<Moment, 'turn' | 'startS' | 'endS'>,
  text: string,
  digits: string | undefined,
): Moment | undefined {
  const data = asObject(each['data'])
  const id = asText(data['id'])
  const name = asText(data['name'])
  const call = { ...(id !== undefined && { id }), by: 'agent' as const }
  switch (each['role']) {
    case 'Testing Agent':
      return digits === undefined ? { ...place, type: 'said', by: 'caller', text } : { ...place, type: 'dtmf', by: 'caller', digits }
    case 'Main Agent':
      return { ...place, type: 'said', by: 'agent', text }
    case 'Function Call':
      return { ...place, type: 'tool_called', ...call, name: name ?? text, arguments: parsedOf(data['arguments'] ?? null) }
    case 'Function Call Result':
      return { ...place, type: 'tool_returned', ...call, ...(name !== undefined && { name }), result: parsedOf(data['result'] ?? null) }
    default:
      return undefined
  }
}

const endings: Readonly<Record<EndedReason, Ending['by']>> = {
  'Main agent-ended-call': 'agent',
  'Main agent-ended-call-after-message-spoken': 'agent',
  'Testing agent-ended-call': 'caller',
  'Main agent-silence-timed-out': 'agent',
  'Main agent-call-not-connected': 'agent',
  'call-failed-unknown-error': 'agent',
  'exceeded-max-duration': 'limit',
  'exceeded-max-turns': 'limit',
  'run-cancelled-by-user': 'limit',
}

function endingOf(reason: string | undefined): Pick<Ending, 'by' | 'reason'> {
  const known = reason !== undefined && Object.hasOwn(endings, reason) ? (reason as EndedReason) : 'call-failed-unknown-error'
  return { by: endings[known], reason: known }
}
