import type { Diagnostic } from '../domain/diagnostic.js'
import { safeColumns, safeLine } from '../domain/safe-text.js'
import { lineOf, locate } from '../domain/source.js'
import type { Position, SourceFile, Span } from '../domain/source.js'
import { count } from '../domain/count.js'
import { hideKeys } from './hide-keys.js'

/** More would flood the screen. */
const mostShown = 100
/** A line longer than this is cut around its mistake. */
const widestFrame = 160

/**
 * Formats diagnostics for people, by file and position, and then their count:
 *
 * ```
 * error AGENT_UNKNOWN: There is no agent "clinc".
 *   --> suites/clinic.yaml:12:12
 *    |
 * 12 |     agent: clinc
 *    |            ^^^^^ Did you mean "clinic"?
 * ```
 */
export function showDiagnostics(diagnostics: readonly Diagnostic[], { colour }: { readonly colour: boolean }): string {
  const paint = colour ? painted : plain
  const sorted = sortByPlace(diagnostics)
  const shown = sorted.slice(0, mostShown).map(diagnostic => showOne(diagnostic, paint))
  const left = sorted.length - shown.length
  return [...shown, ...(left > 0 ? [`and ${left} more`] : []), countThem(diagnostics)].join('\n\n')
}

/** Files in order of appearance; diagnostics without a place come first. */
function sortByPlace(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const order = new Map<SourceFile | undefined, number>([[undefined, 0]])
  for (const { at } of diagnostics) if (!order.has(at?.file)) order.set(at?.file, order.size)
  const rank = ({ at }: Diagnostic) => order.get(at?.file) ?? 0
  return diagnostics.toSorted((a, b) => rank(a) - rank(b) || (a.at?.start ?? 0) - (b.at?.start ?? 0))
}

type Paint = (what: 'error' | 'warning' | 'frame' | 'title', text: string) => string

const plain: Paint = (_what, text) => text

const painted: Paint = (what, text) => {
  const code = { error: '31', warning: '33', frame: '36', title: '1' }[what]
  return `\u001b[${code}m${text}\u001b[0m`
}

function showOne(diagnostic: Diagnostic, paint: Paint): string {
  const { severity, code, message, hint, at, related } = diagnostic
  const title = `${paint(severity, `${severity} ${code}`)}${paint('title', `: ${safeLine(message)}`)}`
  if (!at) return hint ? `${title}\n  ${safeLine(hint)}` : title
  const frames = [frame(at, hint ?? '', severity, paint), ...(related ? [frame(related.at, related.note, 'frame', paint)] : [])]
  return [title, ...frames].join('\n')
}

/** The first line of a span, with carets under it and secrets hidden. */
function frame({ file, start, end }: Span, note: string, tone: 'error' | 'warning' | 'frame', paint: Paint): string {
  const from = locate(file, start)
  const to = locate(file, end)
  const line = lineOf(hideKeys(file), from.line)
  const last = to.line === from.line ? to.column - 1 : line.trimEnd().length
  const { text, indent, length } = cut(line, from.column - 1, Math.max(last, from.column))
  const number = String(from.line)
  const gutter = ' '.repeat(number.length)
  const carets = paint(tone, `${'^'.repeat(length)}${note && ` ${safeLine(note)}`}`)
  return [
    `${gutter}${paint('frame', '-->')} ${where(file, from)}`,
    paint('frame', `${gutter} |`),
    `${paint('frame', `${number} |`)} ${text}`,
    `${paint('frame', `${gutter} |`)} ${indent}${carets}`,
  ].join('\n')
}

function where(file: SourceFile, { line, column }: Position): string {
  return `${safeLine(file.path)}:${line}:${column}`
}

/** Part of a line without characters that move the cursor, and the width on screen of the text before the carets. */
function cut(line: string, start: number, end: number): { text: string; indent: string; length: number } {
  const from = end <= widestFrame ? 0 : Math.max(0, start - 40)
  const cleaned = safeColumns(line.slice(from, from + widestFrame))
  const before = cleaned.slice(0, start - from)
  const lead = from > 0 ? '…' : ''
  const tail = line.length > from + widestFrame ? '…' : ''
  return {
    text: `${lead}${cleaned}${tail}`,
    indent: `${lead && ' '}${before.replaceAll(/[^\t]/g, ' ')}`,
    length: Math.max(1, Math.min(end, from + widestFrame) - start),
  }
}

function countThem(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length
  const warnings = diagnostics.length - errors
  const counts = [...(errors > 0 ? [count(errors, 'error')] : []), ...(warnings > 0 ? [count(warnings, 'warning')] : [])]
  return counts.join(', ')
}
