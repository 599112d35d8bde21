import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import { traitsOf } from '../../src/domain/connection.js'
import { partyAtFault, type FaultCode } from '../../src/domain/fault.js'
import { judgedMetricNames } from '../../src/domain/judged-metrics.js'
import { builtinMetrics } from '../../src/domain/metric.js'
import { outcomeStatuses } from '../../src/domain/outcome.js'
import { wilsonInterval } from '../../src/domain/statistics.js'
import { turnPresets, type TurnTaking } from '../../src/domain/turn-taking.js'
import { fisherExact } from '../../src/pipeline/compare/statistics/fisher.js'
import { pages, readPage, root } from './pages.js'

// What the pages must not leave out, and must not make up.

describe('docs/cli.md', () => {
  const sections = readPage('docs/cli.md').text.split(/^## /m).slice(1)
  const commands = [...commandsIn([]), ...commandsIn(['history']), ...commandsIn(['phone'])]

  test.each(['callsheet', ...commands])('tells of the options of `%s`, and of no other', title => {
    const section = sections.find(text => text.startsWith(`${title}\n`)) ?? `there is no section ${title}`
    const [, ...command] = title.split(' ')
    const options = namesIn(help(command), /^ {2}(?:-\w, )?(--[\w-]+(?: <[^>]+>)?)/gm)
    const own = command.length === 0 ? options : options.filter(option => option !== '--help')
    expect(namesIn(section, /^\| `(--[^`]+)`/gm).toSorted()).toEqual(own.toSorted())
  })
})

const namesInSentence = (page: string, sentence: RegExp): string[] => namesIn(sentence.exec(readPage(page).text)?.[0] ?? '', /`(\w+)`/g)

test('every type of connection that carries sound is named as such', () => {
  const spoken = Object.entries(traitsOf).filter(([, { medium, hosted }]) => medium === 'voice' && !hosted)
  const types = spoken.map(([type]) => type).toSorted()
  expect(types.length).toBeGreaterThan(5)
  expect(namesInSentence('docs/connect-your-agent.md', /Seven more, [^]+? carry sound/).toSorted()).toEqual(types)
  expect(namesInSentence('docs/write-a-suite.md', /with\. `chirp`[^.]+ carry \[sound/).toSorted()).toEqual(types)
})

test('every key of the suite file is told of', () => {
  const schema = JSON.parse(readFileSync(join(root, 'schemas/suite.schema.json'), 'utf8')) as unknown
  const text = ['write-a-suite', 'connect-your-agent', 'gate-a-release', 'mock-tools', 'plain-language', 'models', 'voice', 'telephony']
    .map(name => readPage(`docs/${name}.md`).text)
    .join('\n')
  const keys = [...new Set(propertiesOf(schema))]
  expect(keys.length).toBeGreaterThan(100)
  expect(keys.filter(key => !new RegExp(String.raw`\b${key}\b`).test(text))).toEqual([])
})

/** What the tables of a page have in their first column. */
const firstColumns = (page: string): string[] => namesIn(readPage(page).text, /^\| `(\w+)` \|/gm)

test('every built-in metric, outcome and fault has a line in a table', () => {
  const metrics = [...builtinMetrics, ...judgedMetricNames]
  expect(firstColumns('docs/metrics.md').slice(0, metrics.length)).toEqual(metrics)
  expect(firstColumns('docs/gate-a-release.md')).toEqual(expect.arrayContaining([...outcomeStatuses]))
  expect(firstColumns('docs/connect-your-agent.md').filter(name => name in partyAtFault)).toEqual(Object.keys(partyAtFault))
})

test('the table of faults says of each whose it is, as the code does', () => {
  const told = readPage('docs/connect-your-agent.md').text.matchAll(/^\| `(\w+)` \| (yes|no) \|/gm)
  for (const [, fault = '', isAgents] of told) {
    expect(`${fault} ${isAgents}`).toBe(`${fault} ${partyAtFault[fault as FaultCode] === 'agent' ? 'yes' : 'no'}`)
  }
})

test('the table of how callers take turns has the numbers of the presets', () => {
  const keys = {
    end_of_turn: 'endOfTurnMs',
    yield_after: 'yieldAfterMs',
    cut_in: 'cutInShare',
    cut_in_after: 'cutInAfterMs',
    cut_in_words: 'cutInAfterWords',
    insist: 'insistMs',
    backchannels: 'backchannelShare',
    idle_prompt: 'idlePromptMs',
    idle_prompts: 'idlePrompts',
  } as const satisfies Record<string, keyof TurnTaking>
  const [, table = ''] = readPage('docs/voice.md').text.split(/^## Turn taking$/m)
  const rows = [...table.matchAll(/^\| `(\w+)` \| .* \| (\S+) \| (\S+) \| (\S+) \|$/gm)].filter(([, key = '']) => key in keys)
  const told = rows.map(([, key, ...cells]) => [key, ...cells.map(cell => (cell.endsWith('s') ? 1000 * parseFloat(cell) : Number(cell)))])
  const { patient, normal, eager } = turnPresets
  expect(told).toEqual(Object.entries(keys).map(([key, own]) => [key, patient[own], normal[own], eager[own]]))
})

test('the table of how many runs confidence takes is what Wilson intervals give', () => {
  const rows = [...readPage('docs/gate-a-release.md').text.matchAll(/^\| (0\.\d+) \| (\d+) \| (\d+) \| (\d+) \|$/gm)]
  expect(rows).toHaveLength(4)
  for (const [, min, ...runs] of rows) {
    expect(runs.map(Number)).toEqual([needed(Number(min), 0.9, 0), needed(Number(min), 0.95, 0), needed(Number(min), 0.95, 1)])
  }
})

test('the table of how many repeats a comparison takes is what the tests give', () => {
  const { text } = readPage('docs/compare-results.md')
  const rows = [...text.matchAll(/^\| (\d+) \| (\d+) \|$/gm)]
  expect(rows).toHaveLength(4)
  for (const [, tests, repeats] of rows) expect(Number(repeats)).toBe(repeatsFor(Number(tests)))
})

test('JSON examples are what the schemas say', () => {
  const ajv = new Ajv2020({ strict: false })
  formats.default(ajv)
  for (const name of ['report', 'event']) {
    ajv.addSchema(JSON.parse(readFileSync(join(root, `schemas/${name}.schema.json`), 'utf8')) as object, name)
  }
  const examples = pages.flatMap(({ blocks }) => blocks).filter(({ language }) => language === 'json')
  expect(examples.filter(({ settings }) => settings.has('schema')).length).toBeGreaterThan(1)
  for (const { settings, text, place } of examples) {
    const value = JSON.parse(text) as unknown
    const [schema, part] = settings.get('schema')?.split('#') ?? []
    if (schema === undefined) continue
    const validate = ajv.getSchema(part ? `${schema}#/$defs/${part}` : schema)
    expect(validate?.(value), `${place}: ${ajv.errorsText(validate?.errors)}`).toBe(true)
  }
})

test('every example is of a kind that is tested', () => {
  const tested = ['yaml', 'sh', 'console', 'json']
  const blocks = pages.flatMap(page => page.blocks)
  const others = blocks.filter(({ language, settings }) => !tested.includes(language) && !settings.has('file') && !settings.has('ci'))
  expect(others.map(({ place }) => place)).toEqual([])
})

describe('ARCHITECTURE.md', () => {
  const { text } = readPage('ARCHITECTURE.md')

  test('names every folder of src, and no file that is not there', () => {
    const folders = readdirSync(join(root, 'src'), { withFileTypes: true }).filter(entry => entry.isDirectory())
    expect(folders.map(({ name }) => name).filter(name => !text.includes(`| \`src/${name}`))).toEqual([])
    const named = namesIn(text, /`((?:src|test|docs|schemas|scripts)\/[\w./-]+)`/g)
    expect(named.filter(path => !existsSync(join(root, path)))).toEqual([])
  })

  test('says who may import whom as the lint rule does', () => {
    const source = readFileSync(join(root, 'scripts/import-rules.js'), 'utf8')
    const rules = [...source.matchAll(/^ {2}'([\w/*.]+)': \{\s*folders: \[([^\]]*)\]/gm)]
    expect(rules.length).toBeGreaterThan(8)
    for (const [, folder = '', allowed = ''] of rules) {
      const row = text
        .split('\n')
        .find(line => line.startsWith(`| \`src/${folder.replace(/^(pipeline|adapters)\/.*/, '$1/*').replace(/^view\/.*/, 'view')}\``))
      if (folder === 'server') continue
      const cell = row?.split('|')[3] ?? 'no such row'
      for (const name of namesIn(allowed, /(?:type:)?(\w+)'/g)) expect(`${folder}: ${cell}`).toContain(name)
    }
  })

  test('names every event', () => {
    const events = namesIn(readFileSync(join(root, 'src/domain/event.ts'), 'utf8'), /readonly type: '([\w.]+)'/g)
    expect(events.filter(name => name !== 'suite.rejected' && !text.includes(`\`${name}\``))).toEqual([])
  })
})

function commandsIn(command: readonly string[]): string[] {
  const listed = /^Commands:\n([\s\S]*?)\n\n/m.exec(`${help(command)}\n`)?.[1] ?? ''
  return namesIn(listed, /^ {2}(\w+)/gm)
    .filter(name => name !== 'help')
    .map(name => ['callsheet', ...command, name].join(' '))
}

function help(command: readonly string[]): string {
  return execFileSync(process.execPath, [join(root, 'bin/callsheet.js'), ...command, '--help'], { encoding: 'utf8' })
}

function namesIn(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, name = '']) => name)
}

function* propertiesOf(schema: unknown): Generator<string> {
  if (typeof schema !== 'object' || schema === null) return
  for (const [key, value] of Object.entries(schema)) {
    if (['examples', 'default', 'const', 'enum'].includes(key)) continue
    if (key === 'properties' && typeof value === 'object' && value !== null) yield* Object.keys(value)
    yield* propertiesOf(value)
  }
}

/** The fewest repeats of a case, in both results, with which a total change is told beside so many other tests. */
function repeatsFor(tests: number): number {
  for (let counted = 1; ; counted += 1) {
    if (tests * fisherExact({ passed: counted, counted }, { passed: 0, counted }).p <= 0.05) return counted
  }
}

/** The fewest runs, with so many failures among them, whose lower Wilson bound reaches a rate. */
function needed(min: number, confidence: number, failures: number): number {
  for (let runs = failures + 1; ; runs += 1) {
    if (wilsonInterval(runs - failures, runs, confidence).lower >= min - 1e-12) return runs
  }
}
