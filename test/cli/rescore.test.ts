import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { expect, test } from 'vitest'
import type { SuiteEvent } from '../../src/domain/event.js'
import { callsheet, root, temporaryFolder } from '../suites/callsheet.js'
import { endsOf } from './workplace.js'

test('the demo, rescored with its own suite, comes to the same verdicts, word for word', async () => {
  using folder = temporaryFolder()
  const cs = (...args: string[]) => callsheet(args, folder.path, { CLINIC_BUG: 'double_booking' })
  const journalOf = (name: string) =>
    readFileSync(join(folder.path, name, 'journal.jsonl'), 'utf8').trim().split('\n').map(line => JSON.parse(line) as SuiteEvent)

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
  expect(again).toMatchObject({ digest: (start as { digest: string }).digest })
  expect(invalid(after)).toEqual([])
})

/** Events that are not as the schema says. */
function invalid(events: readonly SuiteEvent[]): SuiteEvent[] {
  const ajv = new Ajv2020({ strict: false })
  formats.default(ajv)
  const [report, event] = ['report', 'event'].map(name => JSON.parse(readFileSync(join(root, `schemas/${name}.schema.json`), 'utf8')) as object)
  const validate = ajv.addSchema(report!).compile(event!)
  return events.filter(each => !validate(each))
}
