import { expect, test } from 'vitest'
import { diagnosticsOf, loadText, speaking, suiteOf, suiteWith } from './suites.js'

/** What an author reads of the only mistake of a suite. */
async function wordsOf(suite: string): Promise<{ message: string | undefined; hint: string | undefined }> {
  const [diagnostic, ...others] = diagnosticsOf(await loadText(suite))
  expect(others).toEqual([])
  return { message: diagnostic?.message, hint: diagnostic?.hint }
}

test('a number where a duration is wanted gets a unit, not quotes', async () => {
  const seconds = await wordsOf(suiteWith({ limits: '{ run_timeout: 10 }' }))
  const milliseconds = await wordsOf(suiteWith({ limits: '{ run_timeout: 5000 }' }))

  expect(seconds.hint).toBe('Give it a unit: 10s')
  expect(milliseconds.hint).toBe('Give it a unit: 5000ms')
})

test('a number where other text is wanted gets quotes', async () => {
  expect((await wordsOf(suiteWith({ suite: '{ name: 5 }' }))).hint).toBe('Put it in quotes: "5"')
})

test('an assertion that asks nothing is told what it could ask', async () => {
  const metric = await wordsOf(suiteOf(`${speaking}, expect: [{ metric: { name: latency_ms } }]`))
  const metadata = await wordsOf(suiteOf(`${speaking}, expect: [{ metadata: { pointer: /a } }]`))

  expect(metric).toEqual({ message: 'This assertion requires nothing of "latency_ms".', hint: 'Add min, max or equals.' })
  expect(metadata).toEqual({ message: 'This assertion requires nothing of "/a".', hint: 'Add exists, equals, contains or matches.' })
})

test('an unknown folder is told the folders there are, and nothing else', async () => {
  const scenario = `${speaking}, expect: [{ ended_by: agent }]`
  const runs = '[{ scenarios: Billing }]'

  const without = await wordsOf(suiteOf(scenario, { runs }))
  const others = await wordsOf(suiteOf(`${scenario}, folder: Sales.Inbound`, { runs }))

  expect(without.hint).toBe('There are no folders.')
  expect(others.hint).toBe('Known folders: Sales, Sales.Inbound.')
})

/** A suite whose only tag is `s`, with a run that selects by another. */
function tagged(tag: string): string {
  return suiteOf(`${speaking}, expect: [{ ended_by: agent }], tags: [s]`, { runs: `[{ tags: [${tag}] }]` })
}

test('a word of one or two letters is never taken for another, but for its case', async () => {
  expect((await wordsOf(tagged('x'))).hint).toBe('Known tags: s.')
  expect((await wordsOf(tagged('S'))).hint).toBe('Did you mean "s"?')
})

test('an unknown type of connection is told the types there are, by their whole names', async () => {
  const { hint } = await wordsOf(suiteWith({ agents: '{ clinic: { connection: { type: pigeon } } }' }))
  expect(hint).toMatch(/^Use one of: http, .*chirp, twilio_stream, media_stream, openai_realtime, .*retell_llm, hosted\.$/)
  const near = await wordsOf(suiteWith({ agents: '{ clinic: { connection: { type: twilio_steam } } }' }))
  expect(near.hint).toBe('Did you mean "twilio_stream"?')
})
