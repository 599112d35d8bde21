import { count, grouped } from '../../domain/count.js'
import type { SuiteStarted } from '../../domain/event.js'
import { durationText } from '../../domain/duration.js'
import { identityText } from '../../domain/identity.js'
import { isAtHead, limitText } from '../../domain/limit.js'
import type { Gate, Report } from '../../domain/report.js'
import { wilsonInterval } from '../../domain/statistics.js'
import { waivedText } from '../../domain/waived-text.js'
import type { ViewIndex } from '../model/view-index.js'
import { moneyText, rangeText, timeText } from './figures.js'
import { outcomeWords, ruleStatuses } from './mark.js'
import { Signed } from './signatures.js'
import { Words } from './words.js'

/** The verdict, what was tested, and the figures that a release is decided by. */
export function Head({ index }: { readonly index: ViewIndex }) {
  const { started, report, title, contradiction } = index
  const { verdict } = report.gate
  const { waived } = report
  const excepted = waivedText(waived)
  const isExcepted = verdict !== 'passed' && excepted !== undefined && waived?.allowed === true && waived.verdict === 'passed'
  const status = ruleStatuses[({ passed: 'met', failed: 'not_met', could_not_tell: 'could_not_tell' } as const)[verdict]]
  const notes = [
    ...(contradiction === undefined ? [] : [`The last line of the record contradicts its runs: ${contradiction}.`]),
    ...report.limits.filter(isAtHead).map(limitText),
    ...(report.warnings ?? []),
  ]
  return (
    <header class={`verdict ${isExcepted ? 'could_not_tell' : status}`}>
      <h1>
        <span aria-hidden="true">{isExcepted ? verdictSigns.passed : verdictSigns[verdict]} </span>
        {isExcepted ? 'Fit to release, with exceptions' : verdictWords[verdict]}
      </h1>
      {excepted !== undefined && (
        <p>
          The gate by itself: {gateWords[verdict]}. The gate with exceptions: {excepted}.
        </p>
      )}
      <p class="tested">
        <strong>
          <Words text={title} />
        </strong>
        <TestedAgents started={started} />
        {started.context?.environment !== undefined && (
          <span>
            {' · '}
            <Words text={started.context.environment} />
          </span>
        )}
      </p>
      <Figures report={report} />
      {!index.isShared && <Signed signatures={index.signatures ?? []} />}
      {notes.length > 0 && (
        <ul class="warnings">
          {notes.map(note => (
            <li key={note}>
              <span aria-hidden="true">⚠ </span>
              <Words text={note} />
            </li>
          ))}
        </ul>
      )}
    </header>
  )
}

/** Each agent with its identity, behind the name of the suite. */
export function TestedAgents({ started }: { readonly started: SuiteStarted }) {
  const agents = [...new Map(started.plan.entries.map(({ agent }) => [agent.key, agent])).values()]
  return (
    <>
      {agents.map(({ key, identity, channel }) => (
        <span key={key}>
          {' · '}
          <Words text={identityText(key, identity)} /> over {channel.replaceAll('_', ' ')}
        </span>
      ))}
    </>
  )
}

const gateWords: Readonly<Record<Gate['verdict'], string>> = { passed: 'passed', failed: 'failed', could_not_tell: 'inconclusive' }
const verdictWords: Readonly<Record<Gate['verdict'], string>> = {
  passed: 'Fit to release',
  failed: 'Not fit to release',
  could_not_tell: 'Inconclusive',
}
const verdictSigns: Readonly<Record<Gate['verdict'], string>> = { passed: '✓', failed: '✗', could_not_tell: '?' }

/** The figures of a result. */
export function Figures({ report: { totals, entries, startedAt, durationMs, usage, stopped } }: { readonly report: Report }) {
  const { runs, passed, flaky, not_run: notRun, ...others } = totals
  const saved = entries.reduce((sum, entry) => sum + entry.saved, 0)
  const counted = passed + totals.failed + totals.agent_error
  const isConclusive = others.infra_error + others.caller_invalid + others.unscored === 0
  const costs = (usage?.total ?? []).map(({ cost }) => cost)
  const isPriced = costs.length > 0 && costs.every(cost => cost !== undefined)
  const rest = Object.entries({ ...others, not_run: notRun - saved }).filter(([, many]) => many > 0)
  return (
    <dl class="figures">
      <Figure term="Passed" isLarge>
        {grouped(passed)} <span class="of">of {count(runs - saved, 'run')}</span>
      </Figure>
      {counted > 0 && <Figure term="True rate, 95 %">{rangeText(wilsonInterval(passed, counted, 0.95))}</Figure>}
      {rest.map(([status, many]) => (
        <Figure key={status} term={sentence(outcomeWords[status as keyof typeof outcomeWords])}>
          {grouped(many)}
        </Figure>
      ))}
      {isConclusive && <Figure term="Inconclusive">0</Figure>}
      {flaky > 0 && <Figure term="Flaky">{grouped(flaky)}</Figure>}
      {saved > 0 && <Figure term="Skipped, already decided">{grouped(saved)}</Figure>}
      {isPriced && <Figure term="Cost">{moneyText(costs.reduce((sum: number, cost) => sum + (cost ?? 0), 0))}</Figure>}
      <Figure term="Started">{timeText(startedAt)}</Figure>
      <Figure term="Took">{durationText(durationMs)}</Figure>
      {stopped && <Figure term="Stopped early">{stopped.replaceAll('_', ' ')}</Figure>}
    </dl>
  )
}

function Figure({
  term,
  isLarge = false,
  children,
}: {
  readonly term: string
  readonly isLarge?: boolean
  readonly children: preact.ComponentChildren
}) {
  return (
    <div class={isLarge ? 'large' : undefined}>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
