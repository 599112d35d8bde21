import { grouped } from '../../domain/count.js'
import type { ListedResult, ListFilter, ResultListing } from '../../domain/listed-result.js'
import { visibleText } from '../../domain/safe-text.js'
import { wilsonInterval } from '../../domain/statistics.js'
import { rangeText, timeText } from '../parts/figures.js'
import { Mark } from '../parts/mark.js'
import { Words } from '../parts/words.js'

/** The results of a server, the newest first. Two of them can be picked to be compared. */
export function Results({ listing }: { readonly listing: ResultListing }) {
  const { results, filter, count, page, pages } = listing
  const [newest, before] = results.filter(isOver)
  return (
    <>
      <h1>Results</h1>
      <Filter listing={listing} />
      <p class="note" role="status">
        {count === 0 ? 'No result.' : `${grouped(count)} ${count === 1 ? 'result' : 'results'}`}
        {pages > 1 && ` · page ${page} of ${pages}`}
      </p>
      {results.length > 0 && (
        <form method="get" action="/ui/compare">
          <table class="results stacked">
            <thead>
              <tr>
                <th scope="col">Result</th>
                <th scope="col">Passed</th>
                <th scope="col">Agents</th>
                <th scope="col">Since the one before</th>
                <th scope="col">Started</th>
                <th scope="col">Signed</th>
                <th scope="col">Compare</th>
              </tr>
            </thead>
            <tbody>
              {results.map(each => (
                <ResultRow key={each.id} result={each} pick={each === newest ? 'new' : each === before ? 'base' : undefined} />
              ))}
            </tbody>
          </table>
          {before && <button>Compare the two</button>}
        </form>
      )}
      {pages > 1 && (
        <p class="pages">
          {page > 1 && <a href={addressOf(filter, page - 1)}>Newer</a>} {page < pages && <a href={addressOf(filter, page + 1)}>Older</a>}
        </p>
      )}
    </>
  )
}

function isOver({ state }: ListedResult): boolean {
  return state !== 'pending' && state !== 'running'
}

function addressOf(filter: ListFilter, page: number): string {
  return `/ui/?${new URLSearchParams({ ...filter, page: String(page) }).toString()}`
}

const verdicts = { passed: 'fit to release', failed: 'not fit to release', could_not_tell: 'inconclusive' } as const

function Filter({ listing: { suites, filter } }: { readonly listing: ResultListing }) {
  return (
    <form class="filter" method="get" action="/ui/" role="search" aria-label="Filter results">
      <label>
        Suite{' '}
        <select name="suite">
          <option value="">all</option>
          {suites.map(({ key, name }) => (
            <option key={key} value={key} selected={key === filter.suite}>
              {visibleText(name)}
            </option>
          ))}
        </select>
      </label>
      <label>
        Verdict{' '}
        <select name="verdict">
          <option value="">all</option>
          {Object.entries(verdicts).map(([verdict, words]) => (
            <option key={verdict} value={verdict} selected={verdict === filter.verdict}>
              {words}
            </option>
          ))}
        </select>
      </label>
      <label>
        Branch <input name="branch" value={filter.branch ?? ''} autocomplete="off" spellcheck={false} />
      </label>
      <button>Filter</button>
    </form>
  )
}

function ResultRow({ result, pick }: { readonly result: ListedResult; readonly pick: 'base' | 'new' | undefined }) {
  const { id, name, suite, agents, runs, ended, counted, passed, startedAt, startedBy, branch, since, signed } = result
  return (
    <tr>
      <th scope="row">
        <State state={result.state} />{' '}
        <a href={`/ui/results/${id}/`}>
          <Words text={name} />
        </a>
        <div class="note">
          {id} · <Words text={suite} />
        </div>
      </th>
      <td>
        {grouped(passed)} of {grouped(runs)}
        {ended < runs && <span class="note"> {grouped(ended)} ended</span>}
        {counted > 0 && <div class="note">{rangeText(wilsonInterval(passed, counted, 0.95))}</div>}
      </td>
      <td>
        <Words text={agents} />
      </td>
      <td>
        {since && (
          <a href={`/ui/compare?base=${since.result}&new=${id}`}>
            {since.failing === 0 && since.mended === 0 ? 'no case changed' : `${since.failing} failing, ${since.mended} mended`}
          </a>
        )}
      </td>
      <td>
        {timeText(startedAt)}
        <div class="note">
          {startedBy !== undefined && <Words text={`by ${startedBy}`} />}
          {branch !== undefined && <Words text={` on ${branch}`} />}
        </div>
      </td>
      <td>
        {signed.map((each, i) => (
          <div key={i}>
            <Words text={`${each.decision === 'rejected' ? '✗ rejected by ' : '✓ '}${each.name}, ${each.role}`} />
          </div>
        ))}
      </td>
      <td class="pick">
        {isOver(result) &&
          (['base', 'new'] as const).map(as => (
            <label key={as}>
              <input type="radio" name={as} value={id} checked={pick === as} aria-label={`${as}: result ${id}`} /> {as}
            </label>
          ))}
      </td>
    </tr>
  )
}

function State({ state }: { readonly state: ListedResult['state'] }) {
  if (state !== 'pending' && state !== 'running') return <Mark status={state} word={verdicts[state]} />
  return (
    <span class="mark not_run">
      <span aria-hidden="true">…</span>
      <span class="unseen">{state === 'pending' ? 'not started' : 'in progress'}</span>
    </span>
  )
}
