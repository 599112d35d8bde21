import type { RunEntry, Scenario, Selector } from './document.js'
import { unreachable } from './unreachable.js'

/** The parts of a run entry that select scenarios. */
export type Selection = Pick<RunEntry, 'scenarios' | 'tags' | 'tagsAll' | 'tagsNot'>

/** The scenarios that a run entry selects. Tags narrow first, then the selector picks ("the first 5 of the smoke tests"). */
export function selectScenarios(scenarios: readonly Scenario[], selection: Selection): readonly Scenario[] {
  const { tags, tagsAll, tagsNot } = selection
  const tagged = scenarios.filter(
    scenario =>
      (tags.length === 0 || tags.some(tag => scenario.tags.includes(tag))) &&
      tagsAll.every(tag => scenario.tags.includes(tag)) &&
      !tagsNot.some(tag => scenario.tags.includes(tag)),
  )
  return pick(tagged, selection.scenarios)
}

/** Whether a dotted folder is `of` or below it. */
export function isInFolder(folder: string | undefined, of: string): boolean {
  return folder !== undefined && (folder === of || folder.startsWith(`${of}.`))
}

/** A dotted folder with its parents: `Sales` and `Sales.Inbound` for `Sales.Inbound`. */
export function withParents(folder: string): string[] {
  const parts = folder.split('.')
  return parts.map((_, index) => parts.slice(0, index + 1).join('.'))
}

/** A run entry's name in its form for keys: lower case, with hyphens for everything but letters and digits. */
export function slugOf(name: string): string {
  return (
    name
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
      .replaceAll(/^-+|-+$/g, '') || 'run'
  )
}

function pick(scenarios: readonly Scenario[], selector: Selector): readonly Scenario[] {
  switch (selector.kind) {
    case 'all':
      return scenarios
    case 'first':
      return scenarios.slice(0, selector.count)
    case 'keys':
      return selector.keys.flatMap(key => scenarios.filter(scenario => scenario.key === key))
    case 'folder':
      return scenarios.filter(({ folder }) => isInFolder(folder, selector.folder))
    default:
      return unreachable(selector)
  }
}
