import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { expect, test } from 'vitest'
import type { SuiteEvent, SuiteStarted } from '../../src/domain/event.js'
import { startModelServer } from '../agents/model-server.js'
import { callsheet, root, temporaryFolder } from '../suites/callsheet.js'
import { endsOf } from '../cli/workplace.js'

test('the demo, rescored with its own suite, comes to the same verdicts, word for word', async () => {
  using folder = temporaryFolder()
  const cs = (...args: string[]) => callsheet(args, folder.path, { CLINIC_BUG: 'double_booking' })
  const journalOf = (name: string) =>
    readFileSync(join(folder.path, name, 'journal.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as SuiteEvent)

  const ran = await cs('run', join(root, 'suites/clinic/suite.yaml'), '--out', 'ran', '--reporter', 'none')
  const rescored = await cs('rescore', 'ran', '--out', 'rescored', '--reporter', 'none')
  expect([ran.exit, rescored.exit, rescored.stderr]).toEqual([1, 1, ''])

  const [before, after] = [journalOf('ran'), journalOf('rescored')]
  const byIndex = endsOf(before).toSorted((a, b) => a.index - b.index)
  expect(byIndex.length).toBeGreaterThan(10)
  expect(endsOf(after)).toEqual(byIndex)
  expect(after.filter(({ type }) => type === 'run.started' || type === 'run.turn' || type === 'agent.ready')).toEqual([])

  const [start, again] = [before[0], after[0]]
  expect(again).toMatchObject({ type: 'suite.started', rescoredFrom: (start as { result: string }).result })
  expect(again).toMatchObject({ digests: (start as SuiteStarted).digests })
  expect(invalid(after)).toEqual([])
})

test('a conversation whose judge failed is not passed afterwards without its caller being checked too', async () => {
  using folder = temporaryFolder()
  let isDown = true
  const server = await startModelServer({
    rules: {
      caller_audit: () => ({ findings: [{ why: 'It ended there.', fault: 'stopped_early', turn: 2, quote: 'Thank you, goodbye.' }] }),
    },
    mishap: ({ response_format: shape }) =>
      isDown && shape?.json_schema?.name === 'claim_verdicts' ? { status: 400, message: 'down' } : undefined,
  })
  writeFileSync(join(folder.path, 'agent.mjs'), `export default async () => 'I have refunded you.'`)
  writeFileSync(
    join(folder.path, 'suite.yaml'),
    `version: 1
suite: { name: Refunds }
models:
  caller: { base_url: "${server.url}", model: stand-in }
  judge: { base_url: "${server.url}", model: stand-in }
agents: { shop: { connection: { type: module, path: agent.mjs } } }
retries: { infra_error: 0 }
scenarios:
  refund:
    instructions: You were charged twice. You want your money back.
    expected_outcome: [The agent refunded you.]
`,
  )
  try {
    const ran = await callsheet(['run', 'suite.yaml', '--out', 'ran'], folder.path)
    expect([ran.exit, ran.stdout]).toEqual([3, expect.stringContaining('1 infra_error')])
    isDown = false
    const rescored = await callsheet(['rescore', 'ran', '--out', 'rescored'], folder.path)
    expect([rescored.exit, rescored.stdout]).toEqual([3, expect.stringContaining('hung up before its goal was reached')])
    expect(rescored.stdout).toContain('The simulated caller did not follow its instructions in 1 of 1 attempt')
  } finally {
    await server.close()
  }
})

test('a conversation whose caller nobody could check is not passed by rescoring it, unless the caller is checked then', async () => {
  using folder = temporaryFolder()
  let isMad = true
  const server = await startModelServer({
    mishap: ({ response_format: shape }) =>
      isMad && shape?.json_schema?.name === 'caller_audit' ? { text: 'O lamp, O light.' } : undefined,
  })
  writeFileSync(join(folder.path, 'agent.mjs'), `export default async () => 'I have refunded you.'`)
  writeFileSync(
    join(folder.path, 'suite.yaml'),
    `version: 1
suite: { name: Refunds }
models:
  caller: { base_url: "${server.url}", model: stand-in }
  judge: { base_url: "${server.url}", model: stand-in }
agents: { shop: { connection: { type: module, path: agent.mjs } } }
scenarios:
  refund:
    instructions: You were charged twice. You want your money back.
    expected_outcome: [The agent refunded you.]
`,
  )
  try {
    const statuses = async (...args: string[]) => {
      const { exit, stdout } = await callsheet(args, folder.path)
      return [exit, /\b1 (?:unscored|infra_error)|PASSED/.exec(stdout)?.[0]]
    }
    expect(await statuses('run', 'suite.yaml', '--out', 'ran')).toEqual([3, '1 unscored'])
    expect(await statuses('rescore', 'ran', '--out', 'mad')).toEqual([3, '1 unscored'])
    isMad = false
    expect(await statuses('rescore', 'mad', '--out', 'sane')).toEqual([0, 'PASSED'])
  } finally {
    await server.close()
  }
})

/** Events that are not as the schema says. */
function invalid(events: readonly SuiteEvent[]): SuiteEvent[] {
  const ajv = new Ajv2020({ strict: false })
  formats.default(ajv)
  const [report, event] = ['report', 'event'].map(
    name => JSON.parse(readFileSync(join(root, `schemas/${name}.schema.json`), 'utf8')) as object,
  )
  const validate = ajv.addSchema(report!).compile(event!)
  return events.filter(each => !validate(each))
}

test('of a result with a damaged run, rescoring leaves nothing behind', async () => {
  using folder = temporaryFolder()
  writeFileSync(join(folder.path, 'agent.mjs'), 'export default said => `You said ${said}`')
  writeFileSync(
    join(folder.path, 'suite.yaml'),
    `version: 1
suite: { name: Damaged }
agents: { a: { connection: { type: module, path: agent.mjs } } }
scenarios: { talks: { frequency: 600, script: { first_message: "Hi. <endcall/>" }, expect: [{ agent_says: { contains: Hi } }] } }
`,
  )
  const cs = (...args: string[]) => callsheet(args, folder.path, {})
  expect((await cs('run', 'suite.yaml', '--out', 'ran', '--reporter', 'none')).exit).toBe(0)
  const journal = join(folder.path, 'ran', 'journal.jsonl')
  const lines = readFileSync(journal, 'utf8').split('\n')
  const last = lines.findLastIndex(line => line.startsWith('{"type":"run.ended"'))
  for (const damage of [/"status":"passed"/, /"moments":\[/, /"durationMs":/]) {
    writeFileSync(journal, lines.with(last, lines[last]!.replace(damage, '"x":[')).join('\n'))
    const { exit, stderr } = await cs('rescore', 'ran', '--out', 'rescored', '--reporter', 'none')
    // As of any command that reads a result: it is counted before anything is scored.
    expect(exit).toBe(2)
    expect(stderr).toMatch(/^error: \S+ is damaged at byte \d+: this line is not an event\. [^\n]+\n$/)
    expect(existsSync(join(folder.path, 'rescored'))).toBe(false)
  }
  writeFileSync(journal, lines.join('\n'))
  expect((await cs('rescore', 'ran', '--out', 'rescored', '--reporter', 'none')).exit).toBe(0)
})
