import type { RunView } from '../model/run-view.js'
import type { ViewIndex } from '../model/view-index.js'

/** Where a page has its result from. */
export interface Source {
  index(): Promise<ViewIndex>
  /** The runs of a chunk; `null` for one that was left out. @param chunk  From 0. */
  runs(chunk: number): Promise<readonly (RunView | null)[]>
}
