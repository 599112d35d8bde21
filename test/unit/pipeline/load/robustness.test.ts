import * as fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { stringify } from 'yaml'
import { createPatterns } from '../../../../src/adapters/patterns/re2.js'
import { builtinMetrics } from '../../../../src/domain/metric.js'
import { load } from '../../../../src/pipeline/load/load.js'
import type { LoadRequest } from '../../../../src/pipeline/load/load.js'
import { diagnosticsOf, expecting, folderOf, loadIn, loadText, suiteOf, suiteWith } from './suites.js'

/** What is odd about what comes back: it has to be a document or errors, and every place has to lie within its file. */
async function odditiesOf(text: string): Promise<string[]> {
  const loaded = await loadText(text)
  const found = diagnosticsOf(loaded)
  const refusedForNothing = 'diagnostics' in loaded && !found.some(({ severity }) => severity === 'error')
  const misplaced = found.filter(({ at }) => at && (at.start < 0 || at.end < at.start || at.end > at.file.text.length))
  return [...(refusedForNothing ? ['refused without an error'] : []), ...misplaced.map(({ code }) => `${code} lies outside its file`)]
}

test('no text makes loading throw', async () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom(
      '\n',
      '  ',
      '- ',
      ': ',
      '{',
      '}',
      '[',
      ']',
      '&a ',
      '*a',
      '<<: ',
      '"',
      "'",
      '|',
      '>',
      '#',
      '!!str ',
      '? ',
      '---\n',
      '%',
      '\t',
      '${A}',
      '${',
      '@',
    ),
    fc.constantFrom('version: 1', 'suite:', 'name:', 'agents:', 'scenarios:', 'script:', 'expect:', 'runs:', 'include:', 'steps:'),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 40 }), async pieces => {
      expect(await odditiesOf(pieces.join(''))).toEqual([])
    }),
    { numRuns: 150 },
  )
})

test('no value in any place makes loading throw', async () => {
  const anything = fc.jsonValue({ maxDepth: 3 })
  const keys = [
    'script',
    'conditional_actions',
    'instructions',
    'expect',
    'metrics',
    'tags',
    'personality',
    'thresholds',
    'max_duration',
    'folder',
    'idle_prompt',
    'id',
    'name',
  ]
  const scenario = fc.dictionary(fc.constantFrom(...keys), anything)
  const section = fc.oneof(anything, fc.dictionary(fc.constantFrom('a', 'b', 'toString'), fc.oneof(anything, scenario)))
  const names = [
    'version',
    'suite',
    'models',
    'agents',
    'personalities',
    'test_profiles',
    'metrics',
    'scenarios',
    'runs',
    'thresholds',
    'limits',
    'retries',
    'other',
  ]
  await fc.assert(
    fc.asyncProperty(fc.dictionary(fc.constantFrom(...names), section), async suite => {
      expect(await odditiesOf(stringify(suite))).toEqual([])
    }),
    { numRuns: 150 },
  )
})

test('no part of a right suite makes loading throw when something else stands in its place', async () => {
  const right = {
    version: 1,
    suite: { name: 'Clinic' },
    models: { judge: { base_url: 'http://127.0.0.1', model: 'm' } },
    agents: {
      a: {
        id: 1,
        start: { command: ['a'], timeout: '1s' },
        connection: { type: 'http', url: 'http://127.0.0.1', capture: { a: '/a' } },
      },
    },
    personalities: { calm: { id: 3, speed: 1 } },
    test_profiles: { maria: { caller_variables: { name: 'Maria' } } },
    metrics: { m: { type: 'enum', metadata: '/a', values: ['a', 'b'] } },
    scenarios: {
      s: {
        id: 1,
        tags: ['a'],
        personality: 'calm',
        script: {
          first_message: 'Hi',
          steps: [
            { when: { contains: 'a' }, say: 'b <hold time="1s"/>' },
            { after: 1, say: 'c' },
          ],
        },
        expect: [
          { not: { any: [{ turns: { min: 1 } }, { metric: { name: 'm', equals: 'a' } }] } },
          { tool_called: { name: 'a', times: 1 } },
        ],
        metrics: ['turns'],
        thresholds: { metrics: { turns: { mean: { max: 5 } } } },
      },
      c: {
        conditional_actions: {
          role: 'r',
          conditions: [
            { id: 0, condition: 'FIRST_MESSAGE', action: 'Hi', type: 'standard', fixed_message: true },
            { id: 1, condition: 0, action: 'b', type: 'action_followup', fixed_message: true },
          ],
        },
        expect: [{ metadata: { pointer: '/a', exists: true } }, { duration: { max: '1m' } }],
      },
    },
    runs: [{ name: 'A', agent: 'a', scenarios: ['s', 1], tags: ['a'], thresholds: { pass_rate: { min: 0.5 } } }],
    thresholds: { must_pass: { tags: ['a'], scenarios: ['c'] } },
    limits: { run_timeout: '1m' },
  }
  expect(diagnosticsOf(await loadText(stringify(right)))).toEqual([])
  const paths = [...pathsIn(right)]
  const wrong = fc.oneof(fc.jsonValue({ maxDepth: 1 }), fc.constantFrom('${NONE}', '', '<endcal/>', '{{a}}', 0, -1, 1e300, [], {}, null))

  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), wrong, async (path, value) => {
      const changed = structuredClone(right)
      replace(changed, path, value)
      expect(await odditiesOf(stringify(changed))).toEqual([])
    }),
    { numRuns: 200 },
  )
})

test('a file that nests without end is refused, whatever it nests', async () => {
  for (const text of ['['.repeat(200_000), '{a: '.repeat(50_000), '- '.repeat(50_000), '? '.repeat(50_000), '!!seq [&a '.repeat(50_000)]) {
    const codes = diagnosticsOf(await loadText(text)).map(({ code }) => code)
    expect(codes).toEqual(['YAML_TOO_DEEP'])
  }
})

test('a file just under the limit of size is read', async () => {
  const comment = `${'# '.padEnd(1000, 'x')}\n`
  const text = suiteWith({}) + comment.repeat(4 * 1024)

  expect(Buffer.byteLength(text)).toBeGreaterThan(3.9 * 1024 * 1024)
  expect(diagnosticsOf(await loadText(text))).toEqual([])
})

test('a map of very many keys, and very many mistakes, is read in seconds', async () => {
  const keys = Array.from({ length: 20_000 }, (_, index) => `  k${index}: { id: 0 }\n`).join('')

  const found = diagnosticsOf(await loadText(suiteWith({ personalities: `\n${keys}` })))

  expect(found).toHaveLength(20_000)
})

test('the patterns are loaded only where there is one', async () => {
  const folder = folderOf({ 'suite.yaml': suiteOf(`script: { first_message: Hi. }, ${expecting}`) })
  const patterns = vi.fn<LoadRequest['patterns']>(async () => createPatterns())

  expect(await load({ path: 'suite.yaml', cwd: folder, environment: {}, patterns })).toHaveProperty('document')
  expect(patterns).not.toHaveBeenCalled()
})

test('a file with a byte order mark and Windows line ends is read as any other', async () => {
  const text = `\ufeff${suiteWith({ limits: '{ concurency: 1 }' })}`.replaceAll('\n', '\r\n')

  const [found] = diagnosticsOf(await loadIn(folderOf({ 'suite.yaml': text })))

  expect(found?.at?.file.text.slice(found.at.start, found.at.end)).toBe('concurency')
})

test('every built-in metric can be named without being declared', async () => {
  const loaded = await loadText(suiteOf(`script: { first_message: Hi. }, ${expecting}, metrics: [${builtinMetrics.join(', ')}]`))

  expect(diagnosticsOf(loaded)).toEqual([])
})

type Path = readonly (string | number)[]

function* pathsIn(value: unknown, path: Path = []): Generator<Path> {
  if (path.length > 0) yield path
  if (typeof value !== 'object' || value === null) return
  for (const [key, child] of Object.entries(value)) yield* pathsIn(child, [...path, Array.isArray(value) ? Number(key) : key])
}

function replace(value: unknown, path: Path, by: unknown) {
  const holder = path.slice(0, -1).reduce((here, key) => (here as Record<string | number, unknown>)[key], value)
  ;(holder as Record<string | number, unknown>)[path.at(-1) ?? ''] = by
}
