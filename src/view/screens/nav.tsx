import { grouped } from '../../domain/count.js'
import { states } from '../model/query.js'
import { failedQuery, hashOf } from '../model/route.js'
import type { ViewIndex } from '../model/view-index.js'
import { Words } from '../parts/words.js'

/** The screens that the result has something for, and the keys. Only the script shows it: nothing leads anywhere without. */
export function Nav({ index: { title, report, history, isShared, worse } }: { readonly index: ViewIndex }) {
  const { totals, entries } = report
  const failed = totals.failed + totals.agent_error
  const cases = entries.reduce((sum, entry) => sum + entry.cases.length, 0)
  return (
    <nav aria-label="Report">
      <span class="title">
        <Words text={title} />
      </span>
      <ul>
        <Tab of="summary" title="Summary" href={hashOf({ screen: 'summary' })} />
        {failed > 0 && <Tab of="failed" title="Failed" href={hashOf({ screen: 'runs', query: failedQuery })} many={failed} />}
        <Tab of="cases" title="Cases" href={hashOf({ screen: 'cases' })} many={cases} />
        <Tab of="runs" title="Runs" href={hashOf({ screen: 'runs', query: '' })} many={totals.runs} />
        {(worse ?? !isShared) && <Tab of="compare" title="Compare" href={hashOf({ screen: 'compare' })} />}
        {history && <Tab of="history" title="History" href={hashOf({ screen: 'history' })} />}
        {!isShared && <Tab of="record" title="Record" href={hashOf({ screen: 'record' })} />}
      </ul>
      <button type="button" class="help" aria-label="Keyboard shortcuts">
        ?
      </button>
      <dialog aria-label="Keyboard shortcuts">
        <dl class="keys">
          {keys.map(([key, what]) => (
            <div key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
        <button type="button">Close</button>
      </dialog>
    </nav>
  )
}

function Tab({
  of,
  title,
  href,
  many,
}: {
  /** What {@link tabOf} says of the address. */
  readonly of: string
  readonly title: string
  readonly href: string
  readonly many?: number
}) {
  return (
    <li>
      <a href={href} data-tab={of}>
        {title}
        {many !== undefined && <span class="many"> {grouped(many)}</span>}
      </a>
    </li>
  )
}

const keys: readonly (readonly [key: string, what: string])[] = [
  ['j / k', 'next and previous run'],
  ['n', 'next run that did not pass'],
  ['[ / ]', 'previous and next attempt'],
  ['/', `search: words; is:${states.join('|')}; tag: entry: person: profile: cause: tool: said:"…" latency:>1500; -word excludes`],
  ['e', 'show or fold tool calls'],
  ['y', 'copy the link to this run'],
  ['r', 'copy the command that runs it again'],
  ['?', 'show or hide this list'],
]
