import { count } from '../../domain/count.js'
import type { GateLine, Report, Totals } from '../../domain/report.js'

/** The rule that a report gets whose journal contradicts itself. */
export const recountRule = 'recount'

/** Of which a count and what was recorded of it must be the same. Numbers beside the sentences may differ in their last digit. */
interface Recorded {
  readonly totals: Totals
  readonly lines: readonly Pick<GateLine, 'scope' | 'rule' | 'required' | 'measured' | 'verdict'>[]
  readonly cases: readonly { readonly key: string; readonly totals: Totals }[]
}

/**
 * What the last line of a journal says and its runs do not; `undefined` if they agree.
 *
 * @param recorded  As the last line has it.
 * @param counted  As the runs come to.
 */
export function contradictionIn(recorded: Report, counted: Report): string | undefined {
  if (recorded.gate.verdict !== counted.gate.verdict) {
    return `it says that the gate is ${recorded.gate.verdict}, and the runs make it ${counted.gate.verdict}`
  }
  if (recorded.waived?.verdict !== counted.waived?.verdict) return 'it says otherwise what the gate is with the waivers'
  const [said, made] = [factsOf(recorded), factsOf(counted)]
  if (!isSame(said.totals, made.totals)) return `it says ${sharesOf(said.totals)}, and the runs make it ${sharesOf(made.totals)}`
  const line = made.lines.find((each, i) => !isSame(each, said.lines[i]))
  if (line) return `it has another line for ${line.scope} ${line.rule}, which the runs make ${line.measured}`
  if (said.lines.length !== made.lines.length) return `it has ${count(said.lines.length, 'rule')}, and the suite ${made.lines.length}`
  const odd = made.cases.find((each, i) => !isSame(each, said.cases[i]))
  return odd && `it counts the runs of ${odd.key} otherwise`
}

/** A report whose journal contradicts itself: inconclusive, with a rule that says so. @param because  As half a sentence. */
export function contradicted(counted: Report, because: string): Report {
  const line: GateLine = {
    scope: 'suite',
    rule: recountRule,
    required: 'runs and last line of the journal agree',
    measured: 'they do not',
    verdict: 'could_not_tell',
    because: `the journal was changed after the result: ${because}`,
  }
  return { ...counted, gate: { verdict: 'could_not_tell', lines: [line, ...counted.gate.lines] } }
}

function factsOf({ totals, gate, entries }: Report): Recorded {
  const cases = entries.flatMap(entry => entry.cases.map(({ key, totals: own }) => ({ key, totals: own })))
  const lines = gate.lines.map(({ scope, rule, required, measured, verdict }) => ({ scope, rule, required, measured, verdict }))
  return { totals, lines, cases }
}

/** Whether two plain values have the same fields, in whatever order. */
function isSame(a: object, b: object | undefined): boolean {
  if (!b) return false
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))]
  return left.length === right.size && left.every(([key, value]) => isEqual(value, right.get(key)))
}

function isEqual(a: unknown, b: unknown): boolean {
  return typeof a === 'object' && a !== null && typeof b === 'object' && b !== null ? isSame(a, b) : a === b
}

function sharesOf({ passed, runs }: Totals): string {
  return `${passed} of ${count(runs, 'run')} passed`
}
