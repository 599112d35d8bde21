import type { ChoiceComparison, Comparison, DifferenceFinding, MetricComparison, PassCounts } from './comparison.js'

/** One tested difference. */
export interface Change {
  /** The case or entry it concerns. */
  readonly about: string
  readonly what: string
  readonly finding: DifferenceFinding
  /** Whether there is a difference at all. */
  readonly isMove: boolean
}

/** All tested differences, in the order of the comparison. */
export function changesIn({ cases, entries }: Comparison): Change[] {
  return [
    ...cases.flatMap(({ key, base, new: now, passRate, metrics, choices }) => [
      ...(passRate ? [{ about: key, what: `pass rate ${sharesText(base, now)}`, finding: passRate, isMove: differs(base, now) }] : []),
      ...changesOf(key, metrics),
      ...changesOfChoices(key, choices),
    ]),
    ...entries.flatMap(({ entry, others, metrics, choices }) => [
      ...(others
        ? [
            {
              about: `${entry}, the other ${others.cases} cases together`,
              what: `pass rate ${sharesText(others.base, others.new)}`,
              finding: others.passRate,
              isMove: differs(others.base, others.new),
            },
          ]
        : []),
      ...changesOf(`${entry}, all cases together`, metrics),
      ...changesOfChoices(`${entry}, all cases together`, choices),
    ]),
  ]
}

function* changesOf(about: string, metrics: readonly MetricComparison[]): Generator<Change> {
  for (const metric of metrics) {
    const { base, new: now, difference, interval, finding } = metric
    const range = interval ? ` (${signed(interval.lower)} to ${signed(interval.upper)})` : ''
    const what = `${metric.metric} ${figure(base.mean)} -> ${figure(now.mean)}, ${signed(difference)}${range}`
    yield { about, what, finding, isMove: difference !== 0 }
  }
}

function* changesOfChoices(about: string, choices: readonly ChoiceComparison[]): Generator<Change> {
  for (const { metric, base, new: now, finding } of choices) {
    const values = Object.keys(base).map(value => `${value} ${base[value] ?? 0} -> ${now[value] ?? 0}`)
    yield { about, what: `${metric} ${values.join(', ')}`, finding, isMove: isSpreadOtherwise(base, now) }
  }
}

function isSpreadOtherwise(base: ChoiceComparison['base'], now: ChoiceComparison['new']): boolean {
  const [before, after] = [totalOf(base), totalOf(now)]
  return Object.keys(base).some(value => (base[value] ?? 0) * after !== (now[value] ?? 0) * before)
}

function totalOf(counts: ChoiceComparison['base']): number {
  return Object.values(counts).reduce((sum, many) => sum + many, 0)
}

function differs(base: PassCounts, now: PassCounts): boolean {
  return base.passed * now.counted !== now.passed * base.counted
}

/** `8/8 -> 6/8` */
export function sharesText(base: PassCounts | undefined, now: PassCounts | undefined): string {
  return `${shareText(base)} -> ${shareText(now)}`
}

function shareText(share: PassCounts | undefined): string {
  if (!share) return 'absent'
  return share.counted === 0 ? 'none counted' : `${share.passed}/${share.counted}`
}

/** `p 0.0002, corrected 0.0005` */
export function pText({ p, corrected }: DifferenceFinding): string {
  return `p ${pFigure(p)}, corrected ${pFigure(corrected)}`
}

/** A probability, in as many digits as say something. */
export function pFigure(p: number): string {
  return p < 0.0001 ? '< 0.0001' : p.toFixed(p < 0.1 ? 4 : 2)
}

function signed(value: number): string {
  return `${value > 0 ? '+' : ''}${figure(value)}`
}

function figure(value: number): string {
  return String(Number(value.toFixed(Math.abs(value) < 10 ? 3 : 1)))
}
