import type { Metric } from '../../../domain/metric.js'
import type { Personality } from '../../../domain/document.js'
import type { ExportedCase } from '../export-cases.js'
import type { Loss } from '../finding.js'
import { languages, metricSlug, most, testSuiteSchema, testSuiteVersion } from './test-suite.js'
import type { TestCase, TestSuite } from './test-suite.js'

export interface SuiteFacts {
  readonly name: string
  readonly description?: string
  readonly metrics: readonly Metric[]
  /** Conversations at once, if the suite limits them. */
  readonly concurrency?: number
}

/** Writes cases as a JSON test suite. Reports everything the format has no place for. */
export function writeTestSuite(cases: readonly ExportedCase[], facts: SuiteFacts, lose: (loss: Loss) => void): TestSuite {
  const { name, description, metrics, concurrency } = facts
  if (cases.length > most.cases) {
    lose({
      at: ['scenarios'],
      message: `There are ${cases.length} cases, but the limit for a document is ${most.cases}. Export the agents one by one, or split the suite.`,
    })
  }
  const scenarios = cases.map(each => testCaseOf(each, metrics, lose))
  const used = new Set(cases.flatMap(each => each.scenario.metrics))
  for (const key of used) {
    lose({
      at: ['metrics', key],
      message: `The document has only its name. Create the metric there, under the name ${key}.`,
    })
  }
  return {
    $schema: testSuiteSchema,
    version: testSuiteVersion,
    suite: { name: cut(name, most.longNameLength), ...(description !== undefined && { description }) },
    ...(concurrency !== undefined && { defaults: { concurrency_limit: concurrency } }),
    scenarios,
  }
}

function testCaseOf(each: ExportedCase, metrics: readonly Metric[], lose: (loss: Loss) => void): TestCase {
  const { scenario, id: _id, description, folder, personality: _personality, test_profile, metrics: _metrics, tags: _tags, ...rest } = each
  const at = ['scenarios', scenario.key]
  if (folder !== undefined) lose({ at: [...at, 'folder'], message: 'Left out: the format has no folders. Use a tag instead.' })
  if (description !== undefined) lose({ at: [...at, 'description'], message: 'Left out: the format has no descriptions.' })
  if (each.key.length > most.keyLength) lose({ at, message: `Its key is cut to ${most.keyLength} characters.` })
  if (each.name.length > most.nameLength) lose({ at: [...at, 'name'], message: `Cut to ${most.nameLength} characters.` })
  const language = languageOf(scenario.personality, at, lose)
  const personality = personalityOf(scenario.personality, at, lose)
  const profile =
    test_profile !== undefined && typeof test_profile === 'object' ? profileOf(test_profile, scenario.testProfile?.id) : undefined
  const names = metricsOf(scenario.metrics, metrics, at, lose)
  const tags = tagsOf(scenario.tags, at, lose)
  return {
    ...rest,
    key: cut(each.key, most.keyLength),
    name: cut(each.name, most.nameLength),
    ...(tags.length > 0 && { tags }),
    ...((language !== 'en' || rest.type === 'conditional_actions') && { language }),
    ...(personality !== undefined && { personality }),
    ...(profile !== undefined && { test_profile: profile }),
    ...(names.length > 0 && { metrics: names }),
  }
}

function languageOf(personality: Personality | undefined, at: readonly string[], lose: (loss: Loss) => void): string {
  const spoken = personality?.language ?? 'en'
  const [own = ''] = spoken.toLowerCase().split('-')
  const language = own === 'mul' ? 'multi' : own
  if (!languages.includes(language)) {
    lose({ at: [...at, 'personality'], message: `${spoken} is left out: the format supports ${languages.join(', ')}.` })
    return 'en'
  }
  if (language !== spoken && spoken !== 'mul')
    lose({ at: [...at, 'personality'], message: `${spoken} is now ${language}: the format has no regions.` })
  return language
}

/** The personality's id. The format requires a voice for a written-out personality, and a suite has none. */
function personalityOf(personality: Personality | undefined, at: readonly string[], lose: (loss: Loss) => void): number | undefined {
  if (!personality || personality.id !== undefined) return personality?.id
  const { key, name, at: _at, language: _language, ...ways } = personality
  if (Object.keys(ways).length > 0) {
    lose({
      at: [...at, 'personality'],
      message: `${key} (${name}) is left out: the format needs a voice. Add the id of a personality there.`,
    })
  }
  return undefined
}

/** The profile's data if it has any, or else its id. */
function profileOf(profile: Extract<ExportedCase['test_profile'], object>, id: number | undefined): TestCase['test_profile'] {
  const { key, ...own } = profile
  if (own.agent_variables || own.caller_variables) return own
  return id ?? { name: own.name ?? key ?? 'test profile' }
}

/** Metrics by name, which is the same in every project. A name the format does not allow is replaced by the id. */
function metricsOf(
  keys: readonly string[],
  metrics: readonly Metric[],
  at: readonly string[],
  lose: (loss: Loss) => void,
): (number | string)[] {
  return keys.flatMap((key): (number | string)[] => {
    if (metricSlug.test(key)) return [key]
    const id = metrics.find(each => each.key === key)?.id
    if (id === undefined)
      lose({
        at: [...at, 'metrics'],
        message: `${key} is left out: a metric's name there may have only lower-case letters, digits and _. Rename it, or add its id.`,
      })
    return id === undefined ? [] : [id]
  })
}

function tagsOf(tags: readonly string[], at: readonly string[], lose: (loss: Loss) => void): string[] {
  const kept = tags.filter(tag => tag.length <= most.tagLength).slice(0, most.tags)
  for (const tag of tags.filter(each => !kept.includes(each))) {
    lose({ at: [...at, 'tags'], message: `${tag} is left out: the limit for a case is ${most.tags} tags of ${most.tagLength} characters.` })
  }
  return kept
}

function cut(text: string, length: number): string {
  return text.slice(0, length)
}
