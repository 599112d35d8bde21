import type { Destination } from '../app/execute-suite.js'
import { shownSignatures } from '../app/attest/shown-signatures.js'
import { openPageAudio } from '../app/page-audio.js'
import { pastOf } from '../app/history/history-of-result.js'
import { defaultAdapters, type ReporterName } from '../app/registry.js'
import { comparedWith } from '../app/compare-results.js'
import { ownHistory } from '../app/result-place.js'
import { writePdf, type WantedPdf } from '../app/write-pdf.js'
import { makeReports, toEndOf, toFile, toPage, withPast, type WantedReport } from '../app/write-reports.js'
import type { SuiteHistory } from '../domain/case-history.js'
import { safeJson } from '../domain/safe-json.js'
import { claim } from './claim.js'
import { exit, type ExitCode } from './exit.js'
import { exitGiven, findResult, type StoredResult } from './find-result.js'
import { htmlPlace } from './html-place.js'
import { hasColour, printError, printWarning, widthOf, write } from './terminal.js'

type How = NonNullable<Destination['how']>
type Html = NonNullable<How['html']>
type HtmlAudio = Parameters<typeof openPageAudio>[0] | 'none'

/** The options that choose the reports, as commander parses them. */
export interface ReportFlags extends Partial<Omit<How, 'colour' | 'html'>> {
  readonly junit?: string
  readonly json?: string
  readonly markdown?: string
  readonly html?: string
  readonly htmlContent?: Html['content']
  /** Bytes. */
  readonly htmlLimit?: number
  readonly title?: string
  readonly htmlAudio?: HtmlAudio
  readonly ctrf?: string
  readonly metrics?: string
  /** Add the Markdown to the summary of the job. */
  readonly summary?: boolean
  readonly reporter: ReporterName | 'none'
}

/** What only `callsheet report` has. */
export interface ReportAgainFlags extends ReportFlags {
  /** The result to compare with. */
  readonly baseline?: string
  readonly pdf?: string
  readonly pdfRuns?: boolean
}

/** `callsheet report`: makes the reports of a result again. */
export async function report(name: string, flags: ReportAgainFlags): Promise<ExitCode> {
  await claim([name], flags)
  const use = await defaultAdapters(process.env)
  const result = await findResult(name, use)
  const base = flags.baseline === undefined ? undefined : await findResult(flags.baseline, use)
  const { junit, json } = flags
  const printed = furtherReports(flags)
  const files: WantedReport[] = [
    ...(junit !== undefined ? [{ reporter: 'junit', to: toFile(junit) } as const] : []),
    ...(json !== undefined ? [{ reporter: 'json', to: toFile(json) } as const] : []),
  ]
  const asked = howToReport(flags)
  const isShown = asked.html !== undefined || flags.pdf !== undefined
  const signed = isShown ? { ...asked, html: { ...asked.html, signatures: await shownSignatures(result.place) } } : asked
  const past = withPast(signed, isShown ? pastIn(result) : undefined)
  const how = base ? { ...past, compared: await comparedWith(base, result, use) } : past
  await makeReports([...files, ...printed], result, how)
  const code = flags.pdf === undefined ? exit.passed : await pdf(result, how, { file: flags.pdf, hasExamples: flags.pdfRuns ?? false })
  return exitGiven(code, [result, ...(base ? [base] : [])])
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
  const { history, problems } = pastOf(result, ownHistory())
  for (const problem of problems) printWarning(problem)
  return history
}

function howToReport(flags: ReportFlags): How {
  const { junitPerRun = false, junitOutput, junitDialect, junitFollowsGate, markdownLimit, durations } = flags
  return {
    colour: hasColour(process.stdout),
    width: widthOf(process.stdout),
    junitPerRun,
    ...(junitOutput && { junitOutput }),
    ...(junitDialect && { junitDialect }),
    ...(junitFollowsGate && { junitFollowsGate }),
    ...(markdownLimit !== undefined && { markdownLimit }),
    ...(durations !== undefined && { durations }),
    ...(flags.html !== undefined && { html: howToWriteHtml(flags.html, flags) }),
  }
}

function howToWriteHtml(path: string, { htmlContent, htmlLimit, title, htmlAudio }: ReportFlags): Html {
  const { file, folder } = htmlPlace(path)
  const audio = htmlAudio ?? (folder === undefined ? 'none' : 'beside')
  return {
    ...(htmlContent && { content: htmlContent }),
    ...(htmlLimit !== undefined && { limitBytes: htmlLimit }),
    ...(title !== undefined && { title }),
    ...(audio !== 'none' && { audio: place => openPageAudio(audio, file, place) }),
    isFolder: folder !== undefined,
  }
}

/** Where a new result and its reports go. */
export function destinationOf(flags: ReportFlags & { readonly out?: string }): Omit<Destination, 'resume'> {
  const { out, junit, json } = flags
  return {
    ...(out !== undefined && { out }),
    ...(junit !== undefined && { junit }),
    ...(json !== undefined && { json }),
    history: ownHistory(),
    reports: furtherReports(flags),
    how: howToReport(flags),
  }
}

/** HTML, Markdown, CTRF and OpenMetrics where they are wanted, the summary of a GitHub job, and the report for standard output, if any. */
function furtherReports({ reporter, html, markdown, ctrf, metrics, summary: isWanted = false }: ReportFlags): WantedReport[] {
  const summary = reporter === 'github' || isWanted ? process.env['GITHUB_STEP_SUMMARY'] : undefined
  if (isWanted && !summary) printWarning('--summary adds nothing: GITHUB_STEP_SUMMARY is not set, so this is no job of GitHub Actions.')
  return [
    ...(html === undefined ? [] : [{ reporter: 'html', to: toPage(htmlPlace(html)) } as const]),
    ...(markdown === undefined ? [] : [{ reporter: 'markdown', to: toFile(markdown) } as const]),
    ...(ctrf === undefined ? [] : [{ reporter: 'ctrf', to: toFile(ctrf) } as const]),
    ...(metrics === undefined ? [] : [{ reporter: 'metrics', to: toFile(metrics) } as const]),
    ...(summary ? [{ reporter: 'markdown', to: toEndOf(summary) } as const] : []),
    ...(reporter === 'none'
      ? []
      : [
          { reporter, to: (text: AsyncIterable<string>) => toStdout(text, reporter === 'json' || reporter === 'ctrf' ? safeJson : asItIs) },
        ]),
  ]
}

/** @param safe  Makes a piece of the report harmless: the other reporters do that themselves. */
async function toStdout(text: AsyncIterable<string>, safe: (piece: string) => string): Promise<void> {
  for await (const piece of text) await write(process.stdout, safe(piece))
}

function asItIs(piece: string): string {
  return piece
}
