import type { Attempt } from '../../domain/event.js'
import { identityText } from '../../domain/identity.js'
import type { Outcome } from '../../domain/outcome.js'
import { safeLine, shorten } from '../../domain/safe-text.js'
import { shortfalls, type Shortfall } from '../../domain/shortfall.js'
import type { Check, MetricScore, Verdict } from '../../domain/verdict.js'
import { caseStatusOf, marks } from '../../domain/case-status.js'
import { shortfallText, transcriptText } from './console/failed-run.js'
import { durationText } from '../../domain/duration.js'
import { dialogueLines } from './dialogue-lines.js'
import type { Look } from './look.js'
import { colourOf } from './status-colour.js'
import type { PlannedRun } from './planned-runs.js'
import { transcriptLines } from './transcript-lines.js'
import { wrapText } from './wrapped-text.js'

/** A text in a result may be a megabyte: a terminal shows so much of each. */
const longestText = 20_000

/**
 * All that is known of one attempt of a run, passed or not: each check, each metric, and the whole conversation, with the turns marked
 * that show what is wrong.
 *
 * @param attempt  From 1. Default: the last.
 */
export function wholeRunText({ run, entry, case: { scenario } }: PlannedRun, look: Look, attempt = run.earlier.length + 1): string {
  const { outcome, durationMs } = attemptsOf(run)[attempt - 1] ?? run
  const status = caseStatusOf(outcome.status)
  const { key, identity, channel } = entry.agent
  const missed = shortfalls(outcome)
  const took = outcome.status === 'not_run' ? '' : ` in ${durationText(durationMs)}`
  return [
    `${colourOf(status, look)(look.bold(`${marks[status]} ${safeLine(run.run)}`))}  ${outcome.status}${took}`,
    look.dim(`  ${safeLine(scenario.file)}:${scenario.line}`),
    look.dim(`  ${safeLine(`${identityText(key, identity)} over ${channel}`)}`),
    ...(run.earlier.length > 0 ? [look.dim(`  attempt ${attempt} of ${run.earlier.length + 1}`)] : []),
    ...('verdict' in outcome ? verdictLines(outcome.verdict, look) : missed.flatMap(each => shortfallText(each, look))),
    ...conversation(outcome, missed, entry.agent, look),
    ...callLines(outcome, look),
    '',
  ].join('\n')
}

/** The conversation of a run alone, without anything that says how it was scored. */
export function conversationText({ run: { outcome }, entry }: PlannedRun, look: Look): string {
  return conversation(outcome, [], entry.agent, look).join('\n')
}

/** All attempts of a run, oldest first. */
export function attemptsOf({ earlier, ...last }: PlannedRun['run']): readonly Pick<Attempt, 'outcome' | 'durationMs'>[] {
  return [...earlier, last]
}

function verdictLines({ checks, metrics }: Verdict, look: Look): string[] {
  return [
    ...checks.flatMap(check => checkLines(check, look)),
    ...(metrics.length > 0 ? ['', ...metrics.map(metric => metricLine(metric, look))] : []),
  ]
}

function checkLines({ assertion, holds, because, ...place }: Check, look: Look): string[] {
  if (holds !== 'yes') return shortfallText({ what: assertion, seen: because, ...place }, look, `${checkMarks[holds]} `)
  return [wrapText(`  ${checkMarks.yes} ${shorten(safeLine(assertion), longestText)}`, look.width, '      ')]
}

const checkMarks = { yes: marks.passed, no: marks.failed, unknown: marks.could_not_tell }

function metricLine({ metric, value, applies, because, explanation }: MetricScore, look: Look): string {
  const shown = typeof value === 'number' ? String(Number(value.toFixed(Math.abs(value) < 10 ? 2 : 1))) : String(value ?? 'no value')
  const why = applies === false ? 'does not apply' : (explanation ?? because ?? '')
  return wrapText(
    `  ${safeLine(metric)}: ${safeLine(shown)}${why === '' ? '' : `, ${shorten(safeLine(why), longestText)}`}`,
    look.width,
    '      ',
  )
}

/** The SIP messages of a telephone call. */
function callLines(outcome: Outcome, look: Look): string[] {
  const [title, ...lines] = 'transcript' in outcome ? dialogueLines(outcome.transcript, longestText) : []
  return title === undefined ? [] : ['', `  ${title}`, ...lines.map(line => look.dim(`  ${line}`.trimEnd()))]
}

function conversation(outcome: Outcome, missed: readonly Shortfall[], agent: PlannedRun['entry']['agent'], look: Look): string[] {
  if (!('transcript' in outcome)) return []
  const wrong = new Set(missed.map(({ turn }) => turn))
  return [
    '',
    ...transcriptLines(outcome.transcript, agent).map(line =>
      transcriptText(line, line.turn !== undefined && wrong.has(line.turn), look, longestText),
    ),
  ]
}
