import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020, type AnySchema, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import { parse as parseYaml } from 'yaml'
import { startWebSocketAgent } from '../agents/websocket-agent.js'
import { root } from '../suites/callsheet.js'
import { openWorkplace } from './workplace.js'

describe.concurrent('the command line', () => {
  test('-V and --version print the version of the package', async () => {
    await using place = await openWorkplace()
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
    for (const flag of ['-V', '--version']) {
      expect(await place.run([flag])).toEqual({ exit: 0, stdout: `${version}\n`, stderr: '' })
    }
  })

  test.each(['', 'init ', 'validate ', 'plan ', 'run ', 'report ', 'schema '])(
    '%s--help shows an example, with exit code 0',
    async command => {
      await using place = await openWorkplace()
      const { exit, stdout, stderr } = await place.run(`${command}--help`.split(' '))
      expect(stdout).toMatch(/^Examples?:\n {2}callsheet /m)
      expect(stderr).toBe('')
      expect(exit).toBe(0)
    },
  )

  test('schema prints JSON Schemas, and what a run leaves is valid against them', async () => {
    await using place = await openWorkplace({ frequency: 2, contains: 'Three' })
    await place.run(['run', 'suite.yaml', '--json', 'report.json'])
    const events = place.journal()
    expect(new Set(events.map(({ type }) => type))).toEqual(
      new Set(['suite.started', 'agent.ready', 'run.started', 'run.ended', 'suite.ended']),
    )
    // Each is whole in itself: one validator for each.
    const validators = new Map<string, ValidateFunction>()
    for (const name of ['suite', 'report', 'event']) {
      const ajv = addFormats.default(new Ajv2020({ discriminator: true, allowUnionTypes: true }))
      validators.set(name, ajv.compile(JSON.parse((await place.run(['schema', name])).stdout) as AnySchema))
    }
    const problemsOf = (name: string, value: unknown): unknown => {
      const validate = validators.get(name)
      return validate?.(value) ? [] : validate?.errors
    }
    expect(problemsOf('suite', parseYaml(readFileSync(join(place.path, 'suite.yaml'), 'utf8')))).toEqual([])
    expect(problemsOf('suite', { version: 1, suit: {} })).not.toEqual([])
    expect(problemsOf('report', JSON.parse(readFileSync(join(place.path, 'report.json'), 'utf8')))).toEqual([])
    for (const event of events) expect(problemsOf('event', event)).toEqual([])
  })

  test('--frequency, --concurrency and --seed are what they say', async () => {
    await using place = await openWorkplace({ delayMs: 30, frequency: 2 })
    const options = ['--frequency', '9', '--concurrency', '3', '--seed', '42', '--json', 'report.json', '--reporter', 'none']
    expect(await place.run(['run', 'suite.yaml', ...options])).toMatchObject({ exit: 0, stdout: '' })
    const { plan } = JSON.parse(readFileSync(join(place.path, 'report.json'), 'utf8')) as { plan: object }
    expect(plan).toEqual({ seed: 42, totalRuns: 9 })
    expect(place.callsByRun().size).toBe(9)
    expect(mostAtOnce(place.calls())).toBe(3)
  })

  test('a variable of an --env-file fills in what the suite reads; a later file wins, the process over both', async () => {
    await using place = await openWorkplace({ frequency: 1 })
    place.write('suite.yaml', readFileSync(join(place.path, 'suite.yaml'), 'utf8').replace('One.', 'One. ${WORDS_KEY}'))
    place.write('first.env', 'WORDS_KEY=from the first\n')
    place.write('second.env', '# a comment\nWORDS_KEY="from the second"\n')
    const files = ['--env-file', 'first.env', '--env-file', 'second.env', '--reporter', 'none']
    expect((await place.run(['run', 'suite.yaml', ...files])).exit).toBe(0)
    expect(place.calls().join('\n')).toContain('said One. from the second')
    expect((await place.run(['run', 'suite.yaml', ...files], { WORDS_KEY: 'from the process' })).exit).toBe(0)
    expect(place.calls().join('\n')).toContain('said One. from the process')
    expect(
      place
        .journal()
        .map(event => JSON.stringify(event))
        .join(),
    ).not.toMatch(/from the (second|process)/)
  })

  test('--agent reaches an agent elsewhere, and starts none', async () => {
    await using place = await openWorkplace({ frequency: 2 })
    const elsewhere = await startWebSocketAgent()
    try {
      const { exit } = await place.run(['run', 'suite.yaml', '--agent', `agent=${elsewhere.url}`])
      expect(exit).toBe(0)
      expect(elsewhere.calls).toHaveLength(2)
      expect(place.calls()).toEqual([])
    } finally {
      await elsewhere.close()
    }
  })
})

/** How many conversations the agent had at once, at most. */
function mostAtOnce(calls: readonly string[]): number {
  let [now, most] = [0, 0]
  for (const line of calls) {
    if (line.endsWith(' began')) now += 1
    if (line.endsWith(' ended')) now -= 1
    most = Math.max(most, now)
  }
  return most
}
