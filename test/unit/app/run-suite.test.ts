import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { defaultAdapters, executeSuite, prepare, type SuiteEvent } from '../../../src/index.js'

const folder = mkdtempSync(join(tmpdir(), 'callsheet-run-suite-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test.each(['gently', 'now'] as const)('a suite that was stopped %s before it began leaves a whole journal, and calls nobody', async how => {
  writeFileSync(join(folder, 'agent.mjs'), "export default () => { throw new Error('It was called.') }\n")
  writeFileSync(
    join(folder, 'suite.yaml'),
    `version: 1
suite: { name: Stopped }
agents: { shop: { connection: { type: module, path: agent.mjs } } }
scenarios: { greets: { frequency: 3, script: { first_message: Hi }, expect: [{ agent_says: { contains: Good } }] } }
`,
  )
  const use = await defaultAdapters({})
  const prepared = await prepare({ path: 'suite.yaml', cwd: folder, environment: {}, options: {} }, use)
  if ('diagnostics' in prepared) throw new Error(prepared.diagnostics.map(({ message }) => message).join(' '))
  const out = join(folder, how)
  const stop = { gently: new AbortController().signal, now: new AbortController().signal, [how]: AbortSignal.abort() }
  const executed = await executeSuite({ prepared, use, destination: { out }, stop })
  expect(executed).toMatchObject({ status: 'ended', result: { report: { totals: { not_run: 3 }, stopped: 'cancelled' } } })
  const lines = readFileSync(join(out, 'journal.jsonl'), 'utf8').trim().split('\n')
  const kinds = lines.map(line => (JSON.parse(line) as SuiteEvent).type)
  expect(kinds).toEqual(['suite.started', 'suite.stopping', 'run.ended', 'run.ended', 'run.ended', 'suite.ended'])
})
