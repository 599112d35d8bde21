import { showPath, type Path } from '../../../adapters/exchange/path.js'
import { readTestSuite, type SuiteProblem } from '../../../adapters/exchange/test-suite/read-test-suite.js'
import type { TestCase, TestSuite } from '../../../adapters/exchange/test-suite/test-suite.js'
import { decidingMetrics } from '../../../domain/deciding-metrics.js'
import type { Diagnostic } from '../../../domain/diagnostic.js'
import type { Agent, Document, Personality, Scenario, TestProfile } from '../../../domain/document.js'
import type { Span } from '../../../domain/source.js'
import { load } from '../../../pipeline/load/load.js'
import type { Catalogue, CatalogueSuite, InSuite } from '../catalogue/catalogue.js'
import { placeJson } from './placed-json.js'
import { collectFieldProblems, type FieldErrors } from '../refusal.js'
import type { Service } from '../service.js'
import { suiteOfCases } from './suite-of-cases.js'

/** A JSON test suite as a suite to run. */
export interface JsonSuite {
  readonly suite: TestSuite
  /** The cases, with the test suite's defaults filled in. */
  readonly cases: readonly TestCase[]
  /** The agent's suite with these scenarios instead of its own. They have no ids yet. */
  readonly document: Document
  /** The place in the JSON that causes a mistake in the document. */
  placeOf(at: Span | undefined): string
  /** What loading and planning warn about, by place; without what concerns the agent's suite. */
  warningsBy(planned: readonly Diagnostic[]): FieldErrors
}

export interface SuiteToImport {
  /** The document, parsed. */
  readonly json: unknown
  /** The agent to run it against. */
  readonly agent: InSuite<Agent>
  /** Multiplies each case's own frequency. */
  readonly repeats: number
}

/** The place of mistakes that concern the whole test suite. */
const anywhere = 'spec'

/**
 * Reads a test suite, version "1", and makes scenarios of its cases for the given agent.
 *
 * @returns The suite, or all mistakes by place.
 */
export async function importSuiteJson(
  { json, agent: { suite: home }, repeats }: SuiteToImport,
  catalogue: Catalogue,
  { patterns }: Pick<Service, 'patterns'>,
): Promise<JsonSuite | { readonly errors: FieldErrors }> {
  const read = readTestSuite(json)
  if (!read.suite) return { errors: byPath(read.problems) }
  const { suite, cases } = read
  const problems = collectFieldProblems()
  const cast = cases.map((each, i) =>
    castOf(each, home, catalogue, (field, message) => problems.add(showPath(['scenarios', i, ...field]), message)),
  )

  const { sections, keys, origin } = suiteOfCases(
    cases,
    repeats,
    cast.map(({ base }) => base),
  )
  const { text, pathAt } = placeJson({
    version: 1,
    suite: { name: suite.suite?.name || home.document.name },
    models: modelsOf(home),
    agents: anAgent,
    ...sections,
  })
  const placeOf = (at: Span | undefined): string => {
    const path = at?.file.path === specPath ? pathAt(at.start) : []
    return path.length < 2 || !['scenarios', 'personalities', 'test_profiles'].includes(String(path[0])) ? anywhere : showPath(origin(path))
  }
  const loaded = await load({ path: specPath, text, cwd: '/', environment: {}, patterns })
  const report = (each: Diagnostic): void => {
    if (each.severity === 'error') problems.add(placeOf(each.at), inOneLine(each))
  }
  if ('diagnostics' in loaded) loaded.diagnostics.forEach(report)
  if (Object.keys(problems.all).length > 0 || !('document' in loaded)) return { errors: problems.all }
  const document = settle(
    home.document,
    loaded.document,
    keys.map((key, i) => ({ key, ...cast[i] })),
  )
  const warningsBy = (planned: readonly Diagnostic[]): FieldErrors => {
    const warnings = collectFieldProblems()
    for (const each of [...loaded.warnings, ...planned]) {
      const place = placeOf(each.at)
      if (place !== anywhere) warnings.add(place, inOneLine(each))
    }
    return warnings.all
  }
  return { suite, cases, document, placeOf, warningsBy }
}

/** The mistakes in a test suite that do not depend on the agent, by place. */
export function problemsOfSuiteJson(json: unknown): FieldErrors {
  return byPath(readTestSuite(json).problems)
}

function byPath(problems: readonly SuiteProblem[]): FieldErrors {
  return Object.fromEntries(problems.map(({ path, messages }) => [path, messages]))
}

/** What is wrong, and what to do about it. */
export function inOneLine({ message, hint }: Diagnostic): string {
  return hint ? `${message} ${hint}` : message
}

/** The document's name in messages. */
const specPath = 'spec.json'

/** Stands in for the agent, which is not loaded again. */
const anAgent = { agent: { connection: { type: 'websocket', url: 'ws://localhost' } } }

/** Stands in for the agent's models: loading only needs to know whether there are any. */
function modelsOf({ document: { models } }: CatalogueSuite): object {
  const stand = { base_url: 'http://localhost', model: 'm' }
  return { ...(models.caller && { caller: stand }), ...(models.judge && { judge: stand }) }
}

/** What a case names of the agent's suite. */
interface CaseCast {
  /** The personality that the case's own one changes. */
  readonly base?: Personality
  readonly personality?: Personality
  readonly testProfile?: TestProfile
  readonly metrics: readonly string[]
}

/** @param report  Called with each mistake in a field of the case. */
function castOf(
  each: TestCase,
  home: CatalogueSuite,
  { personalities, testProfiles, metrics }: Catalogue,
  report: (field: Path, message: string) => void,
): CaseCast {
  const find = <Noun>(id: unknown, from: ReadonlyMap<number, InSuite<Noun>>, field: Path): Noun | undefined => {
    if (typeof id !== 'number') return undefined
    const found = from.get(id)
    if (found?.suite === home) return found.noun
    report(field, `Not found: ${id}.`)
    return undefined
  }
  const personality = find(each.personality, personalities, ['personality'])
  const testProfile = find(each.test_profile, testProfiles, ['test_profile'])
  const base = typeof each.personality === 'object' ? find(each.personality.base, personalities, ['personality', 'base']) : undefined
  const scored = (each.metrics ?? []).flatMap((metric, i) => {
    // An expected outcome is always judged, so it needs no metric.
    if (metric === 'expected_outcome') return []
    if (typeof metric === 'number') return find(metric, metrics, ['metrics', i])?.key ?? []
    const known = home.document.metrics.some(({ key }) => key === metric)
    if (!known) report(['metrics', i], `There is no metric ${metric}.`)
    return known ? [metric] : []
  })
  return { ...(base && { base }), ...(personality && { personality }), ...(testProfile && { testProfile }), metrics: [...new Set(scored)] }
}

/** The agent's suite with the imported scenarios. */
function settle(
  home: Document,
  { sources, ...brought }: Document,
  casts: readonly (Partial<CaseCast> & { readonly key: string })[],
): Document {
  const scenarios = casts.flatMap(({ key, personality, testProfile, metrics = [] }): Scenario[] => {
    const scenario = brought.scenarios.find(each => each.key === key)
    if (!scenario) return []
    const cast = { ...(personality && { personality }), ...(testProfile && { testProfile }), metrics: [...scenario.metrics, ...metrics] }
    // A case that asks only for metrics is decided by them, where they can decide.
    const asking = { ...scenario, ...cast, expect: [] }
    const deciding = decidingMetrics(asking, name => home.metrics.find(metric => metric.key === name)?.type, [home.thresholds])
    return [deciding.length > 0 ? asking : { ...scenario, ...cast }]
  })
  return {
    ...home,
    sources: [...home.sources, ...sources],
    personalities: [...home.personalities, ...brought.personalities],
    testProfiles: [...home.testProfiles, ...brought.testProfiles],
    scenarios,
  }
}
