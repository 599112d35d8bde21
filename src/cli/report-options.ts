import type { Destination } from '../app/execute-suite.js'
import { openPageAudio } from '../app/page-audio.js'
import type { ReporterName } from '../app/registry.js'
import { ownHistory } from '../app/result-place.js'
import { roomInSummary, toEndOf, toFile, toPage, type WantedReport } from '../app/write-reports.js'
import { safeJson } from '../domain/safe-json.js'
import { htmlPlace } from './html-place.js'
import { hasColour, printWarning, widthOf, write } from './terminal.js'

/** How reports are made. */
export type How = NonNullable<Destination['how']>
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
  readonly commands?: Html['commands']
  readonly ctrf?: string
  readonly metrics?: string
  /** Add the Markdown to the summary of the job. */
  readonly summary?: boolean
  readonly reporter: ReporterName | 'none'
}

/** How the options want the reports made. */
export function howToReport(flags: ReportFlags): How {
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

function howToWriteHtml(path: string, { htmlContent, htmlLimit, title, htmlAudio, commands }: ReportFlags): Html {
  const { file, folder } = htmlPlace(path)
  const audio = htmlAudio ?? (folder === undefined ? 'none' : 'beside')
  return {
    ...(htmlContent && { content: htmlContent }),
    ...(htmlLimit !== undefined && { limitBytes: htmlLimit }),
    ...(title !== undefined && { title }),
    ...(commands && { commands }),
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
export function furtherReports({ reporter, html, markdown, ctrf, metrics, summary: isWanted = false }: ReportFlags): WantedReport[] {
  const summary = reporter === 'github' || isWanted ? process.env['GITHUB_STEP_SUMMARY'] : undefined
  if (isWanted && !summary) printWarning('--summary adds nothing: GITHUB_STEP_SUMMARY is not set, so this is no job of GitHub Actions.')
  return [
    ...(html === undefined ? [] : [{ reporter: 'html', to: toPage(htmlPlace(html)) } as const]),
    ...(markdown === undefined ? [] : [{ reporter: 'markdown', to: toFile(markdown) } as const]),
    ...(ctrf === undefined ? [] : [{ reporter: 'ctrf', to: toFile(ctrf) } as const]),
    ...(metrics === undefined ? [] : [{ reporter: 'metrics', to: toFile(metrics) } as const]),
    ...(summary ? [{ reporter: 'markdown', to: toEndOf(summary), how: () => ({ markdownLimit: roomInSummary(summary) }) } as const] : []),
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
