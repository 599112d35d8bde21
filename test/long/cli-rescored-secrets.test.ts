import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorkplace } from '../cli/workplace.js'

const token = 'tok-abcDEF123456789'
let agent: Server
beforeAll(async () => {
  const answer = JSON.stringify({
    reply: 'Hi.',
    tools: [
      { name: token, arguments: {} },
      { name: 'look', arguments: { [token]: 1 } },
    ],
    meta: { [token]: 1 },
  })
  agent = createServer((request, response) => {
    request.resume().on('end', () => void response.setHeader('content-type', 'application/json').end(answer))
  })
  await new Promise<void>(resolve => agent.listen(0, '127.0.0.1', resolve))
})
afterAll(() => void agent.close())

test.each([
  ['a tool', { tool_called: { name: token } }],
  ['an argument', { tool_called: { name: 'look', arguments: { [token]: 1 } } }],
  ['a key of metadata', { metadata: { pointer: `/${token}`, exists: true } }],
])('a secret that names %s fails its check in every rescored result too, also once it was rotated', async (_, denied) => {
  await using place = await openWorkplace()
  const url = `http://127.0.0.1:${(agent.address() as AddressInfo).port}/`
  const settings = { body: { message: '{{message}}' }, reply: '/reply', tool_calls: '/tools', metadata: '/meta' }
  place.write(
    'suite.yaml',
    JSON.stringify({
      version: 1,
      suite: { name: 'Secrets' },
      secrets: ['MY_TOKEN'],
      agents: { shop: { connection: { type: 'http', url, ...settings } } },
      scenarios: { asks: { script: { first_message: 'Hi. <endcall/>' }, expect: [{ not: denied }] } },
    }),
  )
  const ran = await place.run(['run', 'suite.yaml', '--out', 'ran'], { MY_TOKEN: token })
  expect([ran.exit, ran.stdout]).toEqual([1, expect.stringContaining('1 failed')])
  for (const [out, now] of [
    ['again', token],
    ['rotated', 'tok-otherOTHER99999'],
  ] as const) {
    const rescored = await place.run(['rescore', 'ran', '--out', out], { MY_TOKEN: now })
    expect([out, rescored.exit, rescored.stdout]).toEqual([out, 1, expect.stringContaining('1 failed')])
  }
})
