import { extname } from 'node:path'
import { exportSuite, type ExportKind } from '../app/exchange/export-suite.js'
import { lookAtSuites, printDiagnostics } from './check-suites.js'
import { exit, type ExitCode } from './exit.js'
import { lossesOf, showFindings } from './show-findings.js'
import { write } from './terminal.js'
import { refuseOverwriting, writeText } from './write-text.js'
import { safeJson } from '../domain/safe-json.js'
import { safeLine, safeText } from '../domain/safe-text.js'
import { count } from '../domain/count.js'

export interface ExportFlags {
  readonly as?: ExportKind
  readonly agent?: string
  readonly out?: string
  readonly force?: boolean
  readonly strict?: boolean
  readonly envFile?: readonly string[]
  readonly root?: string
}

/** `callsheet export`: converts a suite to a JSON test suite or a table. */
export async function exportFile(path: string, flags: ExportFlags): Promise<ExitCode> {
  const { out, agent, force = false, strict = false, envFile, root } = flags
  refuseOverwriting(out, force)
  const { prepared, diagnostics } = await lookAtSuites([path], { ...(envFile && { envFile }), ...(root !== undefined && { root }) })
  const [suite] = prepared
  if (!suite) {
    printDiagnostics(diagnostics)
    return exit.usage
  }
  const kind = flags.as ?? kindOf(out)
  const exported = exportSuite(suite, kind, agent)
  if ('diagnostics' in exported) {
    printDiagnostics(exported.diagnostics)
    return exit.usage
  }
  const { text, scenarios, losses } = exported
  await write(process.stderr, showFindings({ losses }))
  if (out === undefined) await write(process.stdout, kind === 'csv' ? safeTable(text) : safeJson(text))
  else {
    writeText(out, text)
    await write(process.stdout, `wrote ${safeLine(out)}: ${count(scenarios, 'scenario')}; ${lossesOf(losses)}.\n`)
  }
  return strict && losses.length > 0 ? exit.failed : exit.passed
}

/** A table for standard output, where its texts must not act. Its rows end with CR and LF. */
function safeTable(text: string): string {
  return text.split('\r\n').map(safeText).join('\r\n')
}

function kindOf(out = ''): ExportKind {
  return extname(out).toLowerCase() === '.csv' ? 'csv' : 'test-suite'
}
