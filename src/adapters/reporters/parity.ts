import { marks } from '../../domain/case-status.js'
import type { ComparedResult } from '../../domain/comparison.js'
import { count } from '../../domain/count.js'
import { type CaseParity, type CaseSide, type Parity, type Sameness, parityVerdict, samenessOf } from '../../domain/parity.js'
import { safeLine, shorten } from '../../domain/safe-text.js'
import { paintWith, type Paint } from './paint.js'
import { wrapText } from './wrapped-text.js'

const lineWidth = 80
const longestReason = 300
const mostReasons = 3

const signs: Readonly<Record<Sameness, string>> = { same: '=', different: '≠', unknown: '!' }

/** Two results side by side for people: a line a case, and below those that differ, why. */
export function parityReport(parity: Parity, { colour }: { readonly colour: boolean }): string {
  const paint = paintWith(colour)
  const { base, new: now, cases } = parity
  const keys = cases.map(({ key }) => safeLine(key))
  const width = keys.reduce((most, { length }) => Math.max(most, length), 0)
  const shares = cases.map(each => shareOf(each.base))
  const shareWidth = shares.reduce((most, { length }) => Math.max(most, length), 'base'.length)
  const lines = cases.map((each, i) => {
    const line = `  ${signs[samenessOf(each)]} ${keys[i]?.padEnd(width)}  ${shares[i]?.padEnd(shareWidth)}  ${shareOf(each.new)}`
    return [toneOf(samenessOf(each), paint)(line), ...reasonLines(each)].join('\n')
  })
  const head = `${' '.repeat(width + 4)}  ${'base'.padEnd(shareWidth)}  new`
  return `${[names(base, now, paint), [paint.dim(head), ...lines].join('\n'), verdictText(parity, paint)].join('\n\n')}\n`
}

function names(base: ComparedResult, now: ComparedResult, paint: Paint): string {
  const line = (title: string, { suite, place, agents }: ComparedResult): string =>
    wrapText(`${paint.bold(title)}${safeLine(`${suite}  ${place}  ${agents}`)}`, lineWidth, '')
  return `${line('Base  ', base)}\n${line('New   ', now)}`
}

/** `✓ 1/1` */
function shareOf(side: CaseSide | undefined): string {
  return side ? `${marks[side.status]} ${side.passed}/${side.runs}` : 'not there'
}

function reasonLines(each: CaseParity): string[] {
  if (samenessOf(each) === 'same') return []
  return [...sideReasons('base', each.base), ...sideReasons('new', each.new)]
}

function sideReasons(title: string, side: CaseSide | undefined): string[] {
  const { reasons } = side ?? { reasons: [] }
  const more = reasons.length - mostReasons
  return [
    ...reasons
      .slice(0, mostReasons)
      .map(reason => wrapText(`      ${title}: ${safeLine(shorten(reason, longestReason))}`, lineWidth, '        ')),
    ...(more > 0 ? [`      ${title}: and ${more} more`] : []),
  ]
}

function toneOf(sameness: Sameness, paint: Paint): (text: string) => string {
  if (sameness === 'same') return text => text
  return sameness === 'different' ? paint.red : paint.yellow
}

function verdictText(parity: Parity, paint: Paint): string {
  const { cases } = parity
  const of = (sameness: Sameness): number => cases.filter(each => samenessOf(each) === sameness).length
  switch (parityVerdict(parity)) {
    case 'same':
      return paint.bold(paint.green(`SAME: ${count(cases.length, 'case')} came out the same in both results`))
    case 'different':
      return paint.bold(paint.red(`DIFFERENT: ${of('different')} of ${count(cases.length, 'case')} came out differently`))
    default:
      return paint.bold(paint.yellow(`INCONCLUSIVE: ${of('unknown')} of ${count(cases.length, 'case')} cannot be told`))
  }
}
