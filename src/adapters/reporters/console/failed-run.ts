import type { EntrySummary } from '../../../domain/event.js'
import type { Outcome } from '../../../domain/outcome.js'
import { marks } from '../../../domain/case-status.js'
import type { Look } from '../look.js'
import type { PlannedRun } from '../planned-runs.js'
import { safeLine, shorten } from '../../../domain/safe-text.js'
import { seenText, shortfalls, type Shortfall } from '../../../domain/shortfall.js'
import { type TranscriptLine, transcriptLines } from '../transcript-lines.js'
import { wrapText } from '../wrapped-text.js'

/** The limits of a conversation. A longer one is shown around the first turn that went wrong. */
const mostLines = 30
const linesAround = 6
/** How many lines of that turn are shown: an agent can say anything in one. */
const mostMarked = 20
const longestText = 600

/** A failed run: its place in the suite, the failed checks, and the conversation with the turn marked. */
export function failedRunText({ run, entry, case: { scenario } }: PlannedRun, look: Look): string {
  const missed = shortfalls(run.outcome)
  return [
    `${look.red(look.bold(`${marks.failed} ${safeLine(run.run)}`))}  ${run.outcome.status}`,
    look.dim(`  ${safeLine(scenario.file)}:${scenario.line}`),
    ...run.earlier.map((attempt, i) => look.dim(`  attempt ${i + 1} of ${run.earlier.length + 1}: ${attempt.outcome.status}`)),
    ...missed.flatMap(shortfall => shortfallText(shortfall, look)),
    '',
    ...conversation(run.outcome, missed, entry.agent, look),
  ].join('\n')
}

/** @param mark  Before it, where others have one. */
export function shortfallText(shortfall: Shortfall, look: Look, mark = ''): string[] {
  const { what, turn, line } = shortfall
  const seen = seenText(shortfall)
  const place = [turn === undefined ? '' : `turn ${turn}`, line === undefined ? '' : `line ${line}`].filter(Boolean)
  const where = place.length === 0 ? '' : ` (${together(place.join(', '))})`
  return [
    look.red(apart(wrapText(`  ${mark}${shorten(safeLine(what), longestText)}${where}`, look.width, '    '))),
    ...(seen === '' ? [] : [wrapText(`    ${shorten(safeLine(seen), longestText)}`, look.width, '      ')]),
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

function conversation(outcome: Outcome, missed: readonly Shortfall[], agent: EntrySummary['agent'], look: Look): string[] {
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
    if (left > 0) shown.push(look.dim(`    ... ${left} more lines ...`))
    left = 0
    shown.push(transcriptText(line, isMarked(line), look))
  }
  return shown
}

/** A line of a conversation. @param most  How much of it is shown. */
export function transcriptText({ text }: TranscriptLine, isMarked: boolean, look: Look, most = longestText): string {
  const line = wrapText(`  ${isMarked ? '▶' : ' '} ${shorten(text, most)}`, look.width, ' '.repeat(12))
  return isMarked ? look.red(line) : line
}
