import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorkplace, type Workplace } from './workplace.js'

const personal = ['maria.lopez@example.com', '+1 555 555 0142', '1984-03-09', '4111111111111111', '20260309']

let place: Workplace
beforeAll(async () => {
  place = await openWorkplace()
  place.write(
    'agent.mjs',
    `export default () => ({
  content: 'Maria Lopez, maria.lopez@example.com, +1 555 555 0142, born 1984-03-09.',
  tool_calls: [{ id: 'c1', name: 'charge', arguments: { card: '4111111111111111', ticket: 20260309 } }],
})
`,
  )
  place.write(
    'shop.yaml',
    `version: 1
suite: { name: Shop }
agents: { shop: { connection: { type: module, path: agent.mjs } } }
scenarios:
  asks: { frequency: 2, script: { first_message: "Who? <endcall/>" }, expect: [{ agent_says: { contains: nobody } }, { tool_called: { name: refund } }] }
`,
  )
  await place.run(['run', 'shop.yaml', '--out', 'r', '--reporter', 'none'])
})
afterAll(() => place[Symbol.asyncDispose]())

const text = (file: string): string => readFileSync(join(place.path, file), 'utf8')
/** A page with all that is packed in it. */
const unpacked = (page: string): string =>
  page.replaceAll(/<script type="application\/octet-stream"[^>]*>([^<]*)<\/script>/g, (_, packed: string) =>
    inflateRawSync(Buffer.from(packed, 'base64')).toString('utf8'),
  )
/** The counts and causes of a report. */
function counted(json: string): unknown {
  const { totals, gate, causes } = JSON.parse(json) as { totals: object; gate: object; causes: readonly { runs: number; kind: string }[] }
  return { totals, gate, causes: causes.map(({ runs, kind }) => [runs, kind]) }
}

const files = { '--html': 'r.html', '--markdown': 'r.md', '--junit': 'r.xml', '--json': 'r.json', '--ctrf': 'r.ctrf.json' }

test('no report has personal data that has a pattern, and each of those for people says that it was taken out', async () => {
  const options = [...Object.entries(files).flat(), '--junit-output', 'all']
  await place.run(['report', 'r', ...options])
  const whole = Object.values(files).map(file => unpacked(text(file)))
  for (const all of whole.slice(0, 4)) expect(all).toContain('maria.lopez@example.com')

  const { exit, stdout } = await place.run(['report', 'r', '--redact', ...options])
  expect(exit).toBe(0)
  const redacted = [...Object.values(files).map(file => unpacked(text(file))), stdout]
  expect(redacted.flatMap(all => personal.filter(each => all.includes(each)))).toEqual([])
  expect(unpacked(text('r.html'))).toContain('Maria Lopez, [an e-mail address], [a long number], born [a date].')
  for (const all of [text('r.html'), text('r.md'), stdout.replaceAll(/\s+/g, ' ')]) expect(all).toMatch(/long numbers were taken out/)
  expect(JSON.parse(text('r.json'))).toMatchObject({ limits: expect.arrayContaining([{ code: 'PERSONAL_DATA_REDACTED' }]) as unknown })
  expect(counted(text('r.json'))).toEqual(counted(whole[3]!))
  expect(text('r/journal.jsonl')).toContain('maria.lopez@example.com')
})

test.each([['--html-audio', 'failed'], ['--baseline', 'r'], ['--with-reviews']])(
  'what cannot be taken out is refused: %s',
  async (...more) => {
    expect(await place.run(['report', 'r', '--redact', '--html', 'x/', ...more])).toMatchObject({ exit: 2, stdout: '' })
  },
)
