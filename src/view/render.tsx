import { renderToString } from 'preact-render-to-string'
import type { History } from '../domain/case-history.js'
import type { ShownComparison } from '../domain/comparison.js'
import type { SuiteStarted } from '../domain/event.js'
import type { ResultListing } from '../domain/listed-result.js'
import type { LivePart } from '../domain/live-part.js'
import type { Report } from '../domain/report.js'
import type { SignPage } from '../domain/signoff-form.js'
import type { Site, UnderWay } from '../domain/site.js'
import type { RunView } from './model/run-view.js'
import type { StaticScreens } from './model/static-screens.js'
import type { ReviewPage } from './model/review-page.js'
import type { ViewIndex } from './model/view-index.js'
import { Causes } from './parts/causes.js'
import { Examples } from './parts/examples.js'
import { Head } from './parts/head.js'
import { NotCompared } from './parts/not-compared.js'
import { ResultActions } from './parts/result-actions.js'
import { Rules } from './parts/rules.js'
import { SiteHead } from './parts/site-head.js'
import { Tested } from './parts/tested.js'
import { Cases } from './screens/cases.js'
import { CompareScreen } from './screens/compare.js'
import { HistoryScreen, Unreadable } from './screens/history.js'
import { LiveCases, LiveHead, LiveRuns } from './screens/live.js'
import { Message } from './screens/message.js'
import { Nav } from './screens/nav.js'
import { RecordScreen } from './screens/record.js'
import { Results } from './screens/results.js'
import { SignIn } from './screens/sign-in.js'
import { ReviewScreen } from './screens/review.js'
import { SignScreen } from './screens/sign.js'
import { Summary } from './screens/summary.js'

/** @param examples  Of causes, by the index of the run. */
export function renderScreens(index: ViewIndex, examples: ReadonlyMap<number, RunView>, shown?: ShownComparison): StaticScreens {
  return {
    nav: staticHtml(<Nav index={index} />),
    head: staticHtml(<Head index={index} />),
    summary: staticHtml(<Summary index={index} comparison={shown?.comparison} />),
    tested: staticHtml(<Tested index={index} />),
    examples: staticHtml(<Examples index={index} examples={examples} />),
    cases: staticHtml(<Cases index={index} />),
    record: staticHtml(<RecordScreen index={index} />),
    compare: shown ? staticHtml(<CompareScreen shown={shown} />) : '',
    notCompared: staticHtml(<NotCompared index={index} />),
    history: index.history ? staticHtml(<HistoryScreen history={index.history} />) : '',
  }
}

export function renderComparison(shown: ShownComparison): string {
  return staticHtml(<CompareScreen shown={shown} />)
}

/** The histories of several suites. @param addressOf  Of a result's page; absent where there are none. */
export function renderHistory({ suites, unreadable }: History, addressOf?: (result: string) => string): string {
  return staticHtml(
    <>
      {suites.map(history => (
        <HistoryScreen key={history.suite} history={history} addressOf={addressOf} />
      ))}
      {unreadable.length > 0 && <Unreadable unreadable={unreadable} />}
    </>,
  )
}

/** The parts of the page of a result in progress, in their order. */
export function renderLive(started: SuiteStarted, report: Report, runs: readonly UnderWay[]): readonly LivePart[] {
  return [
    { id: 'live-head', html: staticHtml(<LiveHead started={started} report={report} />) },
    { id: 'live-runs', html: staticHtml(<LiveRuns runs={runs} />) },
    {
      id: 'live-rules',
      html: staticHtml(
        <Rules gate={{ ...report.gate, lines: report.gate.lines.filter(({ rule }) => rule !== 'coverage') }} bar={undefined} />,
      ),
    },
    { id: 'live-causes', html: staticHtml(<Causes report={report} hasExamples={false} />) },
    { id: 'live-cases', html: staticHtml(<LiveCases report={report} />) },
  ]
}

export function renderResults(listing: ResultListing): string {
  return staticHtml(<Results listing={listing} />)
}

export function renderSiteHead(site: Site): string {
  return staticHtml(<SiteHead site={site} />)
}

/** What people can do with a result; nothing for those who may only read. */
export function renderActions(id: number, of: { readonly isOver: boolean; readonly hasJudge: boolean }, site: Site): string {
  return staticHtml(<ResultActions id={id} {...of} site={site} />)
}

/** @param to  Path that signing in leads to. @param wrong  Why it failed before. */
export function renderSignIn(to: string, wrong: string | undefined): string {
  return staticHtml(<SignIn to={to} wrong={wrong} />)
}

export function renderReview(page: ReviewPage): string {
  return staticHtml(<ReviewScreen page={page} />)
}

export function renderSign(page: SignPage): string {
  return staticHtml(<SignScreen page={page} />)
}

export function renderMessage(title: string, text: string, link: string | undefined): string {
  return staticHtml(<Message title={title} text={text} link={link} />)
}

function staticHtml(element: preact.JSX.Element): string {
  return renderToString(element)
}
