import type { RunEntry, Scenario, Selector } from '../../domain/document.js'
import { unreachable } from '../../domain/unreachable.js'

/** The scenarios that a run entry selects; its tags narrow first, then the selector picks ("the first 5 of the smoke tests"). */
export function selectScenarios(scenarios: readonly Scenario[], entry: RunEntry): readonly Scenario[] {
  const { tags, tagsAll, tagsNot } = entry
  const tagged = scenarios.filter(
    scenario =>
      (tags.length === 0 || tags.some(tag => scenario.tags.includes(tag))) &&
      tagsAll.every(tag => scenario.tags.includes(tag)) &&
      !tagsNot.some(tag => scenario.tags.includes(tag)),
  )
  return pick(tagged, entry.scenarios)
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
      return scenarios.filter(({ folder }) => folder === selector.folder || folder?.startsWith(`${selector.folder}.`))
    default:
      return unreachable(selector)
  }
}
