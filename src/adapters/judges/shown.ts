import type { SourceFile } from '../../domain/source.js'
import type { Moment, Transcript } from '../../domain/transcript.js'
import { unreachable } from '../../domain/unreachable.js'
import { toolLine } from './quote.js'

/** In characters. The middle of a longer message or tool result is left out. */
const longestText = 8000
/** In characters, about 30,000 tokens, which most models accept. The middle of a longer conversation is left out. */
const longestTranscript = 120_000

/** A conversation in the form a judge sees. */
export interface Shown {
  readonly text: string
  /** Whether the text is complete. If not, nobody can judge that something is missing or never happened. */
  readonly isWhole: boolean
}

/**
 * A conversation as data: one JSON object per line, between two tags. Its text cannot leave the line, because JSON
 * escapes quotes and line breaks, and every `<` and `>` that could form a tag is escaped.
 */
export function showTranscript({ moments, ending }: Transcript): Shown {
  const known = latest.get(moments)
  if (known?.ending === ending) return known.shown
  const shown = showAnew({ moments, ending })
  latest.set(moments, { ending, shown })
  return shown
}

/** The audit of the caller and the judge are shown the same conversation. */
const latest = new WeakMap<readonly Moment[], { readonly ending: Transcript['ending']; readonly shown: Shown }>()

function showAnew({ moments, ending }: Pick<Transcript, 'moments' | 'ending'>): Shown {
  const heard = moments.filter(moment => moment.type !== 'thought')
  const shown = heard.map(showMoment)
  const lines = shown.map(({ line }) => line)
  const [from, to] = middleToLeaveOut(lines)
  const isCut = to > from
  const left = isCut ? [jsonLine({ left_out: `turns ${heard[from]?.turn} to ${heard[to - 1]?.turn}, for their length` })] : []
  const end = jsonLine({ ended_by: ending.by, ...(ending.cutOff && { cut_off: ending.cutOff }) })
  return {
    text: fenced('transcript', [...lines.slice(0, from), ...left, ...lines.slice(to), end]),
    isWhole: !isCut && shown.every(({ isWhole }) => isWhole),
  }
}

/** The knowledge files for the judge, as data. Only file names are shown, because a suite can be in any folder. */
export function showKnowledge(files: readonly SourceFile[]): string {
  return fenced(
    'knowledge',
    files.map(({ path, text }) => jsonLine({ file: path.split(/[/\\]/).at(-1), text })),
  )
}

/** Nobody heard what a model thought. */
type ShownMoment = Exclude<Moment, { type: 'thought' }>

function showMoment(moment: ShownMoment): { readonly line: string; readonly isWhole: boolean } {
  const text = textOf(moment)
  const isWhole = text.length <= longestText
  const half = longestText / 2
  const cut = isWhole ? text : `${text.slice(0, half)} [... ${text.length - longestText} characters left out ...] ${text.slice(-half)}`
  return { line: jsonLine({ turn: moment.turn, [labelOf(moment)]: cut }), isWhole }
}

function textOf(moment: ShownMoment): string {
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

function labelOf(moment: ShownMoment): string {
  switch (moment.type) {
    case 'said':
      return moment.by
    case 'dtmf':
      return `${moment.by}_keyed`
    case 'tool_called':
      return 'agent_called_tool'
    case 'tool_returned':
      return 'tool_returned'
    default:
      return unreachable(moment)
  }
}

/** The lines to leave out so that the rest is short enough: from the first, up to but not including the second. */
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

/** Line breaks that JSON does not escape. */
const lineBreaks = /[\u0085\u2028\u2029]/g
