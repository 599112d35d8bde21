import { spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root } from '../suites/callsheet.js'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'callsheet-review-'))
  cpSync(join(root, 'suites/orders'), folder, { recursive: true })
  callsheet(['run', 'suite.yaml', '--replay', 'cassette.jsonl', '--reporter', 'none', '--out', 'result'])
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function callsheet(args: readonly string[], input = ''): { exit: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'bin/callsheet.js'), ...args], {
    cwd: folder,
    input,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], NO_COLOR: '1' },
  })
  return { exit: status, stdout, stderr }
}

/** Reviews as a person at a terminal does: answers each question once it is asked, and gives a reason where one is asked for. */
async function review(by: string, sample: number, answer: (choices: string, nth: number) => string): Promise<string> {
  const child = spawn(process.execPath, [join(root, 'bin/callsheet.js'), 'review', 'result', '--by', by, '--sample', String(sample)], {
    cwd: folder,
    env: { PATH: process.env['PATH'], NO_COLOR: '1' },
  })
  let [seen, asked] = ['', 0]
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (text.includes('Why?')) child.stdin.write('It never says so.\n')
    if (!text.includes('> ')) return
    // The question is on the other stream.
    setTimeout(() => {
      const questions = [...seen.matchAll(/What do you say\? (.*)/g)]
      child.stdin.write(`${answer(questions.at(-1)?.[1] ?? '', asked)}\n`)
      asked += 1
    }, 50)
  })
  child.stdout.setEncoding('utf8').on('data', (text: string) => (seen += text))
  await new Promise(resolve => child.on('close', resolve))
  return seen
}

/** Yes, none, or a rating in the middle. */
const yes = (choices: string): string =>
  choices.startsWith('y') ? 'y' : choices.startsWith('a number from') ? '50' : choices.startsWith('a number') ? '0' : 'met'

interface Line {
  readonly by: string
  readonly run: string
  readonly claim?: string
  readonly metric?: string
  readonly judge: unknown
  readonly said?: unknown
  readonly is: string
  readonly reason?: string
}

function lines(): Line[] {
  const text = readFileSync(join(folder, 'result/reviews.jsonl'), 'utf8')
  return text
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as Line)
}

test('a person is asked about answers of the judge, and sees what it said only then', async () => {
  const seen = await review('Ada Park', 3, yes)
  const [first = '', rest = ''] = seen.split('The judge said')
  expect(first).toMatch(/^1 of 3: orders\//)
  expect(first).toContain('Testing Agent: ')
  expect(first).not.toMatch(/✓|✗|the judge/i)
  expect(rest).toContain('2 of 3: orders/')
  expect(seen).toMatch(/1 person agreed with \d of 3 answers/)
  expect(lines()).toHaveLength(3)
  for (const { by, judge, said, is } of lines()) {
    expect(by).toBe('Ada Park')
    const isNear = typeof judge === 'number' && said === 50 ? Math.abs(judge - 50) <= 20 : judge === said
    expect(is).toBe(isNear ? 'agree' : 'disagree')
  }
})

test('what disagrees has a reason, what is unclear does not count, and nothing is asked twice', async () => {
  const before = lines().map(({ run, claim, metric }) => JSON.stringify([run, claim, metric]))
  const seen = await review('Ada Park', 40, (choices, nth) =>
    nth === 0
      ? 'maybe?'
      : nth === 1
        ? 'u'
        : choices.startsWith('y')
          ? 'n'
          : choices.startsWith('a number from')
            ? '50'
            : choices.startsWith('a number')
              ? '7'
              : 'other',
  )
  expect(seen).toContain('That is no answer here.')
  const added = lines().slice(before.length)
  expect(added.length).toBeGreaterThan(5)
  expect(added[0]).toMatchObject({ is: 'unclear' })
  const apart = added.filter(({ is }) => is === 'disagree')
  expect(apart.length).toBeGreaterThan(3)
  for (const { reason } of apart) expect(reason).toBe('It never says so.')
  for (const { run, claim, metric } of added) expect(before).not.toContain(JSON.stringify([run, claim, metric]))
  expect(seen).toContain('1 was unclear')
  expect(await review('Ada Park', 40, yes)).toContain('has reviewed everything')
})

test('another person is asked anew; who quits has said what was said', async () => {
  const before = lines().length
  await review('Ben', 5, () => 'q')
  expect(lines()).toHaveLength(before)
  expect(await review('Ben', 5, (choices, nth) => (nth === 0 ? yes(choices) : 'q'))).toContain('2 people agreed')
  expect(lines()).toHaveLength(before + 1)
})

test('reports say how far people agreed, and no verdict changes', () => {
  const { stdout, exit } = callsheet(['report', 'result', '--html', 'page.html', '--markdown', 'page.md'])
  expect(exit).toBe(0)
  const of = /2 people agreed with \d+ of \d+ answers \([\d.]+ %, [\d.]+ to [\d.]+ %\), 1 was unclear/
  expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(of)
  expect(readFileSync(join(folder, 'page.html'), 'utf8')).toMatch(of)
  expect(readFileSync(join(folder, 'page.md'), 'utf8')).toMatch(of)
  expect(callsheet(['show', 'result']).stdout.replaceAll(/\s+/g, ' ')).toMatch(of)
})

test('a line that is no review is named, and nothing is made of it', () => {
  const path = join(folder, 'result/reviews.jsonl')
  const text = readFileSync(path, 'utf8')
  writeFileSync(path, `${text}{"version":1}\n`)
  const { exit, stderr } = callsheet(['report', 'result'])
  expect(exit).not.toBe(0)
  expect(stderr).toContain(`Line ${text.split('\n').length} of result/reviews.jsonl is no review.`)
  writeFileSync(path, text)
})

test('a result that no model judged has nothing to review, and a name is needed', () => {
  writeFileSync(
    join(folder, 'plain.yaml'),
    `version: 1
suite: { name: Plain }
agents: { echo: { connection: { type: module, path: echo.mjs } } }
scenarios: { says: { script: { first_message: "Hi <endcall/>" }, expect: [{ agent_says: { contains: Hi } }] } }
`,
  )
  writeFileSync(join(folder, 'echo.mjs'), `export default () => 'Hi'\n`)
  callsheet(['run', 'plain.yaml', '--reporter', 'none', '--out', 'plain'])
  expect(callsheet(['review', 'plain', '--by', 'Ada']).stdout).toContain('There is nothing to review in plain')
  expect(callsheet(['review', 'plain']).exit).toBe(2)
})
