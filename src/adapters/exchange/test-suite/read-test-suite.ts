import { isRecord } from '../../../domain/json-value.js'
import { showPath } from '../path.js'
import type { Path } from '../path.js'
import type { Problem, ReportProblem } from '../finding.js'
import { checkConditions } from './check-conditions.js'
import { all, anyObject, between, described, fields, flag, idOr, list, oneOf, text, whole, type Check } from './shape.js'
import { callerTools, caseTypes, languages, metricSlug, most, testSuiteVersion } from './test-suite.js'
import type { TestCase, TestSuite } from './test-suite.js'

export type ReadTestSuite =
  | {
      readonly suite: TestSuite
      /** The cases, with `defaults` filled in. */
      readonly cases: readonly TestCase[]
      readonly problems: readonly []
    }
  | { readonly suite?: never; readonly cases?: never; readonly problems: readonly SuiteProblem[] }

/** All errors at one place of the document. */
export interface SuiteProblem {
  /** In the run-scenarios API's notation: `scenarios[0].instructions`. */
  readonly path: string
  readonly at: Path
  readonly messages: readonly string[]
}

/**
 * Reads a JSON test suite, version "1".
 *
 * Reports every error at once. `null` counts as missing, except as the value of a variable.
 *
 * @param json  The parsed document.
 */
export function readTestSuite(json: unknown): ReadTestSuite {
  const document = withoutNulls(json)
  const found: Problem[] = []
  checkDocument(document, [], (at, message) => found.push({ at, message }))
  if (found.length > 0) return { problems: byPlace(found) }
  const suite = document as TestSuite
  return { suite, cases: suite.scenarios.map(each => withDefaults(each, suite)), problems: [] }
}

function withDefaults(own: TestCase, { defaults = {} }: TestSuite): TestCase {
  const { concurrency_limit: _, ...shared } = defaults
  // A personality written into the case speaks its own language, whatever the defaults say.
  const language = own.language ?? (typeof own.personality === 'object' ? own.personality.language : undefined)
  return { ...shared, ...own, ...(language !== undefined && { language }) }
}

const id = whole(1)
const language = oneOf(languages)

/** The fields a voice needs. */
const personalityNeeds = ['prompt', 'language', 'voice_model', 'voice_id', 'background_noise']

const inlinePersonality: Check = all(
  described(
    fields({
      base: id,
      name: text({ most: most.longNameLength }),
      prompt: text({ min: 1 }),
      language,
      provider: oneOf(['11labs', 'cartesia']),
      voice_model: text({ min: 1 }),
      voice_id: text({ min: 1 }),
      background_noise: text(),
      speed: between(0.8, 1.2),
      end_call_enabled: flag,
    }),
    { anyOf: [{ required: ['base'] }, { required: personalityNeeds }] },
  ),
  (value, at, report) => {
    if (!isRecord(value) || 'base' in value) return
    for (const name of personalityNeeds) {
      if (!(name in value)) report([...at, name], 'This is required for a personality without a base.')
    }
  },
)

const inlineTestProfile: Check = all(
  described(fields({ name: text({ most: most.longNameLength }), agent_variables: anyObject, caller_variables: anyObject }), {
    minProperties: 1,
  }),
  (value, at, report) => {
    if (isRecord(value) && Object.keys(value).length === 0) report(at, 'This test profile is empty.')
  },
)

const metric = idOr(text({ pattern: metricSlug, form: "a metric's id, or its name in lower-case letters, digits and _" }))

const shared = {
  frequency: id,
  language,
  max_duration: id,
  metrics: list(metric, { most: most.metrics }),
  personality: idOr(inlinePersonality),
  test_profile: idOr(inlineTestProfile),
  tags: list(text({ most: most.tagLength }), { most: most.tags }),
  phone_number: text({
    pattern:
      /^(\s*(tel:)?\s*(\+|00)[\s()./\u2010-\u2015\u2212-]*[1-9]([\s()./\u2010-\u2015\u2212-]*\d){1,14}[\s()./\u2010-\u2015\u2212-]*)?$/i,
    form: 'a telephone number in E.164: +14155550123',
  }),
} satisfies Record<string, Check>

const testCase: Check = described(
  fields(
    {
      key: text({ min: 1, most: most.keyLength }),
      name: text({ min: 1, most: most.nameLength }),
      type: oneOf(caseTypes),
      instructions: text(),
      conditional_actions: checkConditions,
      expected_outcome: text(),
      first_message: text(),
      tools: list(oneOf(callerTools), { most: most.tools }),
      ...shared,
    },
    { required: ['name'] },
  ),
  {
    anyOf: [
      { required: ['type', 'conditional_actions'], properties: { type: { const: 'conditional_actions' } } },
      {
        required: ['instructions'],
        properties: { type: { not: { const: 'conditional_actions' } }, instructions: { pattern: String.raw`\S` } },
      },
    ],
  },
)

const document: Check = fields(
  {
    $schema: text(),
    version: described(text(), { const: testSuiteVersion }),
    suite: fields({ name: text({ most: most.longNameLength }), description: text() }),
    defaults: fields({ concurrency_limit: id, ...shared }),
    scenarios: list(testCase, { min: 1, most: most.cases }),
  },
  { required: ['version', 'scenarios'] },
)

/** A JSON Schema of the format. It omits rules across several places, and does not mention that `null` is accepted. */
export const testSuiteJsonSchema: object = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Test suite',
  description: 'Scenarios as one JSON document, version "1".',
  ...document.schema,
}

function checkDocument(value: unknown, at: Path, report: ReportProblem): void {
  // In another version, the fields can mean anything, so nothing else is checked.
  if (isRecord(value) && 'version' in value && value['version'] !== testSuiteVersion) {
    return report(
      ['version'],
      `This must be the text "${testSuiteVersion}", the only supported version, but is ${JSON.stringify(value['version'])}.`,
    )
  }
  document(value, at, report)
  if (!isRecord(value) || !Array.isArray(value['scenarios'])) return
  const defaults = isRecord(value['defaults']) ? value['defaults'] : {}
  for (const [index, each] of value['scenarios'].entries()) {
    if (isRecord(each)) checkDriver(each, defaults, ['scenarios', index], report)
  }
  checkKeys(value['scenarios'], report)
}

/** Checks the fields that a case's type requires. */
function checkDriver(raw: Fields, defaults: Fields, at: Path, report: ReportProblem): void {
  if (raw['type'] !== 'conditional_actions') {
    const { instructions } = raw
    if (instructions === undefined || (typeof instructions === 'string' && instructions.trim() === '')) {
      report([...at, 'instructions'], 'Instructions are required: what the caller wants and knows.')
    }
    return
  }
  if (!('conditional_actions' in raw)) {
    report([...at, 'conditional_actions'], 'A case of the type conditional_actions must have conditional_actions.')
  }
  if (!('language' in raw) && !('language' in defaults)) {
    report([...at, 'language'], 'A case with conditional_actions needs a language, its own or that of the defaults.')
  }
}

/** Results are stored by key, so two cases cannot share one. */
function checkKeys(cases: readonly unknown[], report: ReportProblem): void {
  const seen = new Set<unknown>()
  for (const [index, each] of cases.entries()) {
    if (!isRecord(each)) continue
    const field = 'key' in each ? 'key' : 'name'
    const key = each[field]
    if (typeof key === 'string' && seen.has(key)) {
      report(['scenarios', index, field], `Another case already has the key ${JSON.stringify(key)}. Give this one its own key.`)
    }
    seen.add(key)
  }
}

type Fields = Readonly<Record<string, unknown>>

/** The format's own fields are never this deep. Deeper values are the author's, and could be nested to exhaust the stack. */
const deepest = 8

function withoutNulls(value: unknown, depth = 0): unknown {
  if (depth > deepest) return value
  if (Array.isArray(value)) return value.map(each => withoutNulls(each, depth + 1))
  if (!isRecord(value)) return value
  const kept = Object.entries(value).filter(([, each]) => each !== null)
  return Object.fromEntries(kept.map(([name, each]) => [name, holdsVariables(name) ? each : withoutNulls(each, depth + 1)]))
}

function holdsVariables(name: string): boolean {
  return name === 'agent_variables' || name === 'caller_variables'
}

function byPlace(found: readonly Problem[]): SuiteProblem[] {
  const places = new Map<string, { readonly at: Path; readonly messages: string[] }>()
  for (const { at, message } of found) {
    const path = showPath(at)
    const place = places.get(path)
    if (!place) places.set(path, { at, messages: [message] })
    else if (!place.messages.includes(message)) place.messages.push(message)
  }
  return [...places].map(([path, place]) => ({ path, ...place }))
}
