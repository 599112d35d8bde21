import { useEffect, useLayoutEffect, useMemo, useState } from 'preact/hooks'
import { readRoute, type ViewRoute } from '../model/route.js'
import { createRows, type Rows } from '../model/rows.js'
import type { ViewIndex } from '../model/view-index.js'
import { Nav } from '../parts/nav.js'
import { ShortcutHelp, useShortcuts } from '../parts/shortcuts.js'
import type { Source } from '../source/source.js'
import { CaseScreen } from './case.js'
import { Cases } from './cases.js'
import { Runs } from './runs.js'

interface PageProps {
  readonly index: ViewIndex
  readonly source: Source
}

/** The whole page: one screen at a time, by its address. Summary and record are there as HTML already. */
export function Page({ index, source }: PageProps) {
  const route = useRoute()
  const rows = useMemo(() => createRows(index), [index])
  const [isHelpOpen, setHelpOpen] = useState(false)
  useShortcuts({ '?': () => setHelpOpen(!isHelpOpen) })
  useLayoutEffect(() => {
    for (const part of document.querySelectorAll<HTMLElement>('[data-screens]')) {
      part.hidden = part.dataset['screens']?.split(' ').includes(route.screen) !== true
    }
    document.getElementById('static')?.toggleAttribute('hidden', !isStatic(route))
    // List and conversation scroll by themselves; a new screen begins at its top.
    scrollTo(0, 0)
  }, [route.screen])
  return (
    <>
      <Nav index={index} route={route} onHelp={() => setHelpOpen(true)} />
      {isHelpOpen && <ShortcutHelp onClose={() => setHelpOpen(false)} />}
      {!isStatic(route) && (
        <main class={route.screen}>
          <Screen route={route} rows={rows} index={index} source={source} />
        </main>
      )}
    </>
  )
}

function isStatic({ screen }: ViewRoute): boolean {
  return screen === 'summary' || screen === 'record'
}

function Screen({ route, ...own }: PageProps & { readonly route: ViewRoute; readonly rows: Rows }) {
  switch (route.screen) {
    case 'runs':
    case 'run':
      return <Runs route={route} {...own} />
    case 'cases':
      return <Cases index={own.index} />
    case 'case':
      return <CaseScreen key={route.key} caseKey={route.key} {...own} />
    default:
      return null
  }
}

function useRoute(): ViewRoute {
  const [hash, setHash] = useState(location.hash)
  useEffect(() => {
    const onChange = (): void => setHash(location.hash)
    addEventListener('hashchange', onChange)
    return () => removeEventListener('hashchange', onChange)
  }, [])
  return useMemo(() => readRoute(hash), [hash])
}
