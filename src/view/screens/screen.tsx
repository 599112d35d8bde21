import { useLayoutEffect, useMemo } from 'preact/hooks'
import { createRows } from '../model/rows.js'
import type { ViewIndex } from '../model/view-index.js'
import { useRoute } from '../parts/use-route.js'
import type { Source } from '../source/source.js'
import { CaseScreen } from './case.js'
import { Cases } from './cases.js'
import { Runs } from './runs.js'

/** One screen at a time, by its address. Summary and record are on the page as HTML already. */
export function Screen({ index, source }: { readonly index: ViewIndex; readonly source: Source }) {
  const route = useRoute()
  const rows = useMemo(() => createRows(index), [index])
  useLayoutEffect(() => {
    for (const part of document.querySelectorAll<HTMLElement>('[data-screens]')) {
      part.hidden = part.dataset['screens']?.split(' ').includes(route.screen) !== true
    }
    const main = document.querySelector('main')
    if (main) main.className = route.screen
    // List and conversation scroll by themselves; a new screen begins at its top.
    scrollTo(0, 0)
  }, [route.screen])
  const own = { index, rows, source }
  switch (route.screen) {
    case 'runs':
    case 'run':
      return <Runs route={route} {...own} />
    case 'cases':
      return <Cases index={index} />
    case 'case':
      return <CaseScreen key={route.key} caseKey={route.key} {...own} />
    default:
      return null
  }
}
