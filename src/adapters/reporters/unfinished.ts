import { safeHtml } from '../../domain/safe-html.js'
import { safeMarkdown } from '../../domain/safe-markdown.js'
import { safeLine } from '../../domain/safe-text.js'
import { marks } from '../../domain/case-status.js'
import { unfinishedCtrf } from './ctrf.js'
import { reportVersion } from './json.js'
import { cdata, openSuite, openSuites, testCaseXml, xmlDeclaration } from './junit/xml.js'

/** A run of which nothing is known but that it was to begin. */
export interface Unfinished {
  /** The suite file, or the name of the result where only that is known. */
  readonly suite: string
  /** The version of Callsheet. */
  readonly callsheet: string
  readonly startedAt: string
}

const because = 'This file was written before the first call, and no report has replaced it.'
const counts = { tests: 1, failures: 0, errors: 1, skipped: 0, timeS: 0 }

/** A JUnit file with one testcase, an error, for a run that has not finished. */
export function unfinishedJunit({ suite, callsheet, startedAt }: Unfinished): string {
  const testCase = testCaseXml(node => {
    node
      .name('did not finish')
      .className(safeLine(`${suite.replaceAll('.', '_')}.Callsheet`))
      .time(0)
    node.error('did not finish', 'did_not_finish', cdata(`${suite}\n${because}`))
  })
  return [
    xmlDeclaration,
    openSuites(suite, counts),
    openSuite({ name: suite, file: suite }, counts, startedAt, [['callsheet', callsheet]]),
    `${testCase}\n`,
    '  </testsuite>\n</testsuites>\n',
  ].join('')
}

/** A JSON file for a run that has not finished: inconclusive, and without the runs and totals that a finished report has. */
export function unfinishedJson({ suite, callsheet, startedAt }: Unfinished): string {
  const gate = {
    verdict: 'could_not_tell',
    lines: [
      { scope: 'suite', rule: 'finished', required: 'a finished run', measured: 'did not finish', verdict: 'could_not_tell', because },
    ],
  }
  return `${JSON.stringify({ version: reportVersion, callsheet, state: 'did_not_finish', suite: { file: suite }, startedAt, gate }, null, 2)}\n`
}

/** Markdown for a run that has not finished. */
export function unfinishedMarkdown({ suite }: Unfinished): string {
  return `## ${marks.could_not_tell} Did not finish: ${safeMarkdown(suite)}\n\n${because}\n`
}

/** A page for a run that has not finished. */
export function unfinishedHtml({ suite, startedAt }: Unfinished): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<meta name="generator" content="Callsheet">
<title>${safeHtml(suite)}: did not finish</title>
</head>
<body>
<main>
<h1>${marks.could_not_tell} Did not finish</h1>
<p><bdi>${safeHtml(suite)}</bdi>, started ${safeHtml(startedAt)}</p>
<p>${because}</p>
</main>
</body>
</html>
`
}

/** CTRF for a run that has not finished: one test that tells nothing. */
export function unfinishedCtrfReport(unfinished: Unfinished): string {
  return unfinishedCtrf(unfinished, because)
}
