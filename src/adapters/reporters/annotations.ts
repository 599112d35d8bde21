import { count } from '../../domain/count.js'
import { isAtHead, limitText } from '../../domain/limit.js'
import type { Cause, GateLine } from '../../domain/report.js'
import { safeLine, shorten } from '../../domain/safe-text.js'
import { shortfallLine } from '../../domain/shortfall.js'
import type { FinishedResult } from '../../ports/reporter.js'
import { caseStatusOf } from '../../domain/case-status.js'

/** CI services show ten annotations of a kind and step, and drop the rest in silence. */
const mostErrors = 10
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
 * The annotations of a result: one a cause, at the line of the suite that asks for the check. Errors come first from what must pass,
 * then from rules that no failed run explains, then by number of runs; the tenth says how many there are more. What the result
 * is not, as a part of its suite or a merge, and flaky runs are warnings; inconclusive runs are notices.
 */
export function* annotationsOf({ started, report }: Pick<FinishedResult, 'started' | 'report'>): Generator<Annotation> {
  const { causes = [], otherCauses = 0, totals } = report
  const failed = causes.filter(({ kind }) => caseStatusOf(kind) === 'failed')
  const rules = report.gate.lines.filter(line => isUnexplained(line, failed))
  const errors = [
    ...failed.filter(({ mustPass }) => mustPass).map(cause => causeLine('error', cause)),
    ...rules.filter(({ verdict }) => verdict === 'not_met').map(line => ruleLine('error', line, started)),
    ...failed.filter(({ mustPass }) => !mustPass).map(cause => causeLine('error', cause)),
  ]
  const isTooMany = errors.length + otherCauses > mostErrors
  yield* isTooMany ? errors.slice(0, mostErrors - 1) : errors
  if (isTooMany) {
    const more = errors.length + otherCauses - mostErrors + 1
    yield annotation('error', { title: started.suite.name }, `and ${more} more: see the summary of the job`)
  }
  for (const limit of report.limits.filter(isAtHead)) yield annotation('warning', { title: started.suite.name }, limitText(limit))
  if (totals.flaky > 0) {
    yield annotation('warning', { title: started.suite.name }, `${count(totals.flaky, 'run')} passed only after a retry`)
  }
  for (const line of rules.filter(({ verdict }) => verdict === 'could_not_tell')) yield ruleLine('notice', line, started)
  const inconclusive = causes.filter(({ kind }) => caseStatusOf(kind) === 'could_not_tell')
  for (const cause of inconclusive.slice(0, mostErrors)) yield causeLine('notice', cause)
}

/** Whether a rule is broken that the causes do not tell of: a bound on a metric, or too little evidence. */
function isUnexplained({ verdict, rule }: GateLine, failed: readonly Cause[]): boolean {
  if (verdict === 'met') return false
  return failed.length === 0 || !['pass_rate', 'each_scenario', 'all_of', 'must_pass', 'max_failures'].includes(rule)
}

function causeLine(level: Annotation['level'], { runs, cases, check, example }: Cause): Annotation {
  const place = { file: example.file, line: example.line, title: example.run.replace(/#\d+$/, '') }
  return annotation(level, place, `${count(runs, 'run')} of ${count(cases, 'case')}: ${shortfallLine({ what: check, ...example })}`)
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
