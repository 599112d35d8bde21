import type { Diagnostic } from '../domain/diagnostic.js'
import { describeReason } from '../domain/secret.js'
import { locate } from '../domain/source.js'
import { secretJson } from '../app/plan-overview.js'
import { lookAtSuites, printDiagnostics, type PlanFlags } from './check-suites.js'
import { count } from '../domain/count.js'
import { safeJson } from '../domain/safe-json.js'
import { safeLine } from '../domain/safe-text.js'
import { exit, type ExitCode } from './exit.js'

/** `callsheet validate`: shows every mistake in suites. */
export async function validate(paths: readonly string[], flags: PlanFlags & { readonly json?: boolean }): Promise<ExitCode> {
  const { prepared, diagnostics, isRejected } = await lookAtSuites(paths, flags)
  if (flags.json) {
    const report = {
      valid: !isRejected,
      diagnostics: diagnostics.map(diagnosticJson),
      secrets: prepared.flatMap(({ request, document }) => document.secrets.map(secret => ({ file: request.path, ...secretJson(secret) }))),
    }
    process.stdout.write(`${safeJson(JSON.stringify(report, null, 2))}\n`)
  } else {
    printDiagnostics(diagnostics)
    for (const { document, request, plan, mask } of prepared) {
      const { agents, scenarios } = document
      process.stdout.write(
        `${safeLine(`${request.path}: valid. "${mask.text(document.name)}"`)}: ${count(agents.length, 'agent')}, ` +
          `${count(scenarios.length, 'scenario')}, ${count(plan.totalRuns, 'run')}.\n`,
      )
      for (const { name, because } of document.secrets) process.stdout.write(`  Secret: ${name}, because ${describeReason(because)}.\n`)
    }
  }
  return isRejected ? exit.usage : exit.passed
}

function diagnosticJson({ code, severity, message, hint, at }: Diagnostic): object {
  return {
    code,
    severity,
    message,
    ...(hint !== undefined && { hint }),
    ...(at && { file: at.file.path, ...locate(at.file, at.start) }),
  }
}
