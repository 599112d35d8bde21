import type { CaseSummary, EntrySummary, PlanSummary, SpeechSummary } from '../domain/event.js'
import { largest } from '../domain/largest.js'
import { overviewOf, type PlanOverview } from '../app/plan-overview.js'
import { lookAtSuites, printDiagnostics, type PlanFlags } from './check-suites.js'
import { count } from '../domain/count.js'
import { safeJson } from '../domain/safe-json.js'
import { safeLine } from '../domain/safe-text.js'
import { exit, type ExitCode } from './exit.js'

/** `callsheet plan`: shows what would run. */
export async function plan(paths: readonly string[], flags: PlanFlags & { readonly json?: boolean }): Promise<ExitCode> {
  const { prepared, diagnostics, isRejected } = await lookAtSuites(paths, flags)
  printDiagnostics(diagnostics)
  if (isRejected) return exit.usage
  const overviews = prepared.map(overviewOf)
  process.stdout.write(`${flags.json ? safeJson(planJson(overviews)) : overviews.map(planText).join('\n')}\n`)
  return exit.passed
}

function planJson(overviews: readonly PlanOverview[]): string {
  return JSON.stringify(overviews.length === 1 ? overviews[0] : overviews, null, 2)
}

function planText({ suite, runs, minutes, plan: summary, secrets, hosted = [] }: PlanOverview): string {
  const { entries } = summary
  const lines = [safeLine(suite)]
  for (const { name, agent, cases } of entries) {
    const entryRuns = cases.reduce((sum, { repeats }) => sum + repeats, 0)
    lines.push(
      '',
      safeLine(
        `${name}: ${count(cases.length, 'case')}, ${count(entryRuns, 'run')} with ${agent.name} over ${agent.channel}${takenAs(agent)}${calledAs(cases, summary)}`,
      ),
    )
    const width = largest(cases.map(({ key }) => key.length))
    const times = cases.map(({ repeats, untilDecided }) => (untilDecided ? `${untilDecided.min} to ${repeats}` : `${repeats}`))
    const widest = largest(
      times.map(text => text.length),
      4,
    )
    for (const [i, { key, scenario }] of cases.entries()) {
      lines.push(`  ${(times[i] ?? '').padStart(widest)} x ${key.padEnd(width)}  ${safeLine(scenario.name)}`)
    }
  }
  for (const { name, agent, request } of hosted) {
    lines.push(
      '',
      safeLine(`${name}: the hosted service decides how many runs this request makes, with ${agent}`),
      `  ${safeJson(JSON.stringify(request))}`,
    )
  }
  if (entries.length > 0) lines.push('', `${count(runs, 'run')}, ${minutes < 1 ? 'a minute' : `${Math.ceil(minutes)} minutes`} at most.`)
  if (secrets.length > 0) lines.push('', ...secrets.map(({ name, because }) => `Secret: ${name}, because ${because}.`))
  return lines.join('\n')
}

/** What speaks and hears in calls, and how callers take turns there. */
function calledAs(cases: readonly CaseSummary[], { tts, stt }: PlanSummary): string {
  const calls = cases.flatMap(({ call }) => call ?? [])
  if (calls.length === 0) return ''
  const hears = [...new Set(calls.map(({ hear }) => hear))].join(' or ')
  const turns = [...new Set(calls.map(call => call.turns.preset))].join(', ')
  const unheard = hears === 'claimed' ? 'its words as claimed' : hears === 'never' ? 'its words not heard' : undefined
  const heard = unheard ?? `heard ${hears} by ${engineName(stt)}`
  return `, spoken by ${engineName(tts)}, ${heard}, turns ${turns}`
}

function engineName(engine: SpeechSummary | undefined): string {
  if (!engine) return 'the best engine of this machine'
  return [engine.engine, engine.model, engine.models, engine.voice].filter(part => part !== undefined).join(' ')
}

/** How an agent's messages are taken, if the suite says so. */
function takenAs({ messages }: EntrySummary['agent']): string {
  if (!messages) return ''
  const { join, endOfTurn } = messages
  return `, messages joined by ${join}, end of turn ${endOfTurn === 'auto' ? 'auto' : `after ${endOfTurn} ms`}`
}
