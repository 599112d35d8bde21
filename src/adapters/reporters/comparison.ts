import { type Change, changesIn, pText, sharesText } from '../../domain/comparison-changes.js'
import type { Comparison, DifferenceFinding } from '../../domain/comparison.js'
import { comparisonWarnings } from '../../domain/compared-limits.js'
import { unreachable } from '../../domain/unreachable.js'
import { count } from '../../domain/count.js'
import { marks } from '../../domain/case-status.js'
import { paintWith, type Paint } from './paint.js'
import { safeLine } from '../../domain/safe-text.js'
import { wrapText } from './wrapped-text.js'

const lineWidth = 80
/** Longer lists are cut, except for what got worse. */
const mostLines = 20

/**
 * A comparison for people, 80 columns wide: first what got worse, better or otherwise changed, then everything a
 * verdict leaves open.
 */
export function comparisonReport(comparison: Comparison, { colour }: { readonly colour: boolean }): string {
  const paint = paintWith(colour)
  const changes = changesIn(comparison)
  const of = (verdict: DifferenceFinding['verdict']): Change[] => changes.filter(({ finding }) => finding.verdict === verdict)
  const moved = of('unclear').filter(change => change.isMove)
  const notCompared = comparison.cases.filter(({ passRate }) => !passRate)
  const sections = [
    head(comparison, paint),
    ...changeSection('Worse', of('worse'), { mark: marks.failed, tone: paint.red }),
    ...changeSection('Better', of('better'), { mark: marks.passed, tone: paint.green }),
    ...changeSection('Changed, but no threshold says which direction is better', of('changed'), {
      mark: '~',
      tone: paint.yellow,
      most: mostLines,
    }),
    ...changeSection('Moved, but no more than chance could explain', moved, { mark: '·', tone: paint.dim, most: mostLines }),
    ...listSection(
      'Not compared: no run was counted',
      notCompared.map(({ key, base, new: now }) => `${key}  ${sharesText(base, now)}`),
      paint,
    ),
    ...listSection(
      'Flaky',
      comparison.flaky.map(({ key, base, new: now }) => `${key}  ${sharesText(base, now)}`),
      paint,
    ),
    ...listSection('Only in the new result', comparison.added, paint),
    ...listSection('Only in the base', comparison.gone, paint),
  ]
  return `${sections.join('\n\n')}\n\n${verdictText(comparison, of('worse').length, paint)}\n`
}

function head(comparison: Comparison, paint: Paint): string {
  const { base, new: now, tests, alpha, tooFewRuns } = comparison
  const sameCalls = now.rescoredFrom === base.result || base.rescoredFrom === now.result
  const lines = [
    `${paint.bold('Base')}  ${safeLine(`${base.suite}  ${base.place}  ${base.agents}`)}`,
    `${paint.bold('New')}   ${safeLine(`${now.suite}  ${now.place}  ${now.agents}`)}`,
    paint.dim(`${count(tests, 'test')}; at most ${percent(alpha)} chance of any false alarm (Holm)`),
    ...(tooFewRuns.length === 0
      ? []
      : [
          paint.yellow(
            `${count(tooFewRuns.length, 'case')} with too few runs: even a change from always passing to never passing would be unclear.`,
          ),
        ]),
    ...comparisonWarnings(comparison).map(text => paint.yellow(safeLine(text))),
    ...(base.suite === now.suite ? [] : [paint.yellow('The results are of different suites, so cases are matched only by their keys.')]),
    ...(sameCalls
      ? [paint.yellow('One result was rescored from the other: the conversations are the same, so no difference is due to chance.')]
      : []),
  ]
  return lines.map(line => wrapText(line, lineWidth, '')).join('\n')
}

interface ChangeStyle {
  readonly mark: string
  readonly tone: (text: string) => string
  /** The list is cut after so many. */
  readonly most?: number
}

function changeSection(title: string, changes: readonly Change[], { mark, tone, most = Infinity }: ChangeStyle): string[] {
  if (changes.length === 0) return []
  const more = changes.length - most
  const lines = changes
    .slice(0, most)
    .map(({ about, what, finding }) =>
      tone(wrapText(`  ${mark} ${safeLine(about)}\n      ${safeLine(what)}, ${pText(finding)}`, lineWidth, '      ')),
    )
  return [[title, ...lines, ...(more > 0 ? [tone(`    and ${more} more`)] : [])].join('\n')]
}

function listSection(title: string, items: readonly string[], paint: Paint): string[] {
  if (items.length === 0) return []
  const more = items.length - mostLines
  const lines = items.slice(0, mostLines).map(item => paint.dim(wrapText(`  - ${safeLine(item)}`, lineWidth, '      ')))
  return [[title, ...lines, ...(more > 0 ? [paint.dim(`    and ${more} more`)] : [])].join('\n')]
}

function verdictText({ verdict, cases, alpha }: Comparison, worse: number, paint: Paint): string {
  const compared = cases.filter(({ passRate }) => passRate).length
  switch (verdict) {
    case 'regressed':
      return paint.bold(
        paint.red(`REGRESSED: ${count(worse, 'difference')} for the worse in ${count(compared, 'case')}, at alpha ${alpha}`),
      )
    case 'no_regression':
      return paint.bold(paint.green(`NO REGRESSION found in ${count(compared, 'case')}, at alpha ${alpha}`))
    case 'nothing_compared':
      return paint.bold(paint.yellow('INCONCLUSIVE: no case has counted runs in both results'))
    default:
      return unreachable(verdict)
  }
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(3))} %`
}
