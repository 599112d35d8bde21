import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callsheet, root, temporaryFolder } from '../suites/callsheet.js'

// Every command that reads results, on results that are no longer what was written, or not yet.

const folder = temporaryFolder()
afterAll(() => folder[Symbol.dispose]())
const path = (name: string): string => join(folder.path, name)
const run = (...args: readonly string[]) => callsheet(args, folder.path)

const kinds = {
  cut: (journal: string): string => journal.slice(0, journal.trimEnd().lastIndexOf('\n') + 30),
  half: (journal: string): string => journal.slice(0, 100),
  empty: (): string => '',
  noise: (): string => '\u0000\u001b[31m{{{\n'.repeat(50),
  edited: (journal: string): string => journal.replaceAll('"status":"passed"', '"status":"failed"'),
  newer: (journal: string): string => journal.replace('"version":4', '"version":5'),
} as const
type Kind = keyof typeof kinds

beforeAll(async () => {
  writeFileSync(
    path('agent.mjs'),
    `export default () => new Promise(say => setTimeout(() => say({ content: 'Good morning.', end: true }), Number(process.env.SLOW ?? 0)))\n`,
  )
  writeFileSync(
    path('suite.yaml'),
    `version: 1
suite: { name: Shop }
agents: { shop: { connection: { type: module, path: agent.mjs }, identity: { version: "4.2.1" } } }
scenarios:
  a: { script: { first_message: Hello. }, expect: [{ agent_says: { contains: morning } }] }
  b: { script: { first_message: Hello. }, expect: [{ agent_says: { contains: morning } }] }
`,
  )
  for (const name of ['ci', 'lead']) await run('key', '--sign', '--out', name)
  writeFileSync(path('keys.yaml'), 'keys:\n  - { name: CI, public: ci.pub.pem }\n')
  await run('run', 'suite.yaml', '--out', 'good', '--reporter', 'none', '--attest', 'ci.key.pem')
  const journal = readFileSync(path('good/journal.jsonl'), 'utf8')
  for (const [kind, spoil] of Object.entries(kinds)) {
    cpSync(path('good'), path(kind), { recursive: true })
    writeFileSync(path(`${kind}/journal.jsonl`), spoil(journal))
  }
})

const signing = ['--key', 'lead.key.pem', '--name', 'Ada', '--role', 'QA', '--yes']
const commands: Readonly<Record<string, (result: string) => readonly string[]>> = {
  'report': result => ['report', result, '--html', 'x.html', '--markdown', 'x.md', '--junit', 'x.xml', '--ctrf', 'x.json'],
  'show': result => ['show', result],
  'show --failed': result => ['show', result, '--failed'],
  'open': result => ['open', result],
  'compare': result => ['compare', 'good', result],
  'merge': result => ['merge', result, '--out', `merged-${result}`],
  'rescore': result => ['rescore', result, '--out', `rescored-${result}`],
  'history add': result => ['history', 'add', result, '--to', `history-${result}`],
  'attest': result => ['attest', result, '--key', 'ci.key.pem'],
  'signoff': result => ['signoff', result, ...signing],
  'verify': result => ['verify', result, '--keys', 'keys.yaml'],
  'review': result => ['review', result, '--by', 'Ada'],
}

/** Exit codes: of all commands, and of those that end otherwise. */
const codes: Readonly<Record<Kind, readonly [number, Readonly<Record<string, number>>]>> = {
  cut: [0, { attest: 2, signoff: 2, verify: 1 }],
  half: [2, { 'history add': 3, 'verify': 1 }],
  empty: [2, { 'history add': 3, 'verify': 1 }],
  noise: [2, { 'history add': 3, 'verify': 1 }],
  edited: [3, { merge: 2, attest: 2, signoff: 2, verify: 1 }],
  newer: [2, { 'history add': 3, 'verify': 1 }],
}

describe.each(Object.keys(kinds) as Kind[])('a journal that is %s', kind => {
  test.each(Object.keys(commands))('%s ends with a sentence', async name => {
    const { exit, stdout, stderr } = await run(...commands[name]!(kind))
    const [usual, others] = codes[kind]
    expect([exit, stderr]).toEqual([others[name] ?? usual, stderr])
    expect(stdout + stderr).not.toMatch(/\n\s+at .*[/\\].*:\d+|undefined/)
    expect(stdout + stderr).not.toContain('\u001b')
    expect(stderr).toMatch(exit === 2 ? /^error: [^\n]+\n$/ : kind === 'edited' && exit === 3 ? /^warning: .*contradicts/ : /^/)
  })
})

test('a journal without its end says so at the head of each report', async () => {
  const { stdout } = await run('report', 'cut', '--markdown', 'cut.md', '--html', 'cut.html')
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
    'The journal in cut has no end: it was cut, or its run was stopped. Resume it with: callsheet run --resume cut',
  )
  expect(readFileSync(path('cut.md'), 'utf8').split('###')[0]).toContain('The journal has no end: it was cut.')
  expect(readFileSync(path('cut.html'), 'utf8')).toContain('The journal has no end: it was cut.')
})

test('lists name what cannot be read; prune leaves it, and what is signed', async () => {
  mkdirSync(path('all'))
  for (const kind of Object.keys(kinds)) cpSync(path(kind), path(`all/${kind}`), { recursive: true })
  const list = await run('list', 'all')
  expect(list.exit).toBe(3)
  for (const kind of ['half', 'empty', 'noise', 'newer']) expect(list.stdout).toContain(`Skipped: all/${kind}/journal.jsonl`)
  for (const command of ['history', 'flaky']) {
    const { exit, stdout } = await run(command, 'all')
    expect([exit, stdout.replaceAll(/\s+/g, ' ')]).toEqual([
      0,
      expect.stringContaining('Skipped: The journal in all/edited contradicts itself'),
    ])
  }
  expect(await run('prune', 'all', '--keep', '0')).toMatchObject({ exit: 0, stdout: expect.stringContaining('it is attested or signed') })
  expect(readdirSync(path('all'))).toHaveLength(6)
  expect(await run('prune', 'nowhere', '--keep', '1')).toMatchObject({
    exit: 2,
    stderr: expect.stringContaining('There is no folder nowhere.'),
  })
})

test('a result that is still running says so everywhere, and is neither merged, signed nor part of the history', async () => {
  const child = spawn(process.execPath, [join(root, 'bin/callsheet.js'), 'run', 'suite.yaml', '--out', 'live', '--reporter', 'none'], {
    cwd: folder.path,
    env: { PATH: process.env['PATH'], SLOW: '120000' },
    stdio: 'ignore',
  })
  try {
    while (!existsSync(path('live/journal.jsonl')) || readFileSync(path('live/journal.jsonl'), 'utf8') === '') await wait(20)
    const { exit, stdout } = await run('report', 'live', '--markdown', 'live.md')
    expect([exit, stdout]).toEqual([0, expect.stringContaining('The result is still running: this is what it has so far.')])
    expect(stdout).not.toContain('crashed')
    expect(readFileSync(path('live.md'), 'utf8').split('###')[0]).toContain('2 runs did not happen: still running.')
    for (const name of ['merge', 'attest', 'signoff']) {
      const refused = await run(...commands[name]!('live'))
      expect([refused.exit, refused.stderr]).toEqual([
        2,
        expect.stringMatching(/^error: live is in use: process \d+ is writing a result there\. [^\n]+\n$/),
      ])
    }
    expect(await run(...commands['history add']!('live'))).toMatchObject({ exit: 3, stderr: expect.stringContaining('live is in use') })
    expect(await run('run', '--resume', 'live')).toMatchObject({ exit: 2, stderr: expect.stringContaining('live is in use') })
  } finally {
    child.kill('SIGKILL')
  }
})

test('open makes a page in a folder of its own, of a result or an archive with one, and asks the machine to open it', async () => {
  const page = /\S+index\.html/
  const shown = await run('open', 'good')
  expect([shown.exit, shown.stdout]).toEqual([0, expect.stringMatching(/^Open this page: \S+index\.html\n$/)])
  const file = page.exec(shown.stdout)![0]
  expect(readFileSync(file, 'utf8')).toContain('Fit to release')
  rmSync(dirname(file), { recursive: true })
  writeFileSync(path('xdg-open'), `#!/bin/sh\necho "$1" > ${path('opened')}\n`)
  chmodSync(path('xdg-open'), 0o755)
  expect(spawnSync('python3', ['-m', 'zipfile', '-c', 'one.zip', 'good/'], { cwd: folder.path }).status).toBe(0)
  const opened = await callsheet(['open', 'one.zip'], folder.path, { DISPLAY: ':9', PATH: `${folder.path}:${process.env['PATH']}` })
  expect([opened.exit, opened.stdout]).toEqual([0, expect.stringMatching(/^Opened /)])
  while (!existsSync(path('opened')) || readFileSync(path('opened'), 'utf8') === '') await wait(20)
  const asked = readFileSync(path('opened'), 'utf8').trim()
  expect(asked).toBe(page.exec(opened.stdout)![0])
  rmSync(dirname(asked), { recursive: true })
})
