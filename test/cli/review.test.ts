import { spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
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
  expect(seen.replaceAll(/\s+/g, ' ')).toMatch(/The metric (csat: How satisfied|hallucination: How many)|The claim: /)
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

test('the page shows beside each answer of the judge who said what, and a redacted one leaves that out', async () => {
  const { by, reason } = lines().find(({ is, claim }) => is === 'disagree' && claim !== undefined) ?? {}
  const said = `${by} disagrees and says no: ${reason}`
  callsheet(['report', 'result', '--html', 'said/', '--reporter', 'none'])
  expect(conversationsOf('said/index.html')).toContain(said)
  callsheet(['report', 'result', '--html', 'redacted/', '--redact', '--reporter', 'none'])
  expect(conversationsOf('redacted/index.html')).not.toContain(reason)
})

/** The packed runs of a page, as text. */
function conversationsOf(page: string): string {
  const text = readFileSync(join(folder, page), 'utf8')
  const chunks = [...text.matchAll(/<script type="application[^"]*" id="chunk-\d+">([^<]*)</g)].map(([, packed = '']) => packed)
  expect(chunks.length).toBeGreaterThan(0)
  return chunks.map(packed => inflateRawSync(Buffer.from(packed.trim(), 'base64')).toString('utf8')).join('\n')
}

test('a line that is not a review is named, and nothing is made of it', () => {
  const path = join(folder, 'result/reviews.jsonl')
  const text = readFileSync(path, 'utf8')
  writeFileSync(path, `${text}{"version":1}\n`)
  const { exit, stderr } = callsheet(['report', 'result'])
  expect(exit).not.toBe(0)
  expect(stderr).toContain(`Line ${text.split('\n').length} of result/reviews.jsonl is not a review.`)
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

const gateWith = (): string => callsheet(['report', 'result', '--with-reviews']).stdout.replaceAll(/\s+/g, ' ')

describe('with reviews', () => {
  /** Says of every claim that the judge found met whether it is, in lines as review writes them. */
  const reviewed = (said: boolean, by: readonly string[]): void => {
    const runs = readFileSync(join(folder, 'result/journal.jsonl'), 'utf8').split('\n')
    const judged = runs.flatMap(line => {
      const event = line === '' ? undefined : (JSON.parse(line) as Ended)
      const { claims = [] } = event?.type === 'run.ended' ? (event.outcome?.verdict?.outcome ?? {}) : {}
      return claims.flatMap(({ claim, holds }) => (holds === 'yes' ? [{ run: event!.run, claim }] : []))
    })
    expect(judged.length).toBeGreaterThan(0)
    const given = judged.flatMap(each =>
      by.map(who => ({ version: 1, at: '2026-01-01T10:00:00.000Z', by: who, ...each, judge: true, is: said ? 'agree' : 'disagree', said })),
    )
    writeFileSync(join(folder, 'result/reviews.jsonl'), given.map(line => `${JSON.stringify(line)}\n`).join(''))
  }
  interface Ended {
    readonly type: string
    readonly run: string
    readonly outcome?: { readonly verdict?: { readonly outcome?: { readonly claims: readonly { claim: string; holds: string }[] } } }
  }
  test('the report shows the gate both ways, and changes no verdict', () => {
    rmSync(join(folder, 'result/reviews.jsonl'))
    const none = callsheet(['report', 'result', '--with-reviews'])
    expect([none.exit, none.stderr]).toEqual([
      2,
      expect.stringContaining('Nobody has reviewed the judge of result yet. First: callsheet review'),
    ])
    const verdict = /(PASSED|FAILED|INCONCLUSIVE): (\d+) of (\d+) runs passed/
    const [, word, passed = '', runs] = verdict.exec(callsheet(['report', 'result']).stdout) ?? []
    reviewed(true, ['Ada'])
    expect(gateWith()).toContain('they overrule none of its answers, so the gate is the same with theirs')
    reviewed(false, ['Ada'])
    expect(gateWith()).toMatch(/with \d+ answers? of theirs instead, the gate is failed, with \d+ of \d+ runs passed/)
    const now = / (\d+) of \d+ runs passed/.exec(gateWith().split('the gate is failed, with')[1] ?? '')
    expect(Number(now?.[1])).toBeLessThan(Number(passed))
    expect(verdict.exec(callsheet(['report', 'result', '--with-reviews']).stdout)?.slice(1)).toEqual([word, passed, runs])
  })

  test('attest, signoff and verify bind the reviews: those added later do not matter, those that are gone or changed do', () => {
    reviewed(false, ['Ada'])
    const path = join(folder, 'result/reviews.jsonl')
    for (const name of ['ci', 'lead']) callsheet(['key', '--sign', '--out', name])
    writeFileSync(
      join(folder, 'keys.yaml'),
      'keys:\n  - { name: CI, public: ci.pub.pem, roles: [ci] }\n  - { name: Ada, public: lead.pub.pem, roles: [qa] }\n',
    )
    expect(callsheet(['attest', 'result', '--key', 'ci.key.pem', '--with-reviews', '--predicate', 'predicate.json']).exit).toBe(0)
    const predicate = JSON.parse(readFileSync(join(folder, 'predicate.json'), 'utf8')) as {
      configuration: { name: string; annotations?: { agreement?: string } }[]
      callsheet_reviews: { agreed: number; answers: number; gate: { verdict: string } }
    }
    const { agreed, answers, gate } = predicate.callsheet_reviews
    expect([agreed, gate.verdict]).toEqual([0, 'failed'])
    expect(predicate.configuration.find(({ name }) => name === 'judge')?.annotations?.agreement).toBe(`0 of ${answers}`)
    const signed = callsheet([
      'signoff',
      'result',
      '--key=lead.key.pem',
      '--name=Ada',
      '--role=QA',
      '--with-reviews',
      '--yes',
      '--reject',
      '--reason=people disagree',
    ])
    expect([signed.exit, signed.stdout.replaceAll(/\s+/g, ' ')]).toEqual([
      0,
      expect.stringContaining('of theirs instead, the gate is failed'),
    ])
    const linesOf = (): string[] => callsheet(['verify', 'result', '--keys', 'keys.yaml']).stdout.split('\n')
    const about = (check: string): string[] => linesOf().filter(line => line.includes(check))
    expect(about('reviews')).toEqual([expect.stringMatching(/^✓ reviews +1 person agreed with 0 of/)])
    expect(about('recount')).toEqual([expect.stringMatching(/^✓/)])
    const text = readFileSync(path, 'utf8')
    writeFileSync(path, `${text}${text.split('\n')[0]!.replace('"Ada"', '"Ben"')}\n`)
    expect(about('reviews')).toEqual([expect.stringMatching(/^✓.*; 1 review added since$/)])
    writeFileSync(path, text.replace('"disagree"', '"agree"'))
    expect(about('reviews')).toEqual([
      expect.stringMatching(/^✗ reviews +reviews.jsonl does not have the reviews that were attested/),
      expect.stringMatching(/^✗ sign-off 2 +reviews.jsonl does not have the reviews that its signer saw/),
    ])
    expect(about('recount')).toEqual([expect.stringMatching(/^✗/)])
    writeFileSync(path, text)
  })
})
