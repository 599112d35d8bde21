import { largest } from '../../../domain/largest.js'
import type { JudgeControl as RawControl } from '../../../domain/generated/suite.js'
import { parseJson } from '../../../domain/json-value.js'
import type { Ending, Moment, Transcript } from '../../../domain/transcript.js'
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
  const { transcript } = raw
  if (transcript === undefined) return undefined
  const list = typeof transcript === 'string' ? undefined : transcript
  if (list && !isWhole(list)) return undefined
  const at = places.value(raw, 'transcript')
  const source = typeof transcript === 'string' ? readBeside(transcript, base, at, context) : undefined
  if (!list && !source) return undefined
  const run: unknown = source ? parseJson(source.text) : list
  const moments = momentsOf(run, (mistake, index) => {
    if (!source) problems.report('CONTROL_MESSAGE', { mistake }, index === undefined || !list ? at : places.value(list, index))
    else problems.report('CONTROL_FILE', { path: source.path, mistake, ...(index !== undefined && { message: index + 1 }) }, at)
  })
  if (!moments) return undefined
  const ending = endingOf(run, source?.path ?? '', raw, context)
  return ending && { moments, metadata: {}, ending: { atS: largest(moments.map(({ endS }) => endS)), ...ending } }
}

/** @param report  Called with each mistake and the index of its message, if it is in one. */
function momentsOf(value: unknown, report: (mistake: string, index?: number) => void): readonly Moment[] | undefined {
  const found = findMessages(value)
  if (!found) {
    report('There is no list of messages in it.')
    return undefined
  }
  const { moments, problems } = readMessages(found.messages)
  for (const { message, index } of problems) report(message, index)
  if (moments.length === 0 && problems.length === 0) report('Nobody says anything in it.')
  return moments.length === 0 || problems.length > 0 ? undefined : moments
}

/**
 * How the conversation ended, as the run in a file says, or the control: both may, as long as they agree.
 *
 * @param path  The file with the run.
 */
function endingOf(
  run: unknown,
  path: string,
  raw: Loose<RawControl>,
  { places, problems }: Context,
): (Pick<Ending, 'by' | 'reason'> & Partial<Ending>) | undefined {
  const { unknown, ...stated } = readEnding(run)
  const { ended_by: endedBy } = raw
  const { by = endedBy ?? 'caller', reason = reasonFor[by] } = stated
  const said = unknown ?? stated.reason
  if (stated.by === undefined && endedBy === undefined && said !== undefined) {
    problems.report('CONTROL_ENDING_UNKNOWN', { path, reason: said }, places.value(raw, 'transcript'))
    return undefined
  }
  if (endedBy !== undefined && by !== endedBy) {
    problems.report('CONTROL_ENDING', { path, by, endedBy }, places.value(raw, 'ended_by'))
    return undefined
  }
  return { ...stated, by, reason }
}
