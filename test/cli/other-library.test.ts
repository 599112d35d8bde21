import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { startHttpAgent } from '../agents/http-agent.js'
import { openWorkplace } from './workplace.js'

const suite = (connection: string, at: string): string => `version: 1
suite: { name: Books }
agents: { agent: { connection: ${connection} } }
scenarios:
  books:
    script: { first_message: /tool, steps: [{ when: { contains: booked }, say: /several }, { when: { contains: Three }, say: "Bye. <endcall/>" }] }
    expect:
      - tool_called: { name: book, arguments: { at: "${at}", who: { id: 7 } }, times: 1 }
      - agent_says: { contains: Two. }
`
const passed = { exit: 0, stdout: expect.stringContaining('PASSED: 1 of 1') as string }
const failed = {
  exit: 1,
  stdout: expect.stringMatching(/tool_called book .*at: "12:00".*\(turn 1, line 8\)\n\s+seen: .*"10:00"/) as string,
}

describe.concurrent('an agent that was written without a library of ours passes, and fails when it should,', () => {
  test('over HTTP', async () => {
    await using place = await openWorkplace()
    const agent = await startHttpAgent()
    try {
      const connection = `{ type: http, url: "${agent.url}", tool_calls: /tools }`
      place.write('good.yaml', suite(connection, '10:00'))
      place.write('bad.yaml', suite(connection, '12:00'))
      expect(await place.run(['run', 'good.yaml'])).toMatchObject(passed)
      expect(await place.run(['run', 'bad.yaml'])).toMatchObject(failed)
    } finally {
      await agent.close()
    }
  })

  test('on a WebSocket', async () => {
    await using place = await openWorkplace()
    const startOfAgent = /start: .*/.exec(readFileSync(join(place.path, 'suite.yaml'), 'utf8'))?.[0] ?? ''
    const connection = `{ type: websocket, url: "${place.url}" }, ${startOfAgent}`
    place.write('good.yaml', suite(connection, '10:00'))
    place.write('bad.yaml', suite(connection, '12:00'))
    expect(await place.run(['run', 'good.yaml'])).toMatchObject(passed)
    expect(await place.run(['run', 'bad.yaml'])).toMatchObject(failed)
  })
})
