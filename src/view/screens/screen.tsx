import { useLayoutEffect, useMemo } from 'preact/hooks'
import { tabOf } from '../model/route.js'
import { createRows } from '../model/rows.js'
import type { ViewIndex } from '../model/view-index.js'
import { useRoute } from '../parts/use-route.js'
import { useShortcuts } from '../parts/use-shortcuts.js'
import type { Source } from '../source/source.js'
import { CaseScreen } from './case.js'
import { OtherBase } from './other-base.js'
import { Runs } from './runs.js'

/** Shows or hides the list of keys. */
export function toggleHelp(): void {
  const help = document.querySelector('dialog')
  if (help?.open) help.close()
  else help?.showModal()
}

/** One screen at a time, by its address. All but runs and cases are on the page as HTML already. */
export function Screen({ index, source }: { readonly index: ViewIndex; readonly source: Source }) {
  const route = useRoute()
  const rows = useMemo(() => createRows(index), [index])
  useShortcuts({ '?': toggleHelp })
  useLayoutEffect(() => {
    for (const tab of document.querySelectorAll<HTMLElement>('[data-tab]')) {
      tab.ariaCurrent = tab.dataset['tab'] === tabOf(route) ? 'page' : null
    }
  }, [route])
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
    case 'case':
      return <CaseScreen key={route.key} caseKey={route.key} {...own} />
    case 'compare':
      return index.isShared ? null : <OtherBase {...own} />
    default:
      return null
  }
}
