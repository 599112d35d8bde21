import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { StoreError, type Journal } from '../../../src/ports/store.js'
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

test('a journal that fails at any event, the first one too, stops the suite: nobody is called whose conversation would be lost', async () => {
  writeFileSync(
    join(folder, 'counting.mjs'),
    "import { appendFileSync } from 'node:fs'\nexport default () => { appendFileSync(new URL('calls.txt', import.meta.url), 'x'); return 'Good day.' }\n",
  )
  writeFileSync(
    join(folder, 'counted.yaml'),
    `version: 1
suite: { name: Counted }
agents: { shop: { connection: { type: module, path: counting.mjs } } }
scenarios: { greets: { frequency: 3, script: { first_message: "Hi <endcall/>" }, expect: [{ agent_says: { contains: Good } }] } }
limits: { concurrency: 1 }
`,
  )
  const use = await defaultAdapters({})
  const prepared = await prepare({ path: 'counted.yaml', cwd: folder, environment: {}, options: {} }, use)
  if ('diagnostics' in prepared) throw new Error(prepared.diagnostics.map(({ message }) => message).join(' '))
  let nth = 0
  // Eight events: the start, three times the beginning and the end of a run, the end. Of a stopped suite six, as no run begins.
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.constantFrom(undefined, 'gently' as const), async (any, stopped) => {
      nth += 1
      const failsAt = 1 + (any % (stopped === undefined ? 8 : 6))
      const calls = join(folder, 'calls.txt')
      rmSync(calls, { force: true })
      const store = await use.store()
      let events = 0
      const failing = async (place: string): Promise<Awaited<ReturnType<typeof store.create>>> => {
        const journal = await store.create(place)
        const append = (event: Parameters<Journal['append']>[0]): void => {
          events += 1
          if (events >= failsAt) throw new StoreError('lost', `Event ${failsAt} cannot be written.`)
          journal.append(event)
        }
        return {
          place: journal.place,
          append,
          flush: () => journal.flush(),
          stored: () => journal.stored(),
          [Symbol.asyncDispose]: () => journal[Symbol.asyncDispose](),
        }
      }
      const never = new AbortController().signal
      const stop = { gently: stopped === undefined ? never : AbortSignal.abort(), now: never }
      const executed = await executeSuite({
        prepared,
        use: { ...use, store: async () => ({ ...store, create: failing }) },
        destination: { out: join(folder, `failing-${nth}`) },
        stop,
      })
      const called = existsSync(calls) ? readFileSync(calls, 'utf8').length : 0
      expect(called).toBeLessThanOrEqual(stopped === undefined ? Math.floor(failsAt / 2) : 0)
      expect(executed.status).not.toBe('ended')
    }),
    { numRuns: 12 },
  )
})
