import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorkplace } from '../cli/workplace.js'

/** Calls a tool with an id of seventeen digits, and remembers what it is sent. */
let agent: Server
let url: string
const bodies: string[] = []
beforeAll(async () => {
  agent = createServer((request, response) => {
    let body = ''
    request.on('data', (part: Buffer) => (body += part.toString()))
    request.on('end', () => {
      bodies.push(body)
      const call = '{"name":"cancel","arguments":{"id":9007199254740993,"price":1.10}}'
      response
        .setHeader('content-type', 'application/json')
        .end(`{"reply":"Done.","thread":9007199254740995,"meta":{"id":9007199254740993},"tools":[${call}]}`)
    })
  })
  await new Promise<void>(resolve => agent.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(agent.address() as AddressInfo).port}/`
})
afterAll(() => void agent.close())

test.each([
  ['{ tool_called: { name: cancel, arguments: { id: 9007199254740993 } } }', 0],
  ['{ tool_called: { name: cancel, arguments: { id: 9007199254740992 } } }', 1],
  ['{ not: { tool_called: { name: cancel, arguments: { id: 9007199254740993 } } } }', 1],
  ['{ not: { tool_called: { name: cancel, arguments: { id: 9007199254740992 } } } }', 0],
  ['{ tool_called: { name: cancel, arguments: { price: 1.1 } } }', 0],
  ['{ tool_called: { name: cancel, arguments: { price: 1.100 } } }', 0],
  ['{ metadata: { pointer: /id, equals: 9007199254740993 } }', 0],
  ['{ metadata: { pointer: /id, equals: 9007199254740992 } }', 1],
])('%s is decided by value', async (asked, exit) => {
  await using place = await openWorkplace()
  bodies.length = 0
  place.write(
    'suite.yaml',
    `version: 1
suite: { name: Numbers }
agents:
  shop:
    connection:
      type: http
      url: "${url}"
      body: { message: "{{message}}", thread: "{{captured.thread}}", tenant: 9007199254740997, rate: 1.10, text: "9007199254740997" }
      tool_calls: /tools
      metadata: /meta
      capture: { thread: /thread }
scenarios:
  cancels:
    script: { first_message: Hi., steps: [{ when: any, say: "Bye. <endcall/>" }] }
    expect: [${asked}]
`,
  )
  const ran = await place.run(['run', 'suite.yaml', '--out', 'ran', '--junit', 'junit.xml'])
  expect({ exit: ran.exit, stdout: ran.stdout, stderr: ran.stderr }).toMatchObject({ exit })
  const sent = '"tenant":9007199254740997,"rate":1.10,"text":"9007199254740997"}'
  expect(bodies).toEqual([`{"message":"Hi.","thread":null,${sent}`, `{"message":"Bye.","thread":9007199254740995,${sent}`])
  const read = (file: string): string => readFileSync(join(place.path, file), 'utf8')
  expect(read('ran/report.json')).toContain('"id":9007199254740993')
  expect(read('ran/journal.jsonl')).toContain('9007199254740993')
  expect(read('ran/junit.xml')).not.toContain('$number')
  const rescored = await place.run(['rescore', 'ran', '--out', 'again'])
  expect(rescored.exit).toBe(exit)
})
