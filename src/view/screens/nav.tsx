import { useState } from 'preact/hooks'
import { grouped } from '../../domain/count.js'
import { failedQuery, hashOf } from '../model/route.js'
import type { ViewIndex } from '../model/view-index.js'
import { ShortcutHelp, useShortcuts } from '../parts/shortcuts.js'
import { useRoute } from '../parts/use-route.js'
import { Words } from '../parts/words.js'

/** The screens that the result has something for, and the keys. */
export function Nav({ index }: { readonly index: ViewIndex }) {
  const route = useRoute()
  const [isHelpOpen, setHelpOpen] = useState(false)
  useShortcuts({ '?': () => setHelpOpen(!isHelpOpen) })
  const { totals, entries } = index.report
  const failed = totals.failed + totals.agent_error
  const cases = entries.reduce((sum, entry) => sum + entry.cases.length, 0)
  const isFailed = 'query' in route && route.query.startsWith(failedQuery)
  const tabs: readonly (readonly [title: string, href: string, isCurrent: boolean, count?: number])[] = [
    ['Summary', hashOf({ screen: 'summary' }), route.screen === 'summary'],
    ...(failed > 0 ? [['Failed', hashOf({ screen: 'runs', query: failedQuery }), isFailed, failed] as const] : []),
    ['Cases', hashOf({ screen: 'cases' }), route.screen === 'cases' || route.screen === 'case', cases],
    ['Runs', hashOf({ screen: 'runs', query: '' }), 'query' in route && !isFailed, totals.runs],
    ...(index.worse ? [['Compare', hashOf({ screen: 'compare' }), route.screen === 'compare'] as const] : []),
    ...(index.history ? [['History', hashOf({ screen: 'history' }), route.screen === 'history'] as const] : []),
    ...(index.isShared ? [] : [['Record', hashOf({ screen: 'record' }), route.screen === 'record'] as const]),
  ]
  return (
    <nav aria-label="Report">
      <span class="title">
        <Words text={index.title} />
      </span>
      <ul>
        {tabs.map(([title, href, isCurrent, count]) => (
          <li key={title}>
            <a href={href} aria-current={isCurrent ? 'page' : undefined}>
              {title}
              {count !== undefined && <span class="many"> {grouped(count)}</span>}
            </a>
          </li>
        ))}
      </ul>
      <button type="button" class="help" aria-label="Keyboard shortcuts" onClick={() => setHelpOpen(true)}>
        ?
      </button>
      {isHelpOpen && <ShortcutHelp onClose={() => setHelpOpen(false)} />}
    </nav>
  )
}
