import { caseStatusOf, type CaseStatus } from '../../domain/case-status.js'
import { count } from '../../domain/count.js'
import type { CaseSummary } from '../../domain/event.js'
import { isAtHead, limitText } from '../../domain/limit.js'
import type { CaseReport, Cause, GateLine } from '../../domain/report.js'
import { safeLine, shorten } from '../../domain/safe-text.js'
import { shortfallLine } from '../../domain/shortfall.js'
import type { FinishedResult } from '../../ports/reporter.js'
import { annotatedCases, type CauseOfCase, type CasesOfCause } from './annotated-cases.js'

/** CI services show ten annotations of a kind and step, and drop the rest in silence. */
const mostOfKind = 10
const longestMessage = 500

/** What a CI service shows at a line of a file, or of no file. Its texts are safe to print, in one line each. */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice'
  readonly title: string
  readonly message: string
  readonly file?: string
  readonly line?: number
}

/**
 * The annotations of a result: one for each case of a cause, at the line of the suite that asks for the check. Errors come first from
 * cases that must pass, then from rules that no failed run explains, then from the rest; each cause is seen once before any is seen
 * twice. What the result is not, as a part of its suite or a merge, flaky cases and excepted ones are warnings; what is inconclusive is
 * a notice. Of each kind there are ten at most, the tenth of which says how many there are more.
 */
export async function* annotationsOf(result: FinishedResult): AsyncGenerator<Annotation> {
  const { started, report } = result
  const { causes = [], otherCauses = 0 } = report
  const cases = await annotatedCases(result, mostOfKind)
  const titled = titlesOf(result)
  const rules = report.gate.lines.filter(line => isUnexplained(line, causes))

  const critical = casesLines('error', cases.mustPass, 'failed', titled)
  const broken = rules.filter(({ verdict }) => verdict === 'not_met').map(line => ruleLine('error', line, started))
  const others = casesLines('error', cases.others, 'failed', titled)
  yield* atMost([...critical.lines, ...broken, ...others.lines], critical.more + others.more + otherCauses, started)

  const ofSuite = (text: string): Annotation => annotation('warning', { title: started.suite.name }, text)
  const heads = report.limits.filter(isAtHead).map(limit => ofSuite(limitText(limit)))
  const waived = casesLines('warning', cases.waived, 'failed', titled)
  yield* atMost([...heads, ...flakyCases(result, titled), ...waived.lines], waived.more, started)

  const unclear = rules.filter(({ verdict }) => verdict === 'could_not_tell').map(line => ruleLine('notice', line, started))
  const faults = [cases.mustPass, cases.others].map(each => casesLines('notice', each, 'could_not_tell', titled))
  const more = faults.reduce((sum, each) => sum + each.more, 0)
  yield* atMost([...unclear, ...faults.flatMap(({ lines }) => lines)], more, started)
}

/** The first case of each cause, the most frequent cause first, then the second of each, and so on; and how many there are besides. */
function casesLines(
  level: Annotation['level'],
  cases: ReadonlyMap<Cause, CasesOfCause>,
  status: CaseStatus,
  titled: Titled,
): { readonly lines: Annotation[]; readonly more: number } {
  const own = [...cases].filter(([{ kind }]) => caseStatusOf(kind) === status).toSorted(([a], [b]) => b.runs - a.runs)
  const inTurns = Array.from({ length: mostOfKind }, (_, i) => own.flatMap(([, { kept }]) => kept[i] ?? [])).flat()
  return { lines: inTurns.map(each => caseLine(level, each, titled)), more: own.reduce((sum, [, { more }]) => sum + more, 0) }
}

/** @param others  How many there are besides. */
function* atMost(all: readonly Annotation[], others: number, { suite }: FinishedResult['started']): Generator<Annotation> {
  const [first] = all
  if (!first) return
  const isTooMany = all.length + others > mostOfKind
  const shown = isTooMany ? all.slice(0, mostOfKind - 1) : all
  yield* shown
  if (isTooMany) {
    const more = all.length + others - shown.length
    yield annotation(first.level, { title: suite.name }, `and ${more} more: see the summary of the job`)
  }
}

/** Whether a rule is broken that the causes do not tell of: a bound on a metric, or too little evidence. */
function isUnexplained({ verdict, rule }: GateLine, causes: readonly Cause[]): boolean {
  if (verdict === 'met') return false
  const hasFailed = causes.some(({ kind }) => caseStatusOf(kind) === 'failed')
  return !hasFailed || !['pass_rate', 'each_scenario', 'all_of', 'must_pass', 'max_failures'].includes(rule)
}

/** A case's key, and how many of its runs passed: `smoke/greets 0/8`. */
type Titled = (own: CaseSummary) => string

function titlesOf({ report }: FinishedResult): Titled {
  const shares = new Map(report.entries.flatMap(entry => entry.cases).map(own => [own.index, shareOf(own)]))
  return ({ index, key }) => `${key} ${shares.get(index) ?? ''}`.trimEnd()
}

function shareOf({ totals, saved }: CaseReport): string {
  return `${totals.passed}/${totals.runs - saved}`
}

function caseLine(level: Annotation['level'], { case: own, shortfall, waivers }: CauseOfCase, titled: Titled): Annotation {
  const { file, line } = own.scenario
  const until = waivers?.map(({ issue, expires }) => `${issue}, until ${expires}`).join('; ')
  const excepted = until === undefined ? '' : `excepted (${until}): `
  return annotation(level, { file, line: shortfall.line ?? line, title: titled(own) }, `${excepted}${shortfallLine(shortfall)}`)
}

function flakyCases({ started, report }: FinishedResult, titled: Titled): Annotation[] {
  const flaky = new Map(report.entries.flatMap(entry => entry.cases).map(({ index, totals }) => [index, totals.flaky]))
  return started.plan.entries.flatMap(entry =>
    entry.cases.flatMap(own => {
      const runs = flaky.get(own.index) ?? 0
      const { file, line } = own.scenario
      return runs === 0
        ? []
        : [annotation('warning', { file, line, title: titled(own) }, `${count(runs, 'run')} passed only after a retry`)]
    }),
  )
}

function ruleLine(
  level: Annotation['level'],
  { scope, rule, measured, required, because }: GateLine,
  { suite }: FinishedResult['started'],
): Annotation {
  const why = because === undefined ? '' : `: ${because}`
  return annotation(level, { file: suite.file, title: `${scope} ${rule}` }, `${measured}, required ${required}${why}`)
}

function annotation(level: Annotation['level'], place: Omit<Annotation, 'level' | 'message'>, message: string): Annotation {
  const { title, file, ...line } = place
  return {
    level,
    title: safeLine(title),
    message: shorten(safeLine(message), longestMessage),
    ...(file !== undefined && { file: safeLine(file) }),
    ...line,
  }
}
