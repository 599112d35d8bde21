import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { openWorkplace, type Workplace } from '../cli/workplace.js'

interface Asked {
  /** Body of the agent's function of what the caller says. */
  readonly agent: string
  readonly variables?: object
  readonly expect: readonly object[]
}

/** A suite of one scenario, in which the caller says one thing. */
function write(place: Workplace, { agent, variables = {}, expect: asked }: Asked): void {
  place.write('agent.mjs', `export default said => { ${agent} }`)
  place.write(
    'suite.yaml',
    JSON.stringify({
      version: 1,
      suite: { name: 'Verdicts' },
      agents: { shop: { connection: { type: 'module', path: 'agent.mjs' } } },
      test_profiles: { maria: { caller_variables: variables } },
      scenarios: { asks: { test_profile: 'maria', script: { first_message: 'Hi. <endcall/>' }, expect: asked } },
    }),
  )
}

function statusIn(place: Workplace, result: string): string {
  const report = JSON.parse(readFileSync(join(place.path, result, 'report.json'), 'utf8')) as { runs: { status: string }[] }
  return report.runs[0]!.status
}

describe('a variable that is a whole argument', () => {
  const call = { tool_called: { name: 't', arguments: { n: '{{test_profile.order}}' } } }
  const metadata = { metadata: { pointer: '/n', equals: '{{test_profile.order}}' } }

  test.each([
    ['"1002"', '1002', { not: call }, 1],
    ['1002.0', '1002', { not: call }, 1],
    ['01002', '1002', { not: metadata }, 1],
    ['1002', '"1002"', { not: metadata }, 1],
    ['01002', '1002', { tool_called: { ...call.tool_called, times: 0 } }, 1],
    ['01002', '1003', { not: call }, 0],
    ['1002', '1002', call, 0],
    ['01002', '"01002"', metadata, 0],
    ['"1002"', '1002', call, 1],
  ])('written %s, against %s: %j', async (written, sent, asked, exit) => {
    await using place = await openWorkplace()
    write(place, {
      agent: `return { content: 'Hi.', tool_calls: [{ name: 't', arguments: { n: ${sent} } }], metadata: { n: ${sent} } }`,
      variables: { order: 'ORDER' },
      expect: [asked],
    })
    place.write('suite.yaml', readFileSync(join(place.path, 'suite.yaml'), 'utf8').replace('"ORDER"', written))
    const ran = await place.run(['run', 'suite.yaml'])
    expect({ exit: ran.exit, stdout: ran.stdout }).toMatchObject({ exit })
  })
})

describe('a scenario that expects a cut-off', () => {
  let server: Server
  let socket: WebSocketServer
  let [url, ws] = ['', '']
  let finish = 'length'
  beforeAll(async () => {
    server = createServer((request, response) => {
      request.resume().on('end', () => {
        const message = { role: 'assistant', content: finish === 'content_filter' ? null : 'Once upon a' }
        response
          .setHeader('content-type', 'application/json')
          .end(JSON.stringify({ choices: [{ index: 0, message, finish_reason: finish }] }))
      })
    })
    socket = new WebSocketServer({ host: '127.0.0.1', port: 0 })
    socket.on('connection', each => {
      each.on('message', () => {
        each.send(JSON.stringify({ role: 'assistant', content: 'I am being stopped.' }))
        each.close(1001, 'going away')
      })
    })
    await Promise.all([new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve)), once(socket, 'listening')])
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
    ws = `ws://127.0.0.1:${(socket.address() as AddressInfo).port}/`
  })
  afterAll(() => {
    server.close()
    socket.close()
  })

  function suite(place: Workplace, expect_: readonly object[], isSocket: boolean): void {
    const connection = isSocket ? { type: 'websocket', url: ws } : { type: 'openai', base_url: url, model: 'm' }
    place.write(
      'suite.yaml',
      JSON.stringify({
        version: 1,
        suite: { name: 'Cut off' },
        agents: { shop: { connection } },
        scenarios: { tells: { script: { first_message: 'Tell me everything.' }, expect: expect_ } },
      }),
    )
  }
  const says = { agent_says: { contains: 'once upon' } }

  test.each<[string, readonly object[], string]>([
    ['length', [{ cut_off: 'length' }], 'passed'],
    ['length', [{ cut_off: 'length' }, says], 'passed'],
    ['length', [{ any: [{ cut_off: 'length' }, { agent_says: { contains: 'too much' } }] }], 'passed'],
    ['length', [{ cut_off: 'length' }, { agent_says: { contains: 'the end' } }], 'failed'],
    ['going_away', [{ cut_off: 'going_away' }, { ended_by: 'agent' }], 'failed'],
    ['content_filter', [{ cut_off: 'content_filter' }], 'passed'],
    // Another one is as unexpected as ever.
    ['length', [{ cut_off: 'content_filter' }], 'agent_error'],
    ['length', [says], 'agent_error'],
    ['length', [{ not: { cut_off: 'length' } }, says], 'agent_error'],
    ['stop', [{ cut_off: 'length' }], 'failed'],
    ['going_away', [{ cut_off: 'going_away' }, { agent_says: { contains: 'stopped' } }], 'passed'],
    ['going_away', [{ agent_says: { contains: 'stopped' } }], 'agent_error'],
  ])('%s: %j', async (reason, asked, status) => {
    await using place = await openWorkplace()
    finish = reason
    suite(place, asked, reason === 'going_away')
    const ran = await place.run(['run', 'suite.yaml', '--out', 'ran'])
    expect([statusIn(place, 'ran'), ran.exit, ran.stdout]).toEqual([status, status === 'passed' ? 0 : 1, expect.anything()])
    expect(readFileSync(join(place.path, 'ran/journal.jsonl'), 'utf8').includes('"cutOff"')).toBe(reason !== 'stop')
  })

  test('is an error before the call where the connection cannot tell it', async () => {
    await using place = await openWorkplace()
    finish = 'going_away'
    suite(place, [{ cut_off: 'length' }], true)
    const refused = await place.run(['run', 'suite.yaml', '--out', 'ran'])
    expect([refused.exit, refused.stderr]).toEqual([
      2,
      expect.stringContaining('error CHANNEL_CANNOT_TELL: "tells" checks cut_off: length'),
    ])
  })

  test('decides as its suite says now when it is rescored', async () => {
    await using place = await openWorkplace()
    finish = 'length'
    suite(place, [{ cut_off: 'length' }, says], false)
    await place.run(['run', 'suite.yaml', '--out', 'ran'])
    suite(place, [says], false)
    const unexpected = await place.run(['rescore', 'ran', '--out', 'again'])
    expect([statusIn(place, 'again'), unexpected.exit]).toEqual(['failed', 1])
    await place.run(['run', 'suite.yaml', '--out', 'broke'])
    expect(statusIn(place, 'broke')).toBe('agent_error')
    suite(place, [{ cut_off: 'length' }, says], false)
    const expected = await place.run(['rescore', 'broke', '--out', 'expected'])
    expect([statusIn(place, 'expected'), expected.exit]).toEqual(['passed', 0])
  })
})

/** Scenarios whose agent sends other metadata in each. */
function writeSending(place: Workplace, asked: readonly object[], metadata: readonly string[]): void {
  const sent = `[${metadata.join(', ')}]`
  place.write('agent.mjs', `export default said => ({ content: 'Hi.', metadata: ${sent}[Number(said)] })`)
  const scenarios = metadata.map((_, i) => [`s${i}`, { script: { first_message: `${i} <endcall/>` }, expect: asked }])
  place.write(
    'suite.yaml',
    JSON.stringify({
      version: 1,
      suite: { name: 'Metadata' },
      agents: { shop: { connection: { type: 'module', path: 'agent.mjs' } } },
      scenarios: Object.fromEntries(scenarios) as object,
    }),
  )
}

describe('a not over a key of the metadata', () => {
  const denies = { not: { metadata: { pointer: '/order/paid', equals: true } } }
  const says = { agent_says: { contains: 'Hi' } }

  test.each<[readonly object[], readonly string[], number]>([
    [[denies], ['{ order: { payed: true } }'], 3],
    [[denies], ['{ order: { payed: true } }', '{}'], 3],
    [[{ not: { metadata: { pointer: '/order/paid', contains: 'y' } } }], ['{ order: 1 }'], 3],
    [[{ all: [says, denies] }], ['{}'], 3],
    [[{ not: { all: [says, denies.not] } }], ['{}'], 3],
    // Elsewhere it was there, so it is not mistyped.
    [[denies], ['{}', '{ order: { paid: false } }'], 0],
    [[denies], ['{}', '{ order: { paid: null } }'], 0],
    [[denies], ['{}', '{ order: { paid: true } }'], 1],
    // Another check decides.
    [[{ any: [says, denies] }], ['{}'], 0],
    [[{ any: [{ metadata: { pointer: '/order/paid', exists: false } }, denies] }], ['{}'], 0],
    [[denies, { agent_says: { contains: 'Bye' } }], ['{}'], 1],
    // Whoever asks only whether it is there, means just that.
    [[{ metadata: { pointer: '/order/paid', exists: false } }], ['{}'], 0],
    [[{ not: { metadata: { pointer: '/order/paid', exists: true } } }], ['{}'], 0],
    [[{ metadata: { pointer: '/order/paid', equals: true } }], ['{}'], 1],
  ])('%j, of an agent that sends %j, gives %i', async (asked, metadata, exit) => {
    await using place = await openWorkplace()
    writeSending(place, asked, metadata)
    const ran = await place.run(['run', 'suite.yaml', '--out', 'ran'])
    expect({ exit: ran.exit, stdout: ran.stdout, stderr: ran.stderr }).toMatchObject({ exit })
    const reason = `expect.metadata: /order/paid was found in none of ${metadata.length} conversation`
    expect(ran.stdout.replaceAll(/\s+/g, ' ').includes(reason)).toBe(exit === 3)
    const again = await place.run(['report', 'ran'])
    expect(again.stdout).toBe(ran.stdout)
  })
})

test.each([
  [{ not: { agent_says: { contains: 'refund' } } }, 0],
  [{ agent_says: { contains: 'refund' } }, 1],
  [{ agent_says: { equals: 'It is done.' } }, 0],
])('what a module agent thinks in <think> is not what it says: %j', async (asked, exit) => {
  await using place = await openWorkplace()
  write(place, { agent: `return '<think>No refund.</think>\\n\\nIt is done.'`, expect: [asked] })
  const ran = await place.run(['run', 'suite.yaml', '--out', 'ran'])
  expect({ exit: ran.exit, stdout: ran.stdout }).toMatchObject({ exit })
  expect(readFileSync(join(place.path, 'ran/journal.jsonl'), 'utf8')).toContain('"type":"thought","by":"agent","turn":1')
})

test('a tool that must not be called, and was called by a similar name, is warned of', async () => {
  await using place = await openWorkplace()
  write(place, {
    agent: `return { content: 'Hi.', tool_calls: [{ name: 'cancel_order', arguments: { orderId: 7 } }] }`,
    expect: [
      { not: { tool_called: { name: 'CancelOrder' } } },
      { tool_called: { name: 'cancel_order', arguments: { order_id: 7 }, times: 0 } },
    ],
  })
  const ran = await place.run(['run', 'suite.yaml', '--out', 'ran'])
  const said = ran.stdout.replaceAll(/\s+/g, ' ')
  expect([ran.exit, said, said]).toEqual([
    0,
    expect.stringContaining('Warning: Agent shop never called CancelOrder, which must not be called, but cancel_order.'),
    expect.stringContaining('Warning: Agent shop never called cancel_order with order_id, which must not be, but with orderId.'),
  ])
  const report = JSON.parse(readFileSync(join(place.path, 'ran/report.json'), 'utf8')) as { warnings: string[] }
  expect(report.warnings).toHaveLength(2)
})
