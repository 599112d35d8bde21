import { exactJson } from '../exact-json.js'
import type {
  Agent as RawAgent,
  MockAnswer as RawAnswer,
  MockCase as RawCase,
  MockTool as RawTool,
} from '../../../domain/generated/suite.js'
import { textsIn } from '../../../domain/fill-in-checks.js'
import { covers } from '../../../domain/json-equal.js'
import type { MockAnswer, MockCase, MockTool, MockTools } from '../../../domain/mock-tool.js'
import { placeholder, placeholderNames } from '../../../domain/placeholder.js'
import type { Context } from '../context.js'
import { given, readable } from '../loose.js'
import type { Loose } from '../loose.js'
import { nearest } from '../nearest.js'
import { checkIncludes } from './check-includes.js'
import { whyNoSchema } from './check-json-schema.js'
import { readDuration } from './read-duration.js'

/** The mock tools of an agent; `undefined` if it has none. */
export function resolveMockTools(raw: Loose<RawAgent>, context: Context): MockTools | undefined {
  const { mock_tools: tools, mock_tools_port: port } = raw
  if (!tools) {
    const { places, problems } = context
    if (port !== undefined) problems.report('MOCK_PORT_ALONE', { port }, places.key(raw, 'mock_tools_port'))
    return undefined
  }
  const names = Object.keys(tools)
  return { tools: names.flatMap(name => resolveTool(name, tools, context) ?? []), ...given({ port }) }
}

function resolveTool(name: string, tools: NonNullable<Loose<RawAgent>['mock_tools']>, context: Context): MockTool | undefined {
  const raw = tools[name]
  if (!raw) return undefined
  const at = context.places.key(tools, name)
  const cases = readCases(raw, context)
  if (!('otherwise' in raw) && (!('cases' in raw) || raw.cases?.length === 0)) {
    context.problems.report('MOCK_TOOL_ANSWERS_NOTHING', { tool: name }, at)
  }
  checkParameters(name, raw, context)
  return {
    name,
    at,
    cases,
    ...given({
      description: raw.description,
      parameters: raw.parameters,
      otherwise: raw.otherwise && readAnswer(raw.otherwise, 'otherwise', context),
    }),
  }
}

function readCases(raw: Loose<RawTool>, context: Context): MockCase[] {
  const list = raw.cases
  if (!list) return []
  const cases: MockCase[] = []
  /** Cases that answer every call they match. */
  const lasting: { readonly label: string; readonly input: MockCase['input'] }[] = []
  for (const [index, each] of readable(list)) {
    const label = `case ${index + 1}`
    const found = readCase(each, label, context)
    cases.push(found)
    // Its input is unreadable.
    if ('input' in each && each.input === undefined) continue
    const before = lasting.find(({ input }) => covers(found.input, input))
    if (before) {
      context.problems.report('MOCK_CASE_UNREACHABLE', { label, by: before.label }, context.places.value(list, index))
    }
    if (found.times === undefined) lasting.push({ label, input: found.input })
  }
  return cases
}

function readCase(raw: Loose<RawCase>, label: string, context: Context): MockCase {
  checkPlaceholders(raw, 'input', /^test_profile\../, context)
  checkIncludes(raw, 'input', context)
  const input = (exactJson(raw, 'input', context.places) ?? {}) as MockCase['input']
  return { input, ...readAnswer(raw, label, context), ...given({ times: raw.times }) }
}

/** The answer: exactly one of output (which may be null) and error. */
function readAnswer(raw: Loose<RawAnswer>, label: string, context: Context): MockAnswer {
  const { places, problems } = context
  const hasOutput = 'output' in raw
  const hasError = 'error' in raw
  if (hasOutput === hasError) {
    problems.report('MOCK_ANSWER_FORM', { label, has: hasOutput ? 'both' : 'neither' }, places.whole(raw))
  }
  for (const key of ['output', 'error'] as const) checkPlaceholders(raw, key, /^(input|test_profile)\../, context)
  const delayMs = readDuration(raw, 'delay', context, 0) ?? 0
  return {
    gives: hasOutput ? { output: exactJson(raw, 'output', places, true) } : { error: (raw.error as string | undefined) ?? '' },
    delayMs,
  }
}

/** Reports placeholders that nothing fills in: an input is compared with the call, so it cannot refer to it. */
function checkPlaceholders(raw: Loose<RawCase>, key: 'input' | 'output' | 'error', known: RegExp, { places, problems }: Context): void {
  const texts = textsIn(raw[key])
  if (texts.some(text => text.replaceAll(placeholder, '').includes('{{')))
    problems.report('TEMPLATE_NOT_CLOSED', {}, places.value(raw, key))
  for (const name of new Set(texts.flatMap(placeholderNames))) {
    if (!known.test(name)) problems.report('MOCK_PLACEHOLDER_UNKNOWN', { name, key }, places.value(raw, key))
  }
}

/** Reports parameters that are not a schema, and inputs that no arguments of the schema could match. */
function checkParameters(tool: string, raw: Loose<RawTool>, { places, problems }: Context): void {
  const { cases } = raw
  const parameters: Readonly<Record<string, unknown>> | undefined = raw.parameters
  if (!parameters) return
  const reason = whyNoSchema(parameters)
  if (reason !== undefined) {
    return problems.report('MOCK_PARAMETERS_INVALID', { tool, reason }, places.value(raw, 'parameters'))
  }
  const { properties } = parameters
  if (typeof properties !== 'object' || properties === null) return
  const known = Object.keys(properties)
  for (const [, { input }] of readable(cases)) {
    for (const key of Object.keys(input ?? {})) {
      if (!input || known.includes(key)) continue
      problems.report('MOCK_INPUT_UNKNOWN', { key, tool, known, nearest: nearest(key, known) }, places.key(input, key))
    }
  }
}
