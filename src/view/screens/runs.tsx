import { useEffect, useRef } from 'preact/hooks'
import { caseStatusOf } from '../../domain/case-status.js'
import { grouped } from '../../domain/count.js'
import { hashOf, type ViewRoute } from '../model/route.js'
import type { Rows } from '../model/rows.js'
import type { ViewIndex } from '../model/view-index.js'
import { RunList } from '../parts/run-list.js'
import { useShortcuts } from '../parts/use-shortcuts.js'
import { type Matches, useMatches } from '../parts/use-matches.js'
import { Words } from '../parts/words.js'
import type { Source } from '../source/source.js'
import { RunScreen } from './run.js'

type RunsRoute = Extract<ViewRoute, { screen: 'runs' | 'run' }>

/** S2: the runs that a query finds, and one of them beside. */
export function Runs({
  route,
  index,
  rows,
  source,
}: {
  readonly route: RunsRoute
  readonly index: ViewIndex
  readonly rows: Rows
  readonly source: Source
}) {
  const matches = useMatches(route.query, { index, rows, source })
  const search = useRef<HTMLInputElement>(null)
  // Where there is no room for both, the list is hidden beside a run.
  const isSearchWanted = useRef(false)
  const { indexes } = matches
  const asked = route.screen === 'run' ? rows.find(route.key) : undefined
  const selected = route.screen === 'run' ? asked : indexes[0]
  const place = selected === undefined ? -1 : indexes.indexOf(selected)

  const goTo = (to: number | undefined): void => {
    if (to !== undefined) location.hash = hashOf({ screen: 'run', key: rows.at(to).key, query: route.query })
  }
  const nextFailure = (): number | undefined =>
    indexes.find(each => each > (selected ?? -1) && !['passed', 'not_run'].includes(caseStatusOf(rows.statusAt(each))))
  useShortcuts({
    'j': () => goTo(indexes[place + 1]),
    'k': () => goTo(indexes[Math.max(place - 1, 0)]),
    'n': () => goTo(nextFailure()),
    '/': () => {
      isSearchWanted.current = search.current?.offsetParent === null
      if (isSearchWanted.current) location.hash = hashOf({ screen: 'runs', query: route.query })
      else search.current?.focus()
    },
  })
  useEffect(() => {
    if (isSearchWanted.current) search.current?.focus()
    isSearchWanted.current = false
  }, [route.screen])
  return (
    <div class={`split ${route.screen === 'run' ? 'reading' : 'listing'}`}>
      <div class="list">
        <h1 class="unseen">Runs</h1>
        <Search query={route.query} matches={matches} total={rows.length} input={search} />
        <RunList rows={rows} indexes={indexes} selected={selected} query={route.query} />
      </div>
      <div class="panel">
        <a class="back" href={hashOf({ screen: 'runs', query: route.query })}>
          ‹ Back to the list
        </a>
        {route.screen === 'run' && asked === undefined ? (
          <p role="alert">
            This result has no run <Words text={route.key} />.
          </p>
        ) : selected === undefined ? (
          <p class="note">No run is shown.</p>
        ) : (
          <RunScreen
            key={selected}
            row={rows.at(selected)}
            source={source}
            index={index}
            query={route.query}
            turn={route.screen === 'run' ? route.turn : undefined}
            attempt={route.screen === 'run' ? route.attempt : undefined}
          />
        )}
      </div>
    </div>
  )
}

function Search({
  query,
  matches: { indexes, searched, query: read },
  total,
  input,
}: {
  readonly query: string
  readonly matches: Matches
  readonly total: number
  readonly input: preact.RefObject<HTMLInputElement | null>
}) {
  return (
    <form
      role="search"
      onSubmit={event => {
        event.preventDefault()
        location.hash = hashOf({ screen: 'runs', query: input.current?.value ?? '' })
      }}
    >
      <label class="unseen" for="query">
        Filter runs
      </label>
      <input
        id="query"
        type="search"
        key={query}
        ref={input}
        defaultValue={query}
        placeholder='words, is:failed, tag:smoke, said:"…"'
        autocomplete="off"
        spellcheck={false}
      />
      <p class="note" role="status">
        {grouped(indexes.length)} of {grouped(total)} runs
        {searched !== undefined && (
          <>
            {' '}
            <progress value={searched} aria-label="Conversations searched" />
          </>
        )}
        {read.unknown.length > 0 && (
          <>
            {' · not understood: '}
            <Words text={read.unknown.join(' ')} />
          </>
        )}
      </p>
    </form>
  )
}
