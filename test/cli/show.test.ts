import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openWorkplace, until, type Workplace } from './workplace.js'

const scenario = (first: string, more = '') =>
  `{ script: { first_message: "${first} <endcall/>" }, expect: [{ agent_says: { contains: hello } }], metrics: [turns]${more} }`

let place: Workplace

/** Four runs: one passes, two fail for one cause, one passes at its second attempt only. */
beforeAll(async () => {
  place = await openWorkplace()
  place.write(
    'agent.mjs',
    `import { existsSync, writeFileSync } from 'node:fs'
export default message => {
  if (message !== 'Twice?') return message === 'Hi.' ? 'hello' : 'Line one.\\u001B[2J Then ' + 'words '.repeat(400) + 'end.'
  if (existsSync('seen')) return 'hello'
  writeFileSync('seen', '')
  throw new Error('not yet')
}
`,
  )
  place.write(
    'shop.yaml',
    `version: 1
suite: { name: Shop }
agents: { shop: { connection: { type: module, path: agent.mjs } } }
scenarios:
  greets: ${scenario('Hi.')}
  asks: ${scenario('Where?', ', frequency: 2')}
  asks_twice: ${scenario('Twice?')}
retries: { agent_error: 1 }
`,
  )
  await place.run(['run', 'shop.yaml', '--out', 'r'])
})
afterAll(() => place[Symbol.asyncDispose]())

describe('callsheet show', () => {
  test('shows a run that passed: every check, every metric, the whole conversation', async () => {
    const { exit, stdout } = await place.run(['show', 'r', 'greets'])
    expect(exit).toBe(0)
    expect(stdout).toMatch(/^✓ shop\/greets#1 {2}passed in \d+\.\d s\n/)
    expect(stdout).toContain('  ✓ agent says contains "hello"\n')
    expect(stdout).toContain('  turns: 1\n')
    expect(stdout).toMatch(/Main Agent: hello\n/)
  })

  test('shows a run that failed, with a long turn whole and harmless', async () => {
    const { stdout } = await place.run(['show', 'r', 'shop/asks#2'])
    expect(stdout).toMatch(/^✗ shop\/asks#2 {2}failed/)
    expect(stdout).toMatch(/✗ agent says contains "hello" \(turn \d, line 6\)\n {4}seen: /)
    expect(stdout).toMatch(/▶ .*Main Agent: Line one\./)
    expect(stdout.match(/words/g)!.length).toBeGreaterThanOrEqual(400)
    expect(stdout).toContain('end.\n')
    expect(stdout).not.toContain('\u001B')
  })

  test('shows the attempt that is asked for, and by default the last', async () => {
    expect((await place.run(['show', 'r', 'asks_twice'])).stdout).toMatch(/ passed in .*\n.*\n.*\n {2}attempt 2 of 2\n/)
    const first = await place.run(['show', 'r', 'asks_twice', '--attempt', '1'])
    expect(first.stdout).toMatch(/ agent_error in .*\n.*\n.*\n {2}attempt 1 of 2\n/)
    expect(first.stdout).toContain('not yet')
    expect(await place.run(['show', 'r', 'asks_twice', '--attempt', '3'])).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining('Run shop/asks_twice#1 has 2 attempts.') as string,
    })
  })

  test('shows all that did not pass, and those of one cause', async () => {
    const { stdout } = await place.run(['show', 'r', '--failed'])
    expect(stdout.match(/^\S shop\S+/gm)).toEqual(['✗ shop/asks#1', '✗ shop/asks#2'])
    const cause = await place.run(['show', 'r', '--cause', '1'])
    expect(cause.stdout).toMatch(/^2 runs: agent says contains "hello"\n/)
    expect(cause.stdout.match(/^\S shop\S+/gm)).toEqual(['✗ shop/asks#1', '✗ shop/asks#2'])
    expect((await place.run(['show', 'r', '--cause', '2'])).stderr).toContain('r has 1 cause.')
  })

  test('without a run it is the report, which says how to read the rest', async () => {
    const { stdout } = await place.run(['show', 'r'])
    expect(stdout).toEqual((await place.run(['report', 'r'])).stdout)
    expect(stdout).toContain('Read them all: callsheet show r --failed\n')
  })

  test.each([
    [['nobody'], 'There is no run "nobody" in r. See those that did not pass with: callsheet show r --failed'],
    [['#1'], '3 runs of r have "#1" in their key, such as shop/greets#1, shop/asks#1. Write more of the key.'],
    [['greets', '--failed'], 'Name a run, or use --failed or --cause, not both.'],
    [['--attempt', '1'], '--attempt needs a run. Add the key of one.'],
  ])('%j is refused', async (args, message) => {
    expect(await place.run(['show', 'r', ...args])).toMatchObject({ exit: 2, stderr: expect.stringContaining(message) as string })
  })
})

describe('callsheet show --watch', () => {
  test('follows a result that is still running, and then shows it', async () => {
    await using busy = await openWorkplace({ delayMs: 100, frequency: 12, concurrency: 1 })
    const running = busy.start(['run', 'suite.yaml', '--out', 'r', '--reporter', 'none'])
    await until('a run has ended', () => running.stderr().includes('talks#1'))
    const shown = await busy.run(['show', 'r', '--watch'])
    expect(running.child.exitCode).toBe(0)
    expect([shown.exit, shown.stdout]).toEqual([0, expect.stringContaining('PASSED: 12 of 12 runs passed')])
    expect(shown.stdout).not.toContain('still running')
    expect([1, 12].every(nth => shown.stderr.includes(`✓ faults/talks#${nth} `))).toBe(true)
    const over = await busy.run(['show', 'r', 'talks#12', '--watch'])
    expect([over.exit, over.stderr, over.stdout]).toEqual([0, '', expect.stringContaining('faults/talks#12')])
  })

  test('does not wait for a result that nobody writes any more, and can be stopped itself', async () => {
    await using busy = await openWorkplace({ delayMs: 400, frequency: 12, concurrency: 1 })
    const running = busy.start(['run', 'suite.yaml', '--out', 'r', '--reporter', 'none'])
    await until('a run has ended', () => running.stderr().includes('talks#1'))
    const watching = busy.start(['show', 'r', '--watch'])
    await until('it is seen', () => watching.stderr().includes('talks#1'))
    watching.signal('SIGINT')
    expect((await watching.ended).exit).toBe(130)
    expect(running.child.exitCode).toBe(null)
    const another = busy.start(['show', 'r', '--watch'])
    await until('it is seen', () => another.stderr().includes('talks#1'))
    running.signal('SIGKILL')
    const { exit, stdout } = await another.ended
    expect([exit, stdout]).toEqual([0, expect.stringMatching(/\d+ runs did not happen: crashed\./)])
  })
})

/** A machine with a display whose program for pages writes down what it is asked to open. */
function display(): Record<string, string> {
  mkdirSync(join(place.path, 'bin'), { recursive: true })
  writeFileSync(join(place.path, 'bin/xdg-open'), `#!/bin/sh\necho "$1" >> ${join(place.path, 'opened')}\n`, { mode: 0o755 })
  return { DISPLAY: ':0', PATH: `${join(place.path, 'bin')}:${process.env['PATH']}` }
}

describe('callsheet run --open', () => {
  test('opens the page that was written, or makes one, and exits as the gate says', async () => {
    const own = await place.run(['run', 'shop.yaml', '--open', '--html', 'own/', '--reporter', 'none'], display())
    expect([own.exit, own.stdout, own.stderr]).toEqual([1, '', expect.stringMatching(/^Opened own\/index\.html$/m)])
    const { exit, stderr } = await place.run(['run', 'shop.yaml', '--open', '--reporter', 'none'], display())
    const [, made = ''] = /^Opened (.*)$/m.exec(stderr) ?? []
    expect([exit, readFileSync(made, 'utf8')]).toEqual([1, expect.stringContaining('Not fit to release')])
    const opened = (): string[] => readFileSync(join(place.path, 'opened'), 'utf8').trim().split('\n')
    await until('both are opened', () => opened().length === 2)
    expect(opened()).toEqual(['own/index.html', made])
    const without = await place.run(['run', 'shop.yaml', '--open', '--html', 'page.html', '--reporter', 'none'])
    expect(without.stderr).toMatch(/^Open this page: page\.html$/m)
  })
})
