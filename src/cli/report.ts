import { shownSignatures } from '../app/attest/shown-signatures.js'
import { agreementWithGate } from '../app/review/bound-reviews.js'
import { agreementAt, readReviews } from '../app/review/reviews.js'
import { comparedWith } from '../app/compare-results.js'
import { lineOfResult, pastOf } from '../app/history/history-of-result.js'
import { defaultAdapters } from '../app/registry.js'
import { ownHistory } from '../app/result-place.js'
import { writePdf, type WantedPdf } from '../app/write-pdf.js'
import { makeReports, toFile, withPast, type WantedReport } from '../app/write-reports.js'
import type { SuiteHistory } from '../domain/case-history.js'
import { claim } from './claim.js'
import { exit, type ExitCode } from './exit.js'
import { exitGiven, findResult, type StoredResult } from './find-result.js'
import { furtherReports, howToReport, type How, type ReportFlags } from './report-options.js'
import { printError, printWarning } from './terminal.js'
import { UsageError } from './usage-error.js'

/** What only `callsheet report` has. */
export interface ReportAgainFlags extends ReportFlags {
  /** The result to compare with. */
  readonly baseline?: string
  readonly pdf?: string
  readonly pdfRuns?: boolean
  /** The gate both ways. */
  readonly withReviews?: boolean
  /** Without personal data that has a pattern. */
  readonly redact?: boolean
}

/** `callsheet report`: makes the reports of a result again. */
export async function report(name: string, flags: ReportAgainFlags): Promise<ExitCode> {
  await claim([name], flags)
  if (flags.redact) refuseUnredacted(flags)
  const use = await defaultAdapters(process.env)
  const found = await findResult(name, use)
  const result = flags.redact ? await (await import('../app/redacted-result.js')).redactedResult(found, use) : found
  const base = flags.baseline === undefined ? undefined : await findResult(flags.baseline, use)
  const { junit, json } = flags
  const printed = furtherReports(flags)
  const files: WantedReport[] = [
    ...(junit !== undefined ? [{ reporter: 'junit', to: toFile(junit) } as const] : []),
    ...(json !== undefined ? [{ reporter: 'json', to: toFile(json) } as const] : []),
  ]
  const agreement = await (flags.withReviews ? agreementWithGate(result.place, use) : agreementAt(result.place))
  const asked = {
    ...howToReport(flags.redact ? { ...flags, htmlAudio: 'none' } : flags),
    ...(agreement && { agreement, ...(!flags.redact && { reviews: readReviews(result.place) }) }),
  }
  const isShown = asked.html !== undefined || flags.pdf !== undefined
  const signed = isShown ? { ...asked, html: { ...asked.html, signatures: await shownSignatures(result.place) } } : asked
  const past = withPast(signed, isShown ? pastIn(result) : undefined)
  const how = base ? { ...past, compared: await comparedWith(base, result, use) } : past
  await makeReports([...files, ...printed], result, how)
  const code = flags.pdf === undefined ? exit.passed : await pdf(result, how, { file: flags.pdf, hasExamples: flags.pdfRuns ?? false })
  return exitGiven(code, [result, ...(base ? [base] : [])])
}

/** @throws {UsageError} when the report would have what nobody can take out. */
function refuseUnredacted({ htmlAudio = 'none', baseline, withReviews }: ReportAgainFlags): void {
  if (htmlAudio !== 'none') throw new UsageError('What is spoken cannot be redacted. Leave out --html-audio, or --redact.')
  if (baseline !== undefined)
    throw new UsageError('--redact cannot be combined with --baseline, which shows the conversations of both results.')
  if (withReviews) throw new UsageError('--redact cannot be combined with --with-reviews, which shows what people wrote.')
}

/** Prints a result. Inconclusive where there is no browser. */
async function pdf(result: StoredResult, how: How, wanted: WantedPdf): Promise<ExitCode> {
  const why = await writePdf(result, how, wanted, process.env)
  if (why === undefined) return exit.passed
  printError(why)
  return exit.inconclusive
}

/** Its past in the history of this working directory; warns of what cannot be read. */
function pastIn(result: StoredResult): SuiteHistory | undefined {
  const { history, problems } = pastOf(lineOfResult(result), ownHistory())
  for (const problem of problems) printWarning(problem)
  return history
}
