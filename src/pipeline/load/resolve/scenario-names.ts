import type { Scenario as RawScenario } from '../../../domain/generated/suite.js'
import { withParents } from '../../../domain/selection.js'
import { readable } from '../loose.js'
import type { Declared } from '../merge-sections.js'
import { createRegister } from './references.js'
import type { Register } from './references.js'

/** Everything that can select scenarios, known before any scenario is read. */
export interface ScenarioNames {
  /** Keys, by key or id. */
  readonly register: Register<string>
  readonly tags: ReadonlySet<string>
  /** Dotted folders, including those with only subfolders. */
  readonly folders: ReadonlySet<string>
}

export function namesOf(scenarios: readonly Declared<RawScenario>[]): ScenarioNames {
  return {
    register: createRegister(
      'SCENARIO_UNKNOWN',
      scenarios.map(({ key, raw }) => ({ key, id: raw?.id, noun: key })),
    ),
    tags: new Set(scenarios.flatMap(({ raw }) => [...readable(raw?.tags)].map(([, tag]) => tag))),
    folders: new Set(scenarios.map(folderOf).flatMap(folder => (folder === undefined ? [] : withParents(folder)))),
  }
}

/** The scenario's own folder, or else its file's. */
export function folderOf({ raw, file }: Declared<RawScenario>): string | undefined {
  return raw?.folder ?? file.folder
}
