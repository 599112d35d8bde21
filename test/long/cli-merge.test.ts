import { spawnSync } from 'node:child_process'
import { appendFileSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callsheet, temporaryFolder } from '../suites/callsheet.js'

// An agent whose words the environment decides, and results of it to merge.

const folder = temporaryFolder()
afterAll(() => folder[Symbol.dispose]())
const path = (name: string): string => join(folder.path, name)
const agent = `export default (_message, { scenario: { key } }) => ({
  content: (process.env.BROKEN ?? '').split(',').includes(key) ? 'Pardon?' : 'Good morning.',
  end: true,
})
`
const suite = (more = '', agents = '{ shop: { connection: { type: module, path: agent.mjs } } }') => `version: 1
suite: { name: Shop }
agents: ${agents}
${more}
scenarios:
${['a', 'b', 'c', 'd'].map(key => `  ${key}: { script: { first_message: Hello. }, expect: [{ agent_says: { contains: morning } }] }\n`).join('')}`

let hour = 0
const run = (out: string, args: readonly string[] = [], env: Record<string, string> = {}, file = 'suite.yaml') =>
  callsheet(['run', file, '--out', out, '--reporter', 'none', ...args], folder.path, { ...at(hour++), ...env })
const merge = (args: readonly string[], env: Record<string, string> = {}) =>
  callsheet(['merge', ...args], folder.path, { ...at(hour++), ...env })
const at = (hours: number) => ({ CALLSHEET_LOGICAL_CLOCK: new Date(Date.UTC(2026, 0, 1, hours)).toISOString() })
const reportOf = (result: string) =>
  JSON.parse(readFileSync(path(`${result}/report.json`), 'utf8')) as {
    totals: { runs: number; passed: number; flaky: number; failed: number }
    gate: { verdict: string }
    limits: readonly { code: string; count?: number; names?: readonly string[] }[]
    mergedFrom?: { parts: readonly { result: string; cutOff?: true }[]; allowed?: readonly string[] }
    runs: readonly { run: string; status: string; earlier: readonly { status: string }[] }[]
  }

/** Runs a suite with these options, and expects that its result cannot be merged with the first half. */
const expectRefused = async (name: string, args: readonly string[], words: string, file = 'suite.yaml') => {
  await run(name, args, {}, file)
  const { exit, stderr } = await merge(['half-1', name])
  expect([name, exit]).toEqual([name, 2])
  expect(stderr).toContain(`${name} cannot be merged with half-1`)
  expect(stderr).toContain(words)
}

const keysFolder = (): string => {
  writeFileSync(path('keys.yaml'), 'keys:\n  - { name: CI, public: ci.pub.pem, roles: [ci] }\n')
  return folder.path
}

beforeAll(async () => {
  writeFileSync(path('agent.mjs'), agent)
  writeFileSync(path('suite.yaml'), suite())
  await run('half-1', ['--shard', '1/2'])
  await run('half-2', ['--shard', '2/2'])
  await run('half-2-again', ['--shard', '2/2'])
  await run('broken', [], { BROKEN: 'b' })
})

describe('callsheet merge', () => {
  test.skipIf(spawnSync('python3', ['-c', 'import zipfile']).status !== 0)('takes results out of archives that others packed', async () => {
    for (const [archive, result] of [
      ['1.zip', 'half-1'],
      ['2.zip', 'half-2/'],
    ] as const) {
      expect(spawnSync('python3', ['-m', 'zipfile', '-c', archive, result], { cwd: folder.path }).status).toBe(0)
    }
    await merge(['1.zip', '2.zip', '--out', 'from-zips', '--reporter', 'none'])
    await merge(['half-1', 'half-2', '--out', 'from-folders', '--reporter', 'none'])
    const { mergedFrom, ...zipped } = reportOf('from-zips')
    expect(mergedFrom).toEqual(reportOf('from-folders').mergedFrom)
    expect(zipped.totals).toEqual(reportOf('from-folders').totals)
    writeFileSync(path('none.zip'), readFileSync(path('1.zip')).subarray(0, 100))
    expect(await merge(['none.zip', 'half-2'])).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining('none.zip cannot be unpacked') as string,
    })
  })

  test('names a doubled shard, and both results of it', async () => {
    const { exit, stderr } = await merge(['half-1', 'half-2', 'half-2-again'])
    expect(exit).toBe(2)
    expect(stderr).toContain('Shard 2 of 2 is in several results: half-2, half-2-again.')
  })

  test('counts a rerun that passes as a retry, which is flaky, and the head of every output says so', async () => {
    const again = await callsheet(['rerun', 'broken', '--failed', '--out', 'again', '--reporter', 'none'], folder.path, at(hour++))
    expect(again.exit).toBe(0)
    const files = ['--junit', 'junit.xml', '--markdown', 'report.md', '--metrics', 'metrics.txt', '--json', 'report.json']
    const { exit, stdout } = await merge(['broken', 'again', '--on-overlap', 'rerun', '--out', 'mended', ...files])
    expect(exit).toBe(0)
    const said = 'Cases that ran again count as retries: 1 run passed only after an attempt that failed.'
    expect(stdout.replaceAll(/\n +/g, ' ').split('Shop  shop')[0]).toContain(said)
    for (const file of ['junit.xml', 'report.md', 'metrics.txt']) expect(readFileSync(path(file), 'utf8')).toContain(said)
    expect(readFileSync(path('report.md'), 'utf8').split('| scope |')[0]).toContain(said)
    const report = reportOf('mended')
    expect(report.limits).toContainEqual({ code: 'RERUN', count: 1 })
    expect(report.totals).toMatchObject({ runs: 4, passed: 4, flaky: 1 })
    const retried = report.runs.find(each => each.run === 'shop/b#1')
    expect(retried?.earlier.map(({ status }) => status)).toEqual(['failed'])
    const github = await callsheet(['report', 'mended', '--reporter', 'github'], folder.path)
    expect(github.stdout).toContain(`::warning title=Shop::${said}`)
  })

  test('refuses a case that several results have, unless it is said what becomes of it', async () => {
    const { exit, stderr } = await merge(['broken', 'again'])
    expect(exit).toBe(2)
    expect(stderr).toContain('The case shop/b is in several results: broken, again.')
  })

  test('a case that failed when it ran again has failed', async () => {
    await run('good')
    await run('bad-again', ['--filter', 'b'], { BROKEN: 'b' })
    await merge(['good', 'bad-again', '--on-overlap', 'rerun', '--allow', 'options', '--out', 'worse', '--reporter', 'none'])
    expect(reportOf('worse').totals).toMatchObject({ passed: 3, failed: 1, flaky: 0 })
    expect(reportOf('worse').mergedFrom?.allowed).toEqual(['options'])
  })

  test('adds repeats where that is asked for', async () => {
    const { exit } = await merge(['good', 'broken', '--on-overlap', 'repeats', '--out', 'repeated', '--reporter', 'none'])
    expect(exit).toBe(1)
    expect(reportOf('repeated').totals).toMatchObject({ runs: 8, passed: 7, failed: 1 })
    expect(
      reportOf('repeated')
        .runs.map(each => each.run)
        .slice(0, 4),
    ).toEqual(['shop/a#1', 'shop/a#2', 'shop/b#1', 'shop/b#2'])
  })

  test('refuses shards of two plans by name', async () => {
    expect.hasAssertions()
    writeFileSync(path('other.yaml'), suite().replace('Hello.', 'Good day.'))
    writeFileSync(path('bar.yaml'), suite('thresholds: { pass_rate: 0.5 }'))
    await expectRefused('third', ['--shard', '2/3'], 'it is a shard of 3, not of 2')
    await expectRefused('seed', ['--shard', '2/2', '--seed', '7'], 'seed')
    await expectRefused('other', ['--shard', '2/2'], 'it is of another suite', 'other.yaml')
    await expectRefused('bar', ['--shard', '2/2'], 'it has other thresholds', 'bar.yaml')
    await expectRefused('often', ['--shard', '2/2', '--frequency', '2'], 'its options differ: frequency')
  })

  test('refuses another build of the agent, and says on every output if it is allowed', async () => {
    const versioned = suite('', '{ shop: { connection: { type: module, path: agent.mjs }, identity: { version: "${BUILD}" } } }')
    writeFileSync(path('versioned.yaml'), versioned)
    await run('old', ['--shard', '1/2'], { BUILD: 'build-4711' }, 'versioned.yaml')
    await run('new', ['--shard', '2/2'], { BUILD: 'build-4712' }, 'versioned.yaml')
    const refused = await merge(['old', 'new'])
    expect(refused.stderr).toContain('it tested another build of shop. To merge them all the same, add --allow agent')
    const { stdout } = await merge(['old', 'new', '--allow', 'agent', '--out', 'mixed'])
    expect(stdout).toContain('merged from 2 results, which differ, as --allow')
  })

  test('signs and prints what it makes, and refuses a bad key before it makes anything', async () => {
    await callsheet(['key', '--sign', '--out', 'ci'], folder.path)
    const signed = await merge(
      ['half-1', 'half-2', '--out', 'signed', '--attest', 'ci.key.pem', '--pdf', 'signed.pdf', '--reporter', 'none'],
      {
        CHROME_PATH: '/nowhere/chromium',
      },
    )
    expect(signed.stderr).toContain('Attested: ')
    expect(existsSync(path('signed/result.intoto.jsonl'))).toBe(true)
    // The print is inconclusive without a browser, and never looks like one that was made.
    expect(signed.exit).toBe(3)
    expect(signed.stderr).toContain('CHROME_PATH')
    expect(existsSync(path('signed.pdf'))).toBe(false)
    expect((await callsheet(['verify', 'signed', '--keys', 'keys.yaml'], keysFolder())).stdout).toMatch(/✓ attestation/)

    const refused = await merge(['half-1', 'half-2', '--out', 'unsigned', '--attest', 'agent.mjs'])
    expect(refused.exit).toBe(2)
    expect(existsSync(path('unsigned'))).toBe(false)
  })

  test('expects as many results as it is told to', async () => {
    const few = await merge(['good', '--expect', '2', '--out', 'few'])
    expect(few.exit).toBe(3)
    expect(few.stdout).toContain('fewer results were merged than expected')
    const contradicting = await merge(['half-1', 'half-2', '--expect', '3'])
    expect(contradicting.stderr).toContain('--expect is 3, but the results are shards of 2.')
  })

  test('refuses a result that is still running, was edited, or was rescored', async () => {
    mkdirSync(path('running'))
    copyFileSync(path('half-2/journal.jsonl'), path('running/journal.jsonl'))
    writeFileSync(path('running/lock.1'), JSON.stringify({ pid: process.pid, host: `${hostname()}-other` }))
    expect((await merge(['half-1', 'running'])).stderr).toContain('running is in use')

    mkdirSync(path('edited'))
    const journal = readFileSync(path('half-2/journal.jsonl'), 'utf8')
    writeFileSync(path('edited/journal.jsonl'), journal.replace('"passed":2,"failed":0', '"passed":1,"failed":1'))
    expect((await merge(['half-1', 'edited'])).stderr).toContain('contradicts itself')

    await callsheet(['rescore', 'half-2', '--out', 'rescored', '--reporter', 'none'], folder.path, at(hour++))
    expect((await merge(['half-1', 'rescored'])).stderr).toContain('was rescored from')
  })

  test('a part that was cut off leaves its runs out, and the gate is inconclusive', async () => {
    mkdirSync(path('cut'))
    const lines = readFileSync(path('half-2/journal.jsonl'), 'utf8').trimEnd().split('\n')
    writeFileSync(path('cut/journal.jsonl'), `${lines.slice(0, -3).join('\n')}\n`)
    const { exit, stdout } = await merge(['half-1', 'cut', '--out', 'short'])
    expect(exit).toBe(3)
    expect(stdout).toContain('the result was cut off before it ran')
  })

  test('a part whose journal has no end is told at the head, and nobody can attest that it passed, although all of its runs ended', async () => {
    mkdirSync(path('no-end'))
    const lines = readFileSync(path('half-2/journal.jsonl'), 'utf8').trimEnd().split('\n')
    writeFileSync(path('no-end/journal.jsonl'), `${lines.slice(0, -1).join('\n')}\n`)
    const { exit, stdout } = await merge(['half-1', 'no-end', '--out', 'endless', '--markdown', 'endless.md'])
    const { result } = JSON.parse(lines[0]!) as { result: string }
    expect(exit).toBe(0)
    const said = `The journal of ${result} has no end: it was cut.`
    expect(stdout.replaceAll(/\n +/g, ' ').split('Shop  shop')[0]).toContain(said)
    expect(stdout).not.toContain('--resume')
    expect(readFileSync(path('endless.md'), 'utf8').split('###')[0]).toContain(said)
    const { limits, mergedFrom } = reportOf('endless')
    expect(limits).toContainEqual({ code: 'CUT_OFF', count: 0, names: [result] })
    expect(mergedFrom?.parts).toMatchObject([{}, { result, cutOff: true }])
    // Its own journal is whole, and counts the same again.
    expect(await callsheet(['report', 'endless', '--reporter', 'none'], folder.path)).toMatchObject({ exit: 0, stderr: '' })
    await callsheet(['key', '--sign', '--out', 'ci'], folder.path)
    await callsheet(['attest', 'endless', '--key', 'ci.key.pem'], folder.path)
    const { payload } = JSON.parse(readFileSync(path('endless/result.intoto.jsonl'), 'utf8')) as { payload: string }
    expect(JSON.parse(Buffer.from(payload, 'base64').toString())).toMatchObject({ predicate: { result: 'FAILED' } })

    const again = await merge(['endless', '--out', 'still-endless', '--reporter', 'none'])
    expect([again.exit, reportOf('still-endless').limits]).toEqual([0, limits])
  })

  test('a merged result cannot be resumed, can be rescored, and is left out of the history', async () => {
    await merge(['half-1', 'half-2', '--out', 'whole', '--reporter', 'none'])
    const resumed = await callsheet(['run', '--resume', 'whole'], folder.path)
    expect(resumed.stderr).toContain('Resume its parts, then merge them again.')
    const rescored = await callsheet(['rescore', 'whole', '--out', 'whole-again', '--reporter', 'none'], folder.path, at(hour++))
    expect(rescored.exit).toBe(0)
  })
})

describe('callsheet list and prune', () => {
  test('list shows each result in a line; prune removes the oldest with their recordings, and keeps what is signed or running', async () => {
    const results = temporaryFolder()
    const inside = (name: string): string => join(results.path, name)
    for (const [i, name] of ['one', 'two', 'three', 'four'].entries()) {
      mkdirSync(inside(name))
      mkdirSync(inside(`${name}/recordings`))
      writeFileSync(inside(`${name}/recordings/1-1.wav`), 'RIFF')
      const journal = readFileSync(path('good/journal.jsonl'), 'utf8')
      writeFileSync(inside(`${name}/journal.jsonl`), journal.replace(/"at":"[^"]*"/, `"at":"2025-01-0${i + 1}T00:00:00.000Z"`))
    }
    appendFileSync(inside('two/result.intoto.jsonl'), '{}\n')
    mkdirSync(inside('broken'))
    writeFileSync(inside('broken/journal.jsonl'), 'no\n')
    const third = readFileSync(inside('three/journal.jsonl'), 'utf8')
    writeFileSync(inside('three/journal.jsonl'), third.slice(0, third.trimEnd().lastIndexOf('\n') + 1))
    const listed = await callsheet(['list', results.path], folder.path)
    expect(listed.exit).toBe(3)
    expect(listed.stdout).toMatch(/✓ passed {3}2025-01-01 00:00 {2}4\/4 {2}Shop {2}shop .*one\n/)
    expect(listed.stdout).toMatch(/! cut off {2}2025-01-03 00:00 {2}4\/4 {2}Shop {2}shop .*three\n/)
    expect(listed.stdout).toContain('Skipped:')
    const json = JSON.parse((await callsheet(['list', results.path, '--json'], folder.path)).stdout) as { results: readonly unknown[] }
    expect(json.results).toHaveLength(4)

    const pruned = await callsheet(['prune', results.path, '--keep', '1'], folder.path)
    expect(pruned.stdout).toContain('two: it is attested or signed')
    expect(pruned.stdout).toMatch(/kept +\S*broken: /)
    expect(pruned.stdout).toContain('Removed 2 results.')
    expect(['one', 'two', 'three', 'four', 'broken'].filter(name => existsSync(inside(name)))).toEqual(['two', 'four', 'broken'])
    rmSync(results.path, { recursive: true })
  })
})
