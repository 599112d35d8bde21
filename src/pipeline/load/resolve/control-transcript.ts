import { largest } from '../../../domain/largest.js'
import type { JudgeControl as RawControl } from '../../../domain/generated/suite.js'
import { parseJson } from '../../../domain/json-value.js'
import type { Ending, Transcript } from '../../../domain/transcript.js'
import { findMessages } from '../../../domain/wire/find-messages.js'
import { readMessages } from '../../../domain/wire/read-messages.js'
import type { Context } from '../context.js'
import { isWhole } from '../loose.js'
import type { Loose } from '../loose.js'
import { readBeside } from '../read/read-beside.js'

/**
 * The transcript of a judge control: its messages, or those of the JSON file that it names. Every word of it must be
 * understood, so whatever the reader cannot use is a mistake.
 *
 * @param base  The folder of the suite file.
 * @returns `undefined` if there was a mistake.
 */
export function readControlTranscript(raw: Loose<RawControl>, base: string, context: Context): Transcript | undefined {
  const { places, problems } = context
  const { transcript, ended_by: endedBy } = raw
  if (transcript === undefined) return undefined
  if (typeof transcript !== 'string') {
    if (!isWhole(transcript)) return undefined
    return transcriptOf(transcript, endedBy, (mistake, index) => {
      const at = index === undefined ? places.whole(transcript) : places.value(transcript, index)
      problems.report('CONTROL_MESSAGE', { mistake }, at)
    })
  }
  const at = places.value(raw, 'transcript')
  const source = readBeside(transcript, base, at, context)
  if (!source) return undefined
  return transcriptOf(parseJson(source.text), endedBy, (mistake, index) => {
    problems.report('CONTROL_FILE', { path: source.path, mistake, ...(index !== undefined && { message: index + 1 }) }, at)
  })
}

/** @param report  Called with each mistake and the index of its message, if it is in one. */
function transcriptOf(
  value: unknown,
  endedBy: Ending['by'] = 'caller',
  report: (mistake: string, index?: number) => void,
): Transcript | undefined {
  const found = findMessages(value)
  if (!found) {
    report('There is no list of messages in it.')
    return undefined
  }
  const { moments, problems } = readMessages(found.messages)
  for (const { message, index } of problems) report(message, index)
  if (moments.length === 0 && problems.length === 0) report('Nobody says anything in it.')
  if (moments.length === 0 || problems.length > 0) return undefined
  const atS = largest(moments.map(({ endS }) => endS))
  return { moments, metadata: {}, ending: { by: endedBy, reason: reasons[endedBy], atS } }
}

const reasons = {
  agent: 'Main agent-ended-call-after-message-spoken',
  caller: 'Testing agent-ended-call',
  limit: 'exceeded-max-turns',
} as const satisfies Record<Ending['by'], Ending['reason']>
