import { shorten } from '../../domain/safe-text.js'
import type { Shortfall } from '../../domain/shortfall.js'
import type { ConversationLine } from '../model/conversation-lines.js'
import { indentedJson } from '../model/indented-json.js'
import type { ConversationView } from '../model/run-view.js'
import { clockText, waitText } from './figures.js'
import { LongWords } from './long-words.js'
import { Words } from './words.js'

/** A conversation: who said what and when, tool calls on one line each, and what went wrong beside the turn that shows it. */
export function Conversation({
  conversation: { lines, ending, endedS },
  missed,
  target,
  areToolsOpen = false,
}: {
  readonly conversation: ConversationView
  readonly missed: readonly Shortfall[]
  /** The turn that the address leads to. */
  readonly target?: number | undefined
  readonly areToolsOpen?: boolean
}) {
  return (
    <ol class="conversation">
      {lines.map((line, i) => {
        const isLast = lines[i + 1]?.turn !== line.turn
        const wrong = missed.filter(({ turn }) => turn === line.turn)
        const isFirst = lines[i - 1]?.turn !== line.turn
        return (
          <li
            key={i}
            class={['moment', line.kind, 'by' in line ? line.by : 'agent', wrong.length > 0 && 'wrong', target === line.turn && 'target']
              .filter(Boolean)
              .join(' ')}
            {...(isFirst && { 'data-turn': String(line.turn) })}
            data-at={line.startS}
          >
            <Line line={line} isOpen={areToolsOpen} />
            {isLast && wrong.map(shortfall => <Wrong key={shortfall.what} shortfall={shortfall} />)}
          </li>
        )
      })}
      <li class="moment ending">
        <Time seconds={endedS} />
        <span class="who">Ended</span>
        <span class="words">
          <Words text={ending} />
        </span>
      </li>
    </ol>
  )
}

function Line({ line, isOpen }: { readonly line: ConversationLine; readonly isOpen: boolean }) {
  if (line.kind === 'tool') return <ToolLine line={line} isOpen={isOpen} />
  const { by, text, why, isCut, afterMs } = line
  return (
    <>
      <Time seconds={line.startS} />
      <span class="who" title={why}>
        {by === 'agent' ? 'Agent' : 'Caller'}
      </span>
      <span class="words">
        {line.kind === 'thought' && <span class="note">thinks: </span>}
        {line.kind === 'keys' && <span class="note">presses </span>}
        <LongWords text={text} />
        {isCut && <span class="note"> (cut off)</span>}
        {afterMs !== undefined && afterMs > 0 && (
          <>
            {' '}
            <span class="wait" title="How long the caller waited">
              {waitText(afterMs)}
            </span>
          </>
        )}
      </span>
    </>
  )
}

function ToolLine({ line, isOpen }: { readonly line: Extract<ConversationLine, { kind: 'tool' }>; readonly isOpen: boolean }) {
  const { name, sent, got, isUnmatched } = line
  return (
    <>
      <Time seconds={line.startS} />
      <span class="who">Tool</span>
      <details class="words" open={isOpen}>
        <summary>
          <Words text={name} />
          {sent !== undefined && <span class="note">({<Words text={shorten(sent, 80)} />})</span>}
          {got !== undefined && (
            <span class="note">
              {' '}
              → <Words text={shorten(got, 80)} />
            </span>
          )}
          {isUnmatched && <span class="note"> (no case of the mock tool matches)</span>}
        </summary>
        {sent !== undefined && <Json title="Arguments" text={sent} />}
        {got !== undefined && <Json title="Result" text={got} />}
      </details>
    </>
  )
}

function Json({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <div class="json">
      <b>{title}</b>
      <pre>
        <LongWords text={indentedJson(text)} />
      </pre>
    </div>
  )
}

function Wrong({ shortfall: { what, seen, judged } }: { readonly shortfall: Shortfall }) {
  return (
    <p class="shown">
      <span class="unseen">This turn shows a failure: </span>
      <span aria-hidden="true">✗ </span>
      <Words text={shorten(what, 500)} />
      {seen !== '' && (
        <>
          {' '}
          <span class="note">{judged ? 'judge' : 'seen'}:</span> <Words text={shorten(seen, 500)} />
        </>
      )}
    </p>
  )
}

function Time({ seconds }: { readonly seconds: number }) {
  return <span class="time">{clockText(seconds)}</span>
}
