import { excerpt } from '../../../domain/excerpt.js'
import { largest } from '../../../domain/largest.js'
import type { JudgeControl as RawControl } from '../../../domain/generated/suite.js'
import { parseJson } from '../../../domain/json-value.js'
import { quote } from '../../../domain/message-words.js'
import type { Ending, Transcript } from '../../../domain/transcript.js'
import { readEnding, reasonFor } from '../../../domain/wire/ending.js'
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
  endedBy: Ending['by'] | undefined,
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
  const ending = endingOf(value, endedBy, report)
  return ending && { moments, metadata: {}, ending: { atS: largest(moments.map(({ endS }) => endS)), ...ending } }
}

/** How the call ended, as the run in a file says, or the control: both may, as long as they agree. */
function endingOf(
  value: unknown,
  endedBy: Ending['by'] | undefined,
  report: (mistake: string) => void,
): Pick<Ending, 'by' | 'reason'> | undefined {
  const { unknown, ...stated } = readEnding(value)
  const { by = endedBy ?? 'caller', reason = reasonFor[by] } = stated
  if (stated.by === undefined && endedBy === undefined && (unknown !== undefined || stated.reason !== undefined)) {
    report(`Its ended_reason, ${quote(excerpt(unknown ?? reason, 60))}, does not tell who ended the conversation: add ended_by.`)
    return undefined
  }
  if (endedBy !== undefined && by !== endedBy) {
    report(`It says that the conversation was ended by ${by}, but ended_by is ${endedBy}. Remove ended_by, or change it.`)
    return undefined
  }
  return { ...stated, by, reason }
}
