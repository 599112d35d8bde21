import { renderToString } from 'preact-render-to-string'
import type { History } from '../domain/case-history.js'
import type { ShownComparison } from '../domain/comparison.js'
import type { Example } from './model/example.js'
import type { StaticScreens } from './model/static-screens.js'
import type { ViewIndex } from './model/view-index.js'
import { Examples } from './parts/examples.js'
import { Head } from './parts/head.js'
import { IsStatic } from './parts/links.js'
import { Tested } from './parts/tested.js'
import { CompareScreen } from './screens/compare.js'
import { HistoryScreen, Unreadable } from './screens/history.js'
import { RecordScreen } from './screens/record.js'
import { Summary } from './screens/summary.js'

/** @param examples  Of causes, by the index of the run. */
export function renderScreens(index: ViewIndex, examples: ReadonlyMap<number, Example>, shown?: ShownComparison): StaticScreens {
  return {
    head: staticHtml(<Head index={index} />),
    summary: staticHtml(<Summary index={index} comparison={shown?.comparison} />),
    tested: staticHtml(<Tested index={index} />),
    examples: staticHtml(<Examples index={index} examples={examples} />),
    record: staticHtml(<RecordScreen index={index} />),
    compare: shown ? staticHtml(<CompareScreen shown={shown} />) : '',
    history: index.history ? staticHtml(<HistoryScreen history={index.history} />) : '',
  }
}

export function renderComparison(shown: ShownComparison): string {
  return staticHtml(<CompareScreen shown={shown} />)
}

/** The histories of several suites. */
export function renderHistory({ suites, unreadable }: History): string {
  return staticHtml(
    <>
      {suites.map(history => (
        <HistoryScreen key={history.suite} history={history} />
      ))}
      {unreadable.length > 0 && <Unreadable unreadable={unreadable} />}
    </>,
  )
}

function staticHtml(element: preact.JSX.Element): string {
  return renderToString(<IsStatic.Provider value>{element}</IsStatic.Provider>)
}
