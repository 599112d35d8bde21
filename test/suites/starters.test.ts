import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { callsheet, root, runSuite, temporaryFolder } from './callsheet.js'

test('hello passes', async () => {
  const { exit, runs } = await runSuite('hello/suite.yaml')
  expect(runs.map(({ status }) => status)).toEqual(['passed', 'passed'])
  expect(exit).toBe(0)
})

test('what init writes passes at once, and fails once its agent is broken', async () => {
  using folder = temporaryFolder()
  expect((await callsheet(['init'], folder.path)).exit).toBe(0)
  const passed = await callsheet(['run', 'callsheet/suite.yaml'], folder.path)
  expect(passed).toMatchObject({ exit: 0, stdout: expect.stringContaining('2 of 2 runs passed') as string })

  const agent = join(folder.path, 'callsheet/agent.mjs')
  writeFileSync(agent, readFileSync(agent, 'utf8').replace("name: 'find_order'", "name: 'find_nothing'"))
  expect((await callsheet(['run', 'callsheet/suite.yaml'], folder.path)).exit).toBe(1)
})

test('the results of what init writes stay out of git', async () => {
  using folder = temporaryFolder()
  await callsheet(['init'], folder.path)
  await callsheet(['run', 'callsheet/suite.yaml'], folder.path)
  expect(readFileSync(join(folder.path, '.callsheet/.gitignore'), 'utf8')).toBe('*\n')
})

test('every YAML file of the suites tells editors where its schema is', () => {
  const suites = join(root, 'suites')
  const files = readdirSync(suites, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.yaml'))
  expect(files.length).toBeGreaterThan(8)
  for (const file of files) {
    const [line = ''] = readFileSync(join(suites, file), 'utf8').split('\n', 1)
    const schema = /^# yaml-language-server: \$schema=(.*)$/.exec(line)?.[1] ?? '(none)'
    expect(`${file}: ${resolve(suites, dirname(file), schema)}`).toBe(`${file}: ${join(root, 'schemas/suite.schema.json')}`)
    expect(existsSync(join(suites, dirname(file), schema))).toBe(true)
  }
})
