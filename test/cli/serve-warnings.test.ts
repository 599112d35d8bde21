import { expect, test } from 'vitest'
import { serve } from './served-place.js'
import { openWorkplace, until } from './workplace.js'

const suite = `version: 1
suite: { name: Shop }
agents: { shop: { id: 1, connection: { type: module, path: agent.mjs } } }
scenarios:
  planned: { id: 1, script: { first_message: 'Hi <speed ratio="1.1"/>' }, expect: [{ agent_says: { contains: Hi } }] }
  other: { id: 2, script: { first_message: 'Hi <noise sound="beep"/>' }, expect: [{ agent_says: { contains: Hi } }] }
runs: [{ name: Planned, scenarios: [planned] }]
`

const countOf = (text: string, part: string): number => text.split(part).length - 1

test('a server says at its start what planning its suites warns about, and once what a request adds', async () => {
  await using place = await openWorkplace()
  place.write('agent.mjs', `export default text => 'You said: ' + text\n`)
  place.write('suite.yaml', suite)
  const server = await serve(place)
  const { running } = server
  expect(running.stderr()).toContain('TAG_NO_EFFECT: <speed> has no effect in text')
  expect(running.stderr()).toContain('suite.yaml:5:')
  expect(running.stderr()).not.toContain('<noise')
  await server.finished(await server.begin(1))
  await server.finished(await server.begin(1))
  await until('the other tag is told', () => running.stderr().includes('<noise> has no effect'))
  expect([countOf(running.stderr(), '<noise> has'), countOf(running.stderr(), '<speed> has')]).toEqual([1, 1])
})
