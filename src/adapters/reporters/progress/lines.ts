import type { ModelReady, RunAmended, RunAwaiting, RunEnded, SuiteEvent, SuiteStarted, SuiteStopping } from '../../../domain/event.js'
import type { ProgressOptions } from '../../../ports/reporter.js'
import { caseStatusOf, marks } from '../../../domain/case-status.js'
import { count } from '../../../domain/count.js'
import { colourOf } from '../status-colour.js'
import { durationText } from '../../../domain/duration.js'
import { wordCassette } from '../model-words.js'
import type { Paint } from '../paint.js'
import type { ProgressCounts } from './counts.js'
import { safeLine, shorten } from '../../../domain/safe-text.js'
import { shortfallLine, shortfalls } from '../../../domain/shortfall.js'

/** With more runs than the first limit, runs that passed or wait for a call are not listed. The second limits the listed runs that did not pass. */
const mostPassedListed = 50
const mostTroubleListed = 100
const longestReason = 300
const mostOfOneReason = 5

/** `12/30  ✓ 10  ✗ 1  ! 1  4 in flight  8.2 s, about 12.3 s to go`, cut to one line. */
export function statusLine(counts: ProgressCounts, how: ProgressOptions): string {
  const { total, done, doneBefore, byStatus, inFlight, startedMs, controls, controlsJudged } = counts
  const elapsedMs = how.now() - startedMs
  // Nobody knows how long the judge takes for the controls, once they are all that is left.
  const isUnknown = total === undefined || done === doneBefore || done >= total
  const toGoMs = isUnknown ? undefined : (elapsedMs / (done - doneBefore)) * (total - done)
  const parts = [
    total === undefined ? count(done, 'run') : `${done}/${total}`,
    `${marks.passed} ${byStatus.passed}`,
    ...(byStatus.failed > 0 ? [`${marks.failed} ${byStatus.failed}`] : []),
    ...(byStatus.could_not_tell > 0 ? [`${marks.could_not_tell} ${byStatus.could_not_tell}`] : []),
    ...(done === total && controls > controlsJudged ? [] : [`${inFlight.size} in flight${waitingText(counts)}`]),
    ...(controls > controlsJudged ? [`${controlsJudged}/${controls} judge controls`] : []),
    `${durationText(elapsedMs)}${toGoMs === undefined ? '' : `, about ${durationText(toGoMs)} to go`}`,
  ]
  // Some terminals already wrap a line of their full width.
  return parts.join('  ').slice(0, Math.max(0, how.columns - 1))
}

/** `, 3 waiting for a number`: of a telephone trunk. */
function waitingText({ waiting }: ProgressCounts): string {
  const kinds = [...new Set(waiting.values())]
  const each = kinds.map(kind => `${[...waiting.values()].filter(lacks => lacks === kind).length} waiting for ${kind}`)
  return each.map(text => `, ${text}`).join('')
}

/** The lines to print at once for an event, or nothing. */
export function newsOf(event: SuiteEvent, counts: ProgressCounts, how: ProgressOptions, paint: Paint): string {
  switch (event.type) {
    case 'suite.started':
      return `${safeLine(event.suite.name)}: ${count(event.plan.totalRuns, 'run')}, seed ${event.plan.seed}${models(event)}\n`
    case 'suite.resumed':
      return `Resuming: ${event.done} of ${count(event.total, 'run')} already done.\n`
    case 'agent.ready':
      return `Agent ${safeLine(event.agent)} is ready after ${durationText(event.tookMs)}.\n`
    case 'model.ready':
      return engineNews(event)
    case 'run.awaiting':
      return awaitingNews(event, counts)
    case 'run.retrying': {
      const because = briefly(shorten(safeLine(event.because), longestReason), counts)
      return (
        because &&
        `${paint.yellow('~')} ${safeLine(event.run)} ${event.status}: ${because.replace(/\.$/, '')}; retry in ${durationText(event.inMs)}\n`
      )
    }
    case 'run.ended':
    case 'run.amended':
      return runNews(event, counts, how, paint)
    case 'suite.stopping':
      return `${paint.yellow(stoppingReasons[event.reason])} No more runs start.\n`
    default:
      return ''
  }
}

/** Engines that the suite does not name are told; models that it names are as it says. */
function engineNews({ role, model }: ModelReady): string {
  if (role === 'tts') return `Callers speak with ${safeLine(model)}, as models.tts names no engine.\n`
  return role === 'stt' ? `Agents are heard with ${safeLine(model)}, as models.stt names no engine.\n` : ''
}

/** Whoever makes the agent call needs to know the number, and when. */
function awaitingNews({ run, number, forMs }: RunAwaiting, { total = Infinity }: ProgressCounts): string {
  return total > mostPassedListed ? '' : `${safeLine(run)} waits for a call to ${safeLine(number)}, for ${durationText(forMs)}.\n`
}

function models({ cassette }: SuiteStarted): string {
  return cassette ? `, models ${safeLine(wordCassette(cassette))}` : ''
}

function runNews({ run, outcome, durationMs }: RunEnded | RunAmended, counts: ProgressCounts, how: ProgressOptions, paint: Paint): string {
  const status = caseStatusOf(outcome.status)
  if (status === 'not_run') return ''
  const mark = colourOf(status, paint)(marks[status])
  if (status === 'passed') {
    const isListed = !how.tty && (counts.total ?? Infinity) <= mostPassedListed
    return isListed ? `${mark} ${safeLine(run)} ${durationText(durationMs)}\n` : ''
  }
  const listed = counts.byStatus.failed + counts.byStatus.could_not_tell
  if (listed > mostTroubleListed) return listed === mostTroubleListed + 1 ? 'The report lists the other runs that did not pass.\n' : ''
  const [first, ...others] = shortfalls(outcome)
  const more = others.length > 0 ? `, and ${others.length} more` : ''
  const because = briefly(`${first ? shorten(safeLine(shortfallLine(first)), longestReason) : ''}${more}`, counts)
  return because && `${mark} ${safeLine(run)} ${outcome.status}: ${because}\n`
}

/** A reason in full the first time, then shortened, then not at all: an agent that is down gives the same reason for each run. */
function briefly(reason: string, { reasons }: ProgressCounts): string {
  const times = (reasons.get(reason) ?? 0) + 1
  reasons.set(reason, times)
  if (times === 1) return reason
  if (times < mostOfOneReason) return 'the same failure again'
  return times === mostOfOneReason ? 'the same failure again; the report counts the rest' : ''
}

const stoppingReasons: Readonly<Record<SuiteStopping['reason'], string>> = {
  cancelled: 'Stopping: cancelled.',
  max_failures: 'Stopping: the suite reached max_failures.',
  max_cost: 'Stopping: the models reached max_cost.',
  suite_timeout: 'Stopping: the suite reached its timeout.',
  crashed: 'Stopping: Callsheet failed.',
}
