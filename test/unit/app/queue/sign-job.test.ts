import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isJob, isSigned, signJob } from '../../../../src/app/queue/sign-job.js'
import type { RunJob } from '../../../../src/ports/run-queue.js'

const text = fc.string({ unit: 'grapheme', maxLength: 10 })
const job = fc.record(
  {
    id: text,
    order: text,
    result: text,
    agent: text,
    document: text,
    options: fc.dictionary(
      text,
      fc.jsonValue().map(value => value as unknown),
      { maxKeys: 4, noNullPrototype: true },
    ),
    secrets: text,
    index: fc.nat(),
    run: text,
    runId: text,
    earlier: fc.array(fc.dictionary(text, fc.oneof(text, fc.nat()), { maxKeys: 3, noNullPrototype: true }), { maxLength: 2 }),
  },
  { requiredKeys: ['id', 'order', 'result', 'agent', 'document', 'options', 'index', 'run', 'earlier'] },
) as unknown as fc.Arbitrary<RunJob>

/** As the queue gives it back: through JSON, in any order of keys. */
function backwards(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(backwards)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, item]) => [key, backwards(item)]),
  )
}

test('a signed job is known again by whoever has the secret, and by nobody else', () => {
  fc.assert(
    fc.property(job, fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (own, secret, other) => {
      const back = backwards(JSON.parse(JSON.stringify(signJob(own, secret)))) as RunJob
      expect(isJob(back)).toBe(true)
      expect(isSigned(back, secret)).toBe(true)
      expect(isSigned(back, other)).toBe(other === secret)
    }),
  )
})

test('whatever is changed in a signed job, its signature does not fit any more', () => {
  fc.assert(
    fc.property(job, fc.nat(), fc.jsonValue(), (own, at, value) => {
      const signed = JSON.parse(JSON.stringify(signJob(own, 'ours'))) as Record<string, unknown>
      const keys = [...Object.keys(signed), 'added']
      const key = keys[at % keys.length]!
      fc.pre(JSON.stringify(signed[key]) !== JSON.stringify(value))
      const changed: unknown = { ...signed, [key]: value }
      expect(isJob(changed) && isSigned(changed, 'ours')).toBe(false)
      const { [key]: _, ...without } = signed
      expect(isSigned(without as unknown as RunJob, 'ours')).toBe(key === 'added')
    }),
  )
})

test('a job without a secret has no signature, and fits none', () => {
  const [own] = fc.sample(job, 1)
  expect(signJob(own!, undefined)).toEqual(own)
  expect(isSigned(own!, 'ours')).toBe(false)
})

test('anything else in the queue is no job', () => {
  fc.assert(
    fc.property(fc.jsonValue(), value => {
      expect(isJob(value)).toBe(false)
    }),
  )
})
