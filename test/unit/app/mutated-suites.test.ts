import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { globSync } from 'tinyglobby'
import { parse, stringify } from 'yaml'
import { isPlainError } from '../../../src/app/plain-error.js'
import { defaultAdapters } from '../../../src/app/registry.js'
import { prepare } from '../../../src/index.js'

// How many suites to read; `npm run soak` reads many more.
const numRuns = Number(process.env['SUITES'] ?? 400)
const folder = mkdtempSync(join(tmpdir(), 'callsheet-suites-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const use = await defaultAdapters({})

const root = join(import.meta.dirname, '../../..')
const texts = globSync(['suites/**/*.yaml', 'test/golden/cases/*/*.yaml'], { cwd: root })
  .toSorted()
  .map(path => readFileSync(join(root, path), 'utf8'))
  .filter(text => text.length < 6000)
/** What suites read of the environment, so that most of them are valid before they are changed. */
const environment = Object.fromEntries(
  texts.flatMap(text =>
    [...text.matchAll(/\$\{(\w+)/g)].map(([, name = '']) => [name, name.endsWith('PORT') ? '8080' : `a ${name}`] as const),
  ),
)

mkdirSync(join(folder, 'parts'))
writeFileSync(join(folder, 'parts', 'people.yaml'), 'personalities: { calm: { name: Calm } }\n')
execFileSync('mkfifo', [join(folder, 'pipe.yaml')])

const nodes = [
  '!!binary aGVsbG8=',
  '!!set { a, b }',
  '!!timestamp 2026-01-01',
  '!!js/function "x"',
  '!own { a: 1 }',
  '&a [*a]',
  '*nowhere',
  '{ <<: { a: 1 } }',
  '{ <<: 7 }',
  '{ <<: [*nowhere, 3] }',
  '{ ? { a: 1 } : b }',
  '{ ? [1, 2] : b }',
  '{ __proto__: { polluted: yes }, constructor: 1, toString: x, hasOwnProperty: 3 }',
  '~',
  '.nan',
  '.inf',
  '-.inf',
  '0x1F',
  '0o17',
  '1e400',
  '9007199254740993',
  '123456789012345678901234567890',
  '-0',
  '1_000',
  '2026-02-30',
  '"\\u0000\\uD800"',
  '"\\x1b[31m"',
  '[]',
  '{}',
  '""',
  '\'{{test_profile.nothing}} ${MISSING} <endcall/> <silence time="-1s"/>\'',
  '"${HOME:-${X}}"',
  '"<hold time=\\"99999999999h\\"/>"',
  `"${'x'.repeat(70_000)}"`,
  `${'['.repeat(3000)}${']'.repeat(3000)}`,
  `${'{ a: '.repeat(1500)}1${' }'.repeat(1500)}`,
  '{ include: [pipe.yaml, parts, parts/people.yaml, /dev/zero, ../.., "**", "[", suite.yaml, "\\0"] }',
  'pipe.yaml',
  '(?<=look)behind(',
  '250ms',
  '99999999999h',
  '[a, b, c, a]',
  'all',
]
const words = [
  '&x ',
  '*x',
  '<<: ',
  '!!binary ',
  '? ',
  '- ',
  ': ',
  '# ',
  '| ',
  '> ',
  '\t',
  '\r',
  '\u0000',
  '\ufeff',
  '---\n',
  '...\n',
  '%YAML 1.1\n',
  '{',
  '}',
  '[',
  ']',
  '"',
  "'",
  '\n',
  '  ',
]

const damage = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('node' as const),
      at: fc.nat(),
      with: fc.oneof(
        fc.constantFrom(...nodes),
        fc.jsonValue({ maxDepth: 2 }).map(value => JSON.stringify(value)),
      ),
    }),
  },
  fc.record({
    kind: fc.constant('insert' as const),
    at: fc.nat(),
    with: fc.oneof(fc.constantFrom(...words), fc.string({ unit: 'binary', maxLength: 4 })),
  }),
  fc.record({ kind: fc.constant('cut' as const), at: fc.nat(), length: fc.nat({ max: 40 }) }),
  fc.record({ kind: fc.constant('move' as const), at: fc.nat(), to: fc.nat() }),
  fc.record({ kind: fc.constant('repeat' as const), at: fc.nat(), times: fc.integer({ min: 2, max: 40 }) }),
  fc.record({
    kind: fc.constant('rename' as const),
    at: fc.nat(),
    with: fc.constantFrom('__proto__', 'constructor', 'x-free', '', ' ', 'script', 'expect', 'include', '<<', 'toString'),
  }),
)
type Damage = typeof damage extends fc.Arbitrary<infer Value> ? Value : never

test(
  'no damage of a suite makes validating it fail otherwise than by what it finds',
  async () => {
    let refused = 0
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...texts), fc.array(damage, { minLength: 1, maxLength: 3 }), async (text, all) => {
        const damaged = all.reduce(apply, text)
        writeFileSync(join(folder, 'suite.yaml'), damaged)
        const request = { path: 'suite.yaml', cwd: folder, environment, options: {} }
        try {
          const prepared = await prepare(request, use)
          if (!('plan' in prepared)) refused += 1
          for (const { message } of 'diagnostics' in prepared ? (prepared.diagnostics ?? []) : [])
            expect(message).not.toMatch(damaged.includes('[object') ? /undefined/ : /\[object|undefined/)
        } catch (cause) {
          if (!isPlainError(cause)) throw cause
        }
        expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
      }),
      { numRuns },
    )
    expect(refused).toBeGreaterThan(numRuns / 10)
  },
  60_000 + 100 * numRuns,
)

/** The text with something changed: in its letters and lines, or in the values that it says. */
function apply(text: string, change: Damage): string {
  switch (change.kind) {
    case 'insert': {
      const at = change.at % (text.length + 1)
      return `${text.slice(0, at)}${change.with}${text.slice(at)}`
    }
    case 'cut': {
      const at = change.at % (text.length + 1)
      return text.slice(0, at) + text.slice(at + change.length)
    }
    case 'move': {
      const lines = text.split('\n')
      const [line = ''] = lines.splice(change.at % lines.length, 1)
      return lines.toSpliced(change.to % (lines.length + 1), 0, line).join('\n')
    }
    case 'repeat': {
      const lines = text.split('\n')
      const at = change.at % lines.length
      return lines.toSpliced(at, 0, ...Array.from({ length: change.times }, () => lines[at] ?? '')).join('\n')
    }
    default:
      return changedIn(text, change)
  }
}

/** Any place of the suite's values gets another one, or another name. A key that is a map becomes the text `[object Object]`. */
function changedIn(text: string, change: Extract<Damage, { kind: 'node' | 'rename' }>): string {
  try {
    const value: unknown = parse(text, { merge: true, logLevel: 'error' })
    const places = placesIn(value)
    const [container, key] = places[change.at % places.length] ?? []
    if (container === undefined || key === undefined) return text
    if (change.kind === 'node') {
      // A mark stands for what YAML alone can say.
      container[key] = 'the mark'
      return stringify(value, { aliasDuplicateObjects: false }).replace('the mark', () => change.with)
    }
    if (Array.isArray(container)) return text
    const own = container[key]
    delete container[key]
    Object.defineProperty(container, change.with, { value: own, enumerable: true, configurable: true, writable: true })
    return stringify(value, { aliasDuplicateObjects: false })
  } catch {
    // An earlier change left no YAML, or values that contain themselves.
    return text
  }
}

function placesIn(node: unknown): [container: Record<string, unknown>, key: string][] {
  if (typeof node !== 'object' || node === null) return []
  const container = node as Record<string, unknown>
  return Object.keys(container).flatMap(key => [[container, key] as [Record<string, unknown>, string], ...placesIn(container[key])])
}
