import type { EntrySummary } from '../../../domain/event.js'
import type { Outcome } from '../../../domain/outcome.js'
import { marks } from '../marks.js'
import type { Paint } from '../paint.js'
import type { PlannedRun } from '../planned-runs.js'
import { safeLine, shorten } from '../../../domain/safe-text.js'
import { seenText, shortfalls, type Shortfall } from '../../../domain/shortfall.js'
import { type TranscriptLine, transcriptLines } from '../transcript-lines.js'
import { wrapText } from '../wrapped-text.js'

const lineWidth = 80
/** The limits of a conversation. A longer one is shown around the first turn that went wrong. */
const mostLines = 30
const linesAround = 6
/** How many lines of that turn are shown: an agent can say anything in one. */
const mostMarked = 20
const longestText = 600

/** A failed run: its place in the suite, the failed checks, and the conversation with the turn marked. */
export function failedRunText({ run, entry, case: { scenario } }: PlannedRun, paint: Paint): string {
  const missed = shortfalls(run.outcome)
  return [
    `${paint.red(paint.bold(`${marks.failed} ${safeLine(run.run)}`))}  ${run.outcome.status}`,
    paint.dim(`  ${safeLine(scenario.file)}:${scenario.line}`),
    ...run.earlier.map((attempt, i) => paint.dim(`  attempt ${i + 1} of ${run.earlier.length + 1}: ${attempt.outcome.status}`)),
    ...missed.flatMap(shortfall => shortfallText(shortfall, paint)),
    '',
    ...conversation(run.outcome, missed, entry.agent, paint),
  ].join('\n')
}

function shortfallText(shortfall: Shortfall, paint: Paint): string[] {
  const { what, turn, line } = shortfall
  const seen = seenText(shortfall)
  const place = [turn === undefined ? '' : `turn ${turn}`, line === undefined ? '' : `line ${line}`].filter(Boolean)
  const where = place.length === 0 ? '' : ` (${together(place.join(', '))})`
  return [
    paint.red(apart(wrapText(`  ${shorten(safeLine(what), longestText)}${where}`, lineWidth, '    '))),
    ...(seen === '' ? [] : [wrapText(`    ${shorten(safeLine(seen), longestText)}`, lineWidth, '      ')]),
  ]
}

/** Keeps words on one line: their spaces are replaced until the text is broken into lines. */
function together(words: string): string {
  return words.replaceAll(' ', unbroken)
}

function apart(text: string): string {
  return text.replaceAll(unbroken, ' ')
}

const unbroken = '\u00a0'

function conversation(outcome: Outcome, missed: readonly Shortfall[], agent: EntrySummary['agent'], paint: Paint): string[] {
  if (!('transcript' in outcome)) return []
  const firstWrong = missed.reduce((first, { turn = Infinity }) => Math.min(first, turn), Infinity)
  const lines = transcriptLines(outcome.transcript, agent)
  const isMarked = ({ turn }: TranscriptLine) => turn === firstWrong
  const firstMarked = lines.findIndex(isMarked)
  const lastMarked = Math.min(lines.findLastIndex(isMarked), firstMarked + mostMarked - 1)
  const isShown = (i: number) =>
    lines.length <= mostLines ||
    i < 2 ||
    i >= lines.length - 2 ||
    (firstMarked !== -1 && i >= firstMarked - linesAround && i <= lastMarked + linesAround)

  const shown: string[] = []
  let left = 0
  for (const [i, line] of lines.entries()) {
    if (!isShown(i)) {
      left += 1
      continue
    }
    if (left > 0) shown.push(paint.dim(`    ... ${left} more lines ...`))
    left = 0
    shown.push(transcriptText(line, isMarked(line), paint))
  }
  return shown
}

function transcriptText({ text }: TranscriptLine, isMarked: boolean, paint: Paint): string {
  const line = wrapText(`  ${isMarked ? '▶' : ' '} ${shorten(text, longestText)}`, lineWidth, ' '.repeat(12))
  return isMarked ? paint.red(line) : line
}
