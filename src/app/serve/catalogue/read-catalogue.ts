import type { Scenario } from '../../../domain/document.js'
import { isInFolder, withParents } from '../../../domain/selection.js'
import type { Catalogue, InSuite } from './catalogue.js'
import { agentView, metricView, personalityView, scenarioView, testProfileView } from './catalogue-views.js'
import { filterId, pageFrom, pageOf, type Page } from '../answer/read-page.js'
import { isElsewhere } from '../answer/read-result.js'
import type { Folders } from '../generated/answers.js'
import type { CatalogueQuery, ScenariosQuery } from '../generated/requests.js'
import { notFound } from '../refusal.js'

/** One kind of declared thing, such as agents or scenarios. */
export interface Shelf<View extends object = object> {
  /** In the order of the suites. @throws {Refusal} 404 for a page after the last. */
  list(catalogue: Catalogue, query: CatalogueQuery & ScenariosQuery): Page<View>
  /** @throws {Refusal} 404 */
  one(catalogue: Catalogue, id: number): View
}

export const agents = shelf(({ agents: all }) => all, agentView)
export const scenarios = shelf(({ scenarios: all }) => all, scenarioView, isWanted)
export const personalities = shelf(({ personalities: all }) => all, personalityView)
export const testProfiles = shelf(({ testProfiles: all }) => all, testProfileView)
export const metrics = shelf(({ metrics: all }) => all, metricView)

/** `GET scenarios/tags/`: each once, sorted. */
export function readTags(catalogue: Catalogue, query: CatalogueQuery): string[] {
  const tags = ofSuites(catalogue, query, catalogue.scenarios).flatMap(({ noun }) => noun.tags)
  return [...new Set(tags)].toSorted()
}

/** `GET scenarios/folders/`: each folder with its parents, sorted, and the number of scenarios in and below it. */
export function readFolders(catalogue: Catalogue, query: CatalogueQuery): Folders {
  const folders = ofSuites(catalogue, query, catalogue.scenarios).flatMap(({ noun }) => noun.folder ?? [])
  const paths = new Set(folders.flatMap(withParents))
  return [...paths].toSorted().map(path => {
    const [name = '', ...parents] = path.split('.').toReversed()
    return {
      name,
      path,
      parent_path: parents.toReversed().join('.') || null,
      scenario_count: folders.filter(folder => isInFolder(folder, path)).length,
    }
  })
}

function shelf<Noun, View extends object>(
  from: (catalogue: Catalogue) => ReadonlyMap<number, InSuite<Noun>>,
  view: (found: InSuite<Noun>) => View,
  isAskedFor: (noun: Noun, query: ScenariosQuery) => boolean = () => true,
): Shelf<View> {
  return {
    list(catalogue, query) {
      const found = ofSuites(catalogue, query, from(catalogue)).filter(({ noun }) => isAskedFor(noun, query))
      const { count, items } = pageFrom(found, pageOf(query))
      return { count, items: items.map(view) }
    },
    one(catalogue, id) {
      const found = from(catalogue).get(id)
      if (!found) throw notFound()
      return view(found)
    },
  }
}

/** The declarations of all suites, or of the agent's suite. */
function ofSuites<Noun>(catalogue: Catalogue, query: CatalogueQuery, all: ReadonlyMap<number, InSuite<Noun>>): InSuite<Noun>[] {
  if (isElsewhere(query, catalogue.project)) return []
  if (query.agent_id === undefined) return [...all.values()]
  const suite = catalogue.agents.get(filterId(query.agent_id))?.suite
  return [...all.values()].filter(found => found.suite === suite)
}

function isWanted({ tags, folder }: Scenario, { tags: wanted, folder_path: path }: ScenariosQuery): boolean {
  const names = wanted?.split(',').map(tag => tag.trim())
  return (names?.some(tag => tags.includes(tag)) ?? true) && (path === undefined || isInFolder(folder, path))
}
