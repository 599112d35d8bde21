import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openWorkplace } from './workplace.js'

test('in a GitHub job, annotations go to its log, and the report to the end of its summary and to a file', async () => {
  await using place = await openWorkplace()
  place.write('agent.mjs', `export default () => 'go away'\n`)
  place.write(
    'shop.yaml',
    `version: 1
suite: { name: Shop }
agents: { shop: { connection: { type: module, path: agent.mjs } } }
scenarios:
  greets:
    script: { first_message: "Hi. <endcall/>" }
    expect: [{ agent_says: { contains: hello } }]
`,
  )
  place.write('summary', 'Before.\n')
  place.write('report.md', '## ✓ Passed: last night\n')
  place.write('notes.md', 'My notes.\n')
  const env = { GITHUB_STEP_SUMMARY: join(place.path, 'summary') }
  const ran = await place.run(['run', 'shop.yaml', '--reporter', 'github', '--markdown', 'report.md'], env)
  expect(ran).toMatchObject({
    exit: 1,
    stdout: '::error file=shop.yaml,line=7,title=shop/greets 0/1::agent says contains "hello": the agent last said "go away" (turn 1)\n',
  })
  expect((await place.run(['report', '--reporter', 'azure'])).stdout).toBe(
    '##vso[task.logissue type=error;sourcepath=shop.yaml;linenumber=7;]shop/greets 0/1: agent says contains "hello": the agent last said "go away" (turn 1)\n',
  )
  const summary = readFileSync(join(place.path, 'summary'), 'utf8')
  expect(summary).toMatch(/^Before\.\n## ✗ Failed: Shop\n/)
  expect(readFileSync(join(place.path, 'report.md'), 'utf8')).toBe(summary.slice('Before.\n'.length))

  // GitHub shows nothing at all of more than 1 MiB, whoever wrote it.
  place.write('summary', `${'x'.repeat(999_500)}\n`)
  await place.run(['report', '--reporter', 'none', '--summary'], env)
  const crowded = readFileSync(join(place.path, 'summary'), 'utf8').slice(999_501)
  expect(crowded).toMatch(/^## ✗ Failed: Shop\n[^]*\n1 more cause, 2 more parts: see the result's own report.json.\n$/)
  expect(Buffer.byteLength(crowded)).toBeLessThan(700)

  place.write('summary', '')
  await place.run(['report', '--reporter', 'none', '--summary'], env)
  expect(readFileSync(join(place.path, 'summary'), 'utf8')).toBe(summary.slice('Before.\n'.length))
  expect(await place.run(['report', '--reporter', 'none', '--summary'])).toEqual({
    exit: 0,
    stdout: '',
    stderr: 'warning: --summary adds nothing: GITHUB_STEP_SUMMARY is not set, so this is no job of GitHub Actions.\n',
  })

  expect(await place.run(['run', 'shop.yaml', '--markdown', 'notes.md'])).toMatchObject({ exit: 2 })
  expect(readFileSync(join(place.path, 'notes.md'), 'utf8')).toBe('My notes.\n')
  place.write('shop.yaml', 'version: 1\n')
  expect(await place.run(['run', 'shop.yaml', '--markdown', 'report.md'])).toMatchObject({ exit: 2 })
  expect(readFileSync(join(place.path, 'report.md'), 'utf8')).toMatch(/^## ! Did not finish: shop.yaml\n/)
})
