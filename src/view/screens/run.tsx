import { useEffect, useState } from 'preact/hooks'
import { titleOf } from '../../domain/case-title.js'
import { durationText } from '../../domain/duration.js'
import type { OutcomeStatus } from '../../domain/outcome.js'
import { hashOf } from '../model/route.js'
import type { Row } from '../model/rows.js'
import type { AttemptView } from '../model/run-view.js'
import type { ViewIndex } from '../model/view-index.js'
import { pageView } from '../page-view.js'
import { Checks, RunMetrics } from '../parts/checks.js'
import { Conversation } from '../parts/conversation.js'
import { useCopying } from '../parts/copying.js'
import { timeText } from '../parts/figures.js'
import { Link } from '../parts/link.js'
import { OutcomeBadge, outcomeWords } from '../parts/mark.js'
import { useShortcuts } from '../parts/use-shortcuts.js'
import { useRun } from '../parts/use-run.js'
import { Words } from '../parts/words.js'
import type { Source } from '../source/source.js'

interface RunProps {
  readonly row: Row
  readonly index: ViewIndex
  readonly source: Source
  readonly query: string
  readonly turn: number | undefined
  /** From 1; default: the last. */
  readonly attempt: number | undefined
}

/** S3: one run: what was checked, and what was said. */
export function RunScreen({ row, index, source, query, turn, attempt }: RunProps) {
  const loaded = useRun(source, row.index)
  const [areToolsOpen, setToolsOpen] = useState(false)
  const { copy, note } = useCopying()
  const attempts = loaded.state === 'loaded' ? loaded.run.attempts : []
  const shown = Math.min(attempt ?? attempts.length, attempts.length)
  const linkTo = (to: { turn?: number | undefined; attempt?: number | undefined }): string =>
    hashOf({ screen: 'run', key: row.key, query, attempt: shown === attempts.length ? undefined : shown, ...to })
  const goToAttempt = (to: number): void => {
    if (to >= 1 && to <= attempts.length) location.hash = linkTo({ attempt: to })
  }
  const command = index.again?.[row.case.index]
  const copyLink = (): void => copy('link', location.href.replace(/#.*$/s, '') + linkTo({ turn }))
  const copyCommand = (): void => void (command && copy('command', command))
  useShortcuts({
    'e': () => setToolsOpen(!areToolsOpen),
    'y': copyLink,
    'r': copyCommand,
    '[': () => goToAttempt(shown - 1),
    ']': () => goToAttempt(shown + 1),
  })
  useEffect(() => {
    if (loaded.state !== 'loaded' || turn === undefined) return
    document.querySelector(`.panel [data-turn="${turn}"]`)?.scrollIntoView({ block: 'center' })
  }, [loaded.state, turn, shown])

  const one = attempts[shown - 1]
  return (
    <article aria-label={`Run ${row.key}`}>
      <RunHead row={row} index={index} agentVersion={loaded.state === 'loaded' ? loaded.run.agentVersion : undefined} />
      <p class="actions">
        <button type="button" onClick={copyLink}>
          Copy link
        </button>{' '}
        {command && (
          <button type="button" title={command} onClick={copyCommand}>
            Copy command to run it again
          </button>
        )}
      </p>
      {note}
      {loaded.state === 'loading' && <p class="note">Unpacking…</p>}
      {loaded.state === 'failed' && <p role="alert">{loaded.why}</p>}
      {loaded.state === 'left_out' && <p class="note">{index.leftOutNote}</p>}
      {attempts.length > 1 && <AttemptTabs attempts={attempts} shown={shown} linkTo={linkTo} />}
      {one && <AttemptBody attempt={one} index={index} turn={turn} areToolsOpen={areToolsOpen} linkTo={linkTo} />}
    </article>
  )
}

function RunHead({
  row,
  index,
  agentVersion,
}: Pick<RunProps, 'row' | 'index'> & {
  readonly agentVersion: string | undefined
}) {
  const { entry, case: planned, status, durationMs, key } = row
  const { scenario } = planned
  return (
    <header>
      <h1>
        <Words text={titleOf(planned)} />
      </h1>
      <p>
        <OutcomeBadge status={status} /> {row.mark.flaky && <span class="badge could_not_tell">flaky</span>}{' '}
        {blame[status] !== '' && `· ${blame[status]}`}
        {status !== 'not_run' && ` · ${durationText(durationMs)}`}
      </p>
      <p class="note">
        <Words text={key} />
        {' · '}
        <Link to={hashOf({ screen: 'case', key: planned.key })}>
          {planned.repeats === 1 ? 'its case' : `all ${planned.repeats} runs of its case`}
        </Link>
        {' · '}
        <Words text={`${scenario.file}:${scenario.line}`} />
        {' · '}
        <Words text={index.agents[entry.agent.key] ?? ''} />
        {agentVersion !== undefined && (
          <>
            {', told version '}
            <Words text={agentVersion} />
          </>
        )}
      </p>
    </header>
  )
}

/** Whose fault it was. */
const blame: Readonly<Record<OutcomeStatus, string>> = {
  passed: '',
  failed: 'counts against the agent',
  agent_error: 'the agent broke: counts against it',
  infra_error: 'not the fault of the agent: inconclusive',
  caller_invalid: 'the caller broke its instructions: inconclusive',
  unscored: 'inconclusive',
  not_run: '',
}

function AttemptTabs({
  attempts,
  shown,
  linkTo,
}: {
  readonly attempts: readonly AttemptView[]
  readonly shown: number
  readonly linkTo: (to: { attempt: number }) => string
}) {
  return (
    <ul class="attempts" aria-label="Attempts">
      {attempts.map(({ status }, i) => (
        <li key={i}>
          <a href={linkTo({ attempt: i + 1 })} aria-current={shown === i + 1 ? 'true' : undefined}>
            Attempt {i + 1}: {outcomeWords[status]}
          </a>
        </li>
      ))}
    </ul>
  )
}

function AttemptBody({
  attempt: { missed, checks, metrics, conversation, call, startedAt, isSilent, audio },
  index,
  turn,
  areToolsOpen,
  linkTo,
}: {
  readonly attempt: AttemptView
  readonly index: ViewIndex
  readonly turn: number | undefined
  readonly areToolsOpen: boolean
  readonly linkTo: (to: { turn: number }) => string
}) {
  const { Player } = pageView
  return (
    <>
      {call && Player && <Player call={call} turn={turn} audio={audio} />}
      <h2>Checks</h2>
      {checks ? (
        <Checks checks={checks} turnLink={to => linkTo({ turn: to })} />
      ) : (
        <p class="shown">
          <Words text={missed[0]?.what ?? ''} />
        </p>
      )}
      {metrics && <RunMetrics metrics={metrics} />}
      {(conversation ?? isSilent) && (
        <h2>
          Conversation
          {startedAt !== undefined && <span class="note"> {timeText(startedAt)}</span>}
        </h2>
      )}
      {isSilent && <p class="note">{index.leftOutNote}</p>}
      {conversation && (
        <>
          <Conversation conversation={conversation} missed={missed} target={turn} areToolsOpen={areToolsOpen} />
          <Folded title="Metadata of the agent" text={conversation.metadata} />
          <Folded title="SIP dialogue" text={conversation.dialogue} />
        </>
      )}
    </>
  )
}

function Folded({ title, text }: { readonly title: string; readonly text: string | undefined }) {
  if (text === undefined) return null
  return (
    <details class="metrics">
      <summary>{title}</summary>
      <pre>
        <Words text={text} />
      </pre>
    </details>
  )
}
