import { waivedText } from '../../../domain/waived-text.js'
import { largest } from '../../../domain/largest.js'
import { traitsOf } from '../../../domain/connection.js'
import type { CaseReport, ControlReport, Gate, GateLine, Report } from '../../../domain/report.js'
import type { FinishedResult } from '../../../ports/reporter.js'
import { type CaseStatus, statusCounts, worstOf, marks } from '../../../domain/case-status.js'
import { count } from '../../../domain/count.js'
import { durationText } from '../../../domain/duration.js'
import type { Look } from '../look.js'
import type { Paint } from '../paint.js'
import { canRepeat, repeatCommand, shellWord } from '../../../domain/repeat-command.js'
import { safeLine } from '../../../domain/safe-text.js'
import { wrapText } from '../wrapped-text.js'

/** The gate, rule by rule: the measured value beside the required one, on one line where it fits. */
export function gateSection({ gate: { lines }, controls = [] }: Pick<Report, 'gate' | 'controls'>, look: Look): string {
  if (lines.length === 0) return ''
  const names = lines.map(({ scope, rule }) => [safeLine(scope), safeLine(rule)] as const)
  const widest = (column: 0 | 1): number => largest(names.map(name => name[column].length))
  const texts = lines.map((line, i) => {
    const [scope = '', rule = ''] = names[i] ?? []
    const reasons = line.rule === 'judge_controls' ? wrongControls(controls) : [line.because ?? ''].filter(Boolean)
    return gateText(line, reasons, `${scope.padEnd(widest(0))}  ${rule.padEnd(widest(1))}`, look)
  })
  return `\n${[look.bold('Gate'), ...texts].join('\n')}\n`
}

/** One line each, because there can be many, and each has its reason. */
function wrongControls(controls: readonly ControlReport[]): string[] {
  return controls.filter(({ holds }) => holds !== 'yes').map(({ control, because }) => `${control}: ${because}`)
}

/**
 * @param reasons  Why the rule was not met.
 * @param name  Scope and rule, in columns.
 */
function gateText({ verdict, measured, required }: GateLine, reasons: readonly string[], name: string, look: Look): string {
  const { mark, colour } = gateMarks[verdict]
  const found = safeLine(`${measured}, required ${required}`)
  const line = `  ${mark} ${name}  ${found}`
  const text = line.length <= look.width ? line : `  ${mark} ${name.trimEnd()}\n${indented(found, look.width)}`
  if (verdict === 'met') return text.replace(mark, look[colour])
  return [
    look[colour](text),
    ...reasons.map(reason => look.dim(indented(safeLine(reason), look.width, reasons.length > 1 ? '  ' : ''))),
  ].join('\n')
}

function indented(text: string, width: number, more = ''): string {
  return wrapText(`      ${text}`, width, `      ${more}`)
}

const gateMarks = {
  met: { mark: marks.passed, colour: 'green' },
  not_met: { mark: marks.failed, colour: 'red' },
  could_not_tell: { mark: marks.could_not_tell, colour: 'yellow' },
} as const satisfies Record<GateLine['verdict'], { mark: string; colour: keyof Paint }>

/** `FAILED: 28 of 30 runs passed in 12.3 s`, and below it the counts of the others. */
export function verdictLine({ report }: FinishedResult, look: Look): string {
  const { gate, entries, totals, durationMs, stopped } = report
  const { runs, passed, flaky, ...others } = totals
  const saved = entries.reduce((sum, entry) => sum + entry.saved, 0)
  const rest = Object.entries({ ...others, not_run: others.not_run - saved })
  const excepted = waivedText(report.waived)
  const details = [
    ...(excepted === undefined ? [] : [excepted]),
    ...rest.flatMap(([status, many]) => (many > 0 ? [`${many} ${status}`] : [])),
    ...(saved > 0 ? [`${saved} skipped, already decided`] : []),
    ...(flaky > 0 ? [`${flaky} flaky`] : []),
    ...(stopped ? [`stopped: ${stopped}`] : []),
  ]
  const { word, colour } = verdicts[gate.verdict]
  const share = `${passed} of ${count(runs - saved, 'run')} passed in ${durationText(durationMs)}`
  const verdict = look.bold(look[colour](`${word}: ${share}`))
  return details.length === 0 ? verdict : `${verdict}\n${wrapText(`  ${details.join(', ')}`, look.width, '  ')}`
}

const verdicts = {
  passed: { word: 'PASSED', colour: 'green' },
  failed: { word: 'FAILED', colour: 'red' },
  could_not_tell: { word: 'INCONCLUSIVE', colour: 'yellow' },
} as const satisfies Record<Gate['verdict'], { word: string; colour: keyof Paint }>

/** The next commands: resume the result, run the first case that did not pass again, or write another report. */
export function nextSteps({ started, report, place }: FinishedResult): string {
  const suite = shellWord(started.suite.file)
  const { entries } = started.plan
  const repeatable = entries.filter(entry => canRepeat(started, entry))
  const indices = new Set(repeatable.map(({ index }) => index))
  const reported = report.entries.filter(({ index }) => indices.has(index)).flatMap(({ cases }) => cases)
  const first = firstThat(reported, 'failed') ?? firstThat(reported, 'could_not_tell')
  const troubled = first && repeatable.flatMap(({ cases }) => cases).find(({ index }) => index === first.index)
  const { rescoredFrom, requested } = started
  const isConductedHere = !rescoredFrom && !requested && !entries.every(({ agent }) => traitsOf[agent.channel].hosted)
  const isOneRun = isConductedHere && started.mergedFrom === undefined
  // A stop that the suite asks for would happen again.
  const canGoOn = isOneRun && report.stopped !== undefined && report.stopped !== 'max_failures' && report.stopped !== 'max_cost'
  const { cassette } = started
  const option = cassette ? ` --${cassette.mode === 'recorded' ? 'record' : 'replay'} ${shellWord(cassette.file)}` : ''
  // A single case is never recorded, because it would replace the whole cassette. What was recorded is replayed; if a
  // model failed, nothing was recorded. What a rescoring recorded has no callers.
  const isWhole = cassette && (cassette.mode === 'replayed' || (!canGoOn && report.totals.infra_error === 0))
  const holdsCallers = isConductedHere || cassette?.mode === 'replayed'
  const replay = isWhole && holdsCallers ? ` --replay ${shellWord(cassette.file)}` : ''
  // The report shows one example of each cause.
  const { failed, agent_error, infra_error, caller_invalid, unscored } = report.totals
  const isMore = failed + agent_error + infra_error + caller_invalid + unscored > (report.causes ?? []).length
  const steps: [what: string, command: string][] = [
    ...(canGoOn ? [['Resume it', `callsheet run ${suite} --resume ${shellWord(place)}${option}`] as [string, string]] : []),
    ...(troubled ? [['Run one again', `${repeatCommand(started, troubled)}${replay}`] as [string, string]] : []),
    ...(isMore ? [['Read them all', `callsheet show ${shellWord(place)} --failed`] as [string, string]] : []),
    ['Report again', `callsheet report ${shellWord(place)} --junit junit.xml`],
  ]
  return steps.map(([what, command]) => `${`${what}:`.padEnd(15)}${command}\n`).join('')
}

function firstThat(cases: readonly CaseReport[], status: CaseStatus): CaseReport | undefined {
  return cases.find(({ totals }) => worstOf(statusCounts(totals)) === status)
}
