import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readHostedRun } from '../../../../src/adapters/clients/read-runs.js'
import { readEnding } from '../../../../src/domain/wire/ending.js'
import { agentMetadata, writeMetadata } from '../../../../src/domain/wire/run-metadata.js'

const ending = { by: 'agent', reason: 'Main agent-ended-call', atS: 2 } as const
/** What JSON can hold; it has no -0. */
const value = fc.jsonValue().map(each => JSON.parse(JSON.stringify(each)) as unknown)
const key = fc
  .oneof(fc.string(), fc.constantFrom('ended_reason', 'callsheet', 'agent_metadata', 'ending'))
  .filter(name => name !== '__proto__')

test('any metadata of an agent, written and read, is the same, and does not hide how the call ended', () => {
  fc.assert(
    fc.property(fc.dictionary(key, value), metadata => {
      const written: unknown = JSON.parse(JSON.stringify(writeMetadata({ metadata, ending }, { outcome: 'passed' })))
      expect(agentMetadata(written, true)).toEqual({ ...metadata })
      expect(readEnding({ metadata: written })).toEqual(ending)
      expect(written).toMatchObject({ callsheet: { outcome: 'passed' } })
    }),
  )
})

test("another service's run keeps what may be the agent's", () => {
  const metadata = { ended_reason: 'customer-ended-call', callsheet: 'mine', mood: 'good' }
  const run = readHostedRun({ id: 1, status: 'completed', metadata }, false)
  expect(run?.transcript.metadata).toEqual({ callsheet: 'mine', mood: 'good' })
})

test('a run without a conversation has no ending', () => {
  expect(writeMetadata(undefined, { outcome: 'not_run' })).toEqual({ ended_reason: null, callsheet: { outcome: 'not_run' } })
})
