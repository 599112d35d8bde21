import { boundsOf, summarise, type Prepared } from '../app/prepare.js'
import { checkSuites, printDiagnostics, type PlanFlags } from './check-suites.js'
import { counted } from './counted.js'
import { exit, type ExitCode } from './exit.js'

/** `callsheet plan`: shows what would run. */
export async function plan(paths: readonly string[], flags: PlanFlags & { readonly json?: boolean }): Promise<ExitCode> {
  const { prepared, diagnostics, isRejected } = await checkSuites(paths, flags)
  printDiagnostics(diagnostics)
  if (isRejected) return exit.usage
  const text = flags.json ? planJson(prepared) : prepared.map(planText).join('\n')
  process.stdout.write(`${text}\n`)
  return exit.passed
}

function planJson(prepared: readonly Prepared[]): string {
  const plans = prepared.map(({ request, document, plan: planned, redact }) =>
    redact({ file: request.path, suite: document.name, ...boundsOf(planned), plan: summarise(planned) }),
  )
  return JSON.stringify(plans.length === 1 ? plans[0] : plans, null, 2)
}

function planText({ document, plan: planned, redact }: Prepared): string {
  const { runs, minutes } = boundsOf(planned)
  const lines = [document.name]
  for (const { entry, agent, cases } of planned.entries) {
    const entryRuns = cases.reduce((sum, { repeats }) => sum + repeats, 0)
    lines.push('', `${entry.name}: ${counted(cases.length, 'case')}, ${counted(entryRuns, 'run')} with ${agent.name} over ${agent.connection.type}`)
    const width = Math.max(...cases.map(({ key }) => key.length))
    for (const { key, repeats, scenario } of cases) {
      lines.push(`  ${String(repeats).padStart(4)} x ${key.padEnd(width)}  ${scenario.name}`)
    }
  }
  lines.push('', `${counted(runs, 'run')}, ${minutes < 1 ? 'a minute' : `${Math.ceil(minutes)} minutes`} at most.`)
  return redact(lines.join('\n'))
}
