import type { SourceFile } from '../../domain/source.js'
import type { Moment, Transcript } from '../../domain/transcript.js'
import { unreachable } from '../../domain/unreachable.js'
import { toolLine } from './quote.js'

/** A longer message or tool result is shown without its middle. */
const longestText = 8000
/** A longer conversation is shown without its middle: some 30,000 tokens, which most models take. */
const longestTranscript = 120_000

/** A conversation as a judge is shown it. */
export interface Shown {
  readonly text: string
  /** Whether nothing was left out. What was cannot be judged: that something is missing, or never happened, cannot be told. */
  readonly isWhole: boolean
}

/**
 * A conversation as data: between two tags, a JSON object on each line. The text of a line cannot leave it: JSON escapes
 * quotes and line breaks, and no `<` or `>` is left that could make a tag.
 */
export function showTranscript({ moments, ending }: Transcript): Shown {
  const shown = moments.map(showMoment)
  const lines = shown.map(({ line }) => line)
  const [from, to] = middleToLeaveOut(lines)
  const isCut = to > from
  const left = isCut ? [jsonLine({ left_out: `turns ${moments[from]?.turn} to ${moments[to - 1]?.turn}, for their length` })] : []
  const end = jsonLine({ ended_by: ending.by, reason: ending.reason })
  return {
    text: fenced('transcript', [...lines.slice(0, from), ...left, ...lines.slice(to), end]),
    isWhole: !isCut && shown.every(({ isWhole }) => isWhole),
  }
}

/** The files that an agent's statements are held against, as data; by their names alone, as a suite may lie anywhere. */
export function showKnowledge(files: readonly SourceFile[]): string {
  return fenced(
    'knowledge',
    files.map(({ path, text }) => jsonLine({ file: path.split(/[/\\]/).at(-1), text })),
  )
}

function showMoment(moment: Moment): { readonly line: string; readonly isWhole: boolean } {
  const text = textOf(moment)
  const isWhole = text.length <= longestText
  const half = longestText / 2
  const cut = isWhole ? text : `${text.slice(0, half)} [... ${text.length - longestText} characters left out ...] ${text.slice(-half)}`
  return { line: jsonLine({ turn: moment.turn, [labelOf(moment)]: cut }), isWhole }
}

function textOf(moment: Moment): string {
  switch (moment.type) {
    case 'said':
      return moment.text
    case 'dtmf':
      return moment.digits
    case 'tool_called':
      return toolLine(moment.name, moment.arguments)
    case 'tool_returned':
      return toolLine(moment.name, moment.result)
    default:
      return unreachable(moment)
  }
}

function labelOf(moment: Moment): string {
  switch (moment.type) {
    case 'said':
      return moment.by
    case 'dtmf':
      return 'caller_keyed'
    case 'tool_called':
      return 'agent_called_tool'
    case 'tool_returned':
      return 'tool_returned'
    default:
      return unreachable(moment)
  }
}

/** Which lines to leave out so that the rest is short enough: from, and up to but without. */
function middleToLeaveOut(lines: readonly string[]): [from: number, to: number] {
  let length = lines.reduce((sum, line) => sum + line.length + 1, 0)
  if (length <= longestTranscript) return [0, 0]
  let from = 0
  for (let kept = 0; kept + (lines[from]?.length ?? 0) < longestTranscript / 2; from += 1) kept += lines[from]!.length + 1
  let to = from
  while (to < lines.length && length > longestTranscript) {
    length -= lines[to]!.length + 1
    to += 1
  }
  return [from, to]
}

function fenced(tag: string, lines: readonly string[]): string {
  return [`<${tag}>`, ...lines, `</${tag}>`].join('\n')
}

function jsonLine(value: object): string {
  return JSON.stringify(value).replaceAll('<', '‹').replaceAll('>', '›').replaceAll(lineBreaks, ' ')
}

/** Those that JSON leaves as they are. */
const lineBreaks = /[\u0085\u2028\u2029]/g
