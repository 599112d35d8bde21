import { appendFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callsheet, temporaryFolder } from '../suites/callsheet.js'

// What is named on the command line and cannot be used is refused before the first call.

const folder = temporaryFolder()
afterAll(() => folder[Symbol.dispose]())
const path = (name: string): string => join(folder.path, name)
const run = (...args: string[]) => callsheet(args, folder.path, { CALLSHEET_LOGICAL_CLOCK: '2026-01-01T09:00:00Z' })

/** An agent that leaves a mark when it is called. */
const agent = `import { writeFileSync } from 'node:fs'
export default function reply() {
  writeFileSync('called', '')
  return process.env.GONE ? undefined : 'Good morning.'
}
`

const suite = (name: string, thresholds = ''): string => `version: 1
suite: { name: ${name} }
agents: { shop: { connection: { type: module, path: agent.mjs } } }
${thresholds}
scenarios:
  greets:
    script: { first_message: "Hello. <endcall/>" }
    expect: [{ agent_says: { contains: morning } }]
`

/** What is in the folder of results: the history of results that were made elsewhere, too. */
const written = (): string =>
  existsSync(path('.callsheet'))
    ? readdirSync(path('.callsheet'), { recursive: true, encoding: 'utf8' })
        .toSorted()
        .map(name => `${name} ${statSync(path(join('.callsheet', name))).size}`)
        .join('\n')
    : ''

const wasCalled = (): boolean => existsSync(path('called'))

/** Runs a command, and fails where an agent is called or anything is written. */
async function refused(...args: string[]): Promise<string> {
  rmSync(path('called'), { force: true })
  const before = written()
  const { exit, stdout, stderr } = await run(...args)
  expect([exit, stdout, wasCalled(), written()]).toEqual([2, '', false, before])
  return stderr
}

/** A copy of the good result with another first line, or another text. */
function resultWith(name: string, change: (journal: string) => string): void {
  cpSync(path('good'), path(name), { recursive: true })
  writeFileSync(path(`${name}/journal.jsonl`), change(readFileSync(path('good/journal.jsonl'), 'utf8')))
}

const spoilt: Readonly<Record<string, { change: (journal: string) => string; why: string }>> = {
  older: { change: text => text.replace('"version":4', '"version":2'), why: 'was written by an older Callsheet, in format 2' },
  worded: { change: text => text.replace('"version":4', '"version":"2"'), why: 'has the version "2", which is not a number' },
  versionless: { change: text => text.replace('"version":4,', ''), why: 'its first line has no version' },
  planless: { change: text => text.replace('"plan":', '"plans":'), why: 'its first line is incomplete' },
  empty: { change: () => '', why: 'empty/journal.jsonl is empty' },
  binary: { change: () => '\u0000\u0001\u007f', why: 'its first line is not an event' },
  // Noticed only when the run is read.
  garbled: { change: text => text.replace(/(\{"type":"run\.ended".*)\n/, '$1x\n'), why: 'is damaged at byte' },
}

beforeAll(async () => {
  writeFileSync(path('agent.mjs'), agent)
  writeFileSync(path('suite.yaml'), suite('Shop'))
  writeFileSync(path('second.yaml'), suite('Second', 'thresholds: { no_regression: { baseline: older } }'))
  await run('run', 'suite.yaml', '--out', 'good', '--reporter', 'none')
  for (const [name, { change }] of Object.entries(spoilt)) resultWith(name, change)
})

describe('a baseline', () => {
  test.each(Object.entries(spoilt))('that is %s is refused, and nobody is called', async (name, { why }) => {
    const message = await refused('run', 'suite.yaml', '--baseline', name)
    expect(message).toMatch(/^error: The baseline cannot be used\. .*\.\n$/)
    expect(message).toContain(why)
    expect(await refused('rescore', 'good', '--baseline', name)).toBe(message)
  })

  test('that is not there is refused', async () => {
    const missing = 'error: The baseline cannot be used. There is no result "nowhere", neither as a folder nor in .callsheet.'
    expect(await refused('run', 'suite.yaml', '--baseline', 'nowhere')).toContain(missing)
    expect(await refused('run', 'suite.yaml', '--baseline', 'latest')).toContain('There is no result in .callsheet yet.')
  })

  test('of which no run passed or failed is refused', async () => {
    resultWith('unfinished', text => text.split('\n').slice(0, 2).join('\n').concat('\n'))
    expect(await refused('run', 'suite.yaml', '--baseline', 'unfinished')).toContain('No run of the result unfinished passed or failed')
  })

  test('that the suite names may be missing at its first run, and nothing else', async () => {
    writeFileSync(path('gated.yaml'), suite('Gated', 'thresholds: { no_regression: { baseline: first } }'))
    const first = await run('run', 'gated.yaml', '--out', 'first')
    expect([first.exit, wasCalled()]).toEqual([3, true])
    expect(first.stdout).toContain('There is no result "first"')
    expect((await run('run', 'gated.yaml', '--out', 'next')).stdout).toContain('0 worse in 1 case')
    rmSync(path('first'), { recursive: true })
    mkdirSync(path('first'))
    appendFileSync(path('first/journal.jsonl'), 'not a journal\n')
    expect(await refused('run', 'gated.yaml', '--out', 'never')).toContain('first/journal.jsonl is not the journal of a result')
    expect(existsSync(path('never'))).toBe(false)
  })
})

describe('of several suites', () => {
  test('none is called where one has a baseline that cannot be read', async () => {
    expect(await refused('run', 'suite.yaml', 'second.yaml')).toContain('older/journal.jsonl was written by an older Callsheet')
  })

  test('none is called where one would be written over a result, or has no cassette', async () => {
    cpSync(path('good'), path('place-2'), { recursive: true })
    expect(await refused('run', 'suite.yaml', 'suite.yaml', '--out', 'place')).toContain('place-2 already contains a result.')
    expect(existsSync(path('place-1'))).toBe(false)
    writeFileSync(path('tape-1.jsonl'), '{"cassette":2,"entries":0}\n')
    expect(await refused('run', 'suite.yaml', 'suite.yaml', '--replay', 'tape.jsonl')).toContain('There is no cassette tape-2.jsonl.')
  })
})

test.each(Object.entries(spoilt))('a journal that is %s gives every reader the same sentence', async (name, { why }) => {
  const readers = [
    ['report', name],
    ['compare', 'good', name],
    ['compare', name, 'good'],
    ['rerun', name, '--failed', '--errors'],
    ['import', name, '--run', 'shop/greets#1'],
    ['run', 'suite.yaml', '--resume', name],
  ]
  const told = new Set<string>()
  for (const args of readers) told.add(await refused(...args))
  expect(told.size).toBe(1)
  expect([...told][0]).toContain(why)

  cpSync(path(name), path(`history-${name}/${name}`), { recursive: true })
  cpSync(path('good'), path(`history-${name}/good`), { recursive: true })
  const history = await run('flaky', `history-${name}`)
  expect([history.exit, history.stderr]).toEqual([0, ''])
  expect(history.stdout.replaceAll(/\s+/g, ' ')).toContain('Skipped: ')
})
