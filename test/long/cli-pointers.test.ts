import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { serve } from '../cli/served-place.js'
import { openWorkplace, until, type Workplace } from '../cli/workplace.js'

/** Answers each message with what the message says, as JSON. */
let agent: Server
let url: string
/** Lets an answer go that says `hold`. */
let held: (() => void) | undefined
beforeAll(async () => {
  agent = createServer((request, response) => {
    let body = ''
    request.on('data', (part: Buffer) => (body += part.toString()))
    request.on('end', () => {
      const { message } = JSON.parse(body) as { message: string }
      const answer = (): void => void response.setHeader('content-type', 'application/json').end(message)
      if (message.includes('"hold"')) held = answer
      else answer()
    })
  })
  await new Promise<void>(resolve => agent.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(agent.address() as AddressInfo).port}/`
})
afterAll(() => void agent.close())

interface Asked {
  /** Settings of the connection. */
  readonly settings: object
  readonly expect?: readonly object[]
  readonly metrics?: readonly string[]
  /** What the agent answers to the two messages of each scenario. */
  readonly answers: readonly (readonly object[])[]
}

function suite({ settings, expect: asked = [], metrics, answers }: Asked): string {
  const scenarios = answers.map(([first, second], i) => [
    `s${i}`,
    {
      script: {
        first_message: JSON.stringify(first),
        steps: [{ when: 'any', say: `${JSON.stringify(second)} <endcall/>` }],
      },
      expect: asked,
      ...(metrics && { metrics }),
    },
  ])
  return JSON.stringify({
    version: 1,
    suite: { name: 'Pointers' },
    agents: { shop: { connection: { type: 'http', url, body: { message: '{{message}}' }, ...settings } } },
    metrics: {
      cancelled: { type: 'binary', tool_called: { name: 'cancel' } },
      when_cancelled: { type: 'binary', agent_says: { contains: 'sorry' }, trigger: { tool_called: { name: 'cancel' } } },
    },
    scenarios: Object.fromEntries(scenarios) as object,
    limits: { concurrency: 1 },
  })
}

async function run(place: Workplace, asked: Asked): Promise<{ exit: number; stdout: string; stderr: string }> {
  place.write('suite.yaml', suite(asked))
  return place.run(['run', 'suite.yaml', '--junit', 'junit.xml'])
}

function statusesIn(place: Workplace): string[] {
  const report = JSON.parse(readFileSync(join(place.path, 'ran/report.json'), 'utf8')) as { runs: { status: string }[] }
  return report.runs.map(({ status }) => status)
}

const calls = { tools: [{ name: 'cancel', arguments: { id: '1002' } }] }
const [hi, bye] = [{ reply: 'Hi.' }, { reply: 'Bye.' }]

describe('a pointer that finds nothing in the whole result', () => {
  test.each<[string, string, Asked]>([
    [
      'a tool that must not be called',
      'tool_calls: /tool_calls',
      {
        settings: { tool_calls: '/tool_calls' },
        expect: [{ not: { tool_called: { name: 'cancel' } } }],
        answers: [[{ ...hi, ...calls }, bye]],
      },
    ],
    [
      'a tool that must be called',
      'tool_calls: /tool_calls',
      { settings: { tool_calls: '/tool_calls' }, expect: [{ tool_called: { name: 'cancel' } }], answers: [[{ ...hi, ...calls }, bye]] },
    ],
    [
      'a tool that must be called no time',
      'tool_calls: /result/calls',
      { settings: { tool_calls: '/result/calls' }, expect: [{ tool_called: { name: 'cancel', times: 0 } }], answers: [[hi, bye]] },
    ],
    [
      'a list of nothing, of which every item lacks it',
      'tool_calls: /messages/*/calls',
      {
        settings: { tool_calls: '/messages/*/calls' },
        expect: [{ not: { tool_called: { name: 'cancel' } } }],
        answers: [[{ ...hi, messages: [{ tools: calls.tools }] }, bye]],
      },
    ],
    [
      'null',
      'tool_calls: /tools',
      {
        settings: { tool_calls: '/tools' },
        expect: [{ not: { tool_called: { name: 'cancel' } } }],
        answers: [[{ ...hi, tools: null }, bye]],
      },
    ],
    [
      'a metric about tools',
      'tool_calls: /tool_calls',
      {
        settings: { tool_calls: '/tool_calls' },
        metrics: ['cancelled'],
        expect: [{ metric: { name: 'cancelled', equals: false } }],
        answers: [[hi, bye]],
      },
    ],
    [
      'a metric that applies only when a tool was called',
      'tool_calls: /tool_calls',
      {
        settings: { tool_calls: '/tool_calls' },
        metrics: ['when_cancelled'],
        expect: [{ agent_says: { contains: 'Hi' } }],
        answers: [[hi, bye]],
      },
    ],
    [
      'metadata that must not exist',
      'metadata: /meta',
      {
        settings: { metadata: '/meta' },
        expect: [{ metadata: { pointer: '/refused', exists: false } }],
        answers: [[{ ...hi, metadata: { refused: true } }, bye]],
      },
    ],
    [
      'who must not have ended the call',
      'end: /done',
      { settings: { end: '/done' }, expect: [{ not: { ended_by: 'agent' } }], answers: [[hi, { ...bye, finished: true }]] },
    ],
    [
      'who must have ended the call',
      'end: /done',
      { settings: { end: '/done' }, expect: [{ ended_by: 'caller' }], answers: [[hi, { ...bye, finished: true }]] },
    ],
    [
      'words that must not be said, of an agent that calls a tool in every answer',
      'reply: /answer',
      {
        settings: { reply: '/answer', tool_calls: '/tools' },
        expect: [{ not: { agent_says: { contains: 'card number' } } }],
        answers: [
          [
            { reply: 'Your card number?', ...calls },
            { ...bye, ...calls },
          ],
        ],
      },
    ],
    [
      'a value to capture',
      'capture.thread: /thread',
      {
        settings: { capture: { thread: '/thread' }, body: { message: '{{message}}', thread: '{{captured.thread}}' } },
        expect: [{ not: { agent_says: { contains: 'card number' } } }],
        answers: [[{ ...hi, thread_id: 7 }, bye]],
      },
    ],
  ])('decides nothing: %s', async (_what, pointer, asked) => {
    await using place = await openWorkplace()
    const { exit, stdout } = await run(place, asked)
    const reason = `${pointer} was found in none of 2 answers of agent shop`
    expect([exit, stdout.replaceAll(/\s+/g, ' ')]).toEqual([3, expect.stringContaining(reason)])
    expect(readFileSync(join(place.path, 'junit.xml'), 'utf8').replaceAll(/\s+/g, ' ')).toContain(reason)
    const [result = ''] = place.results()
    const report = JSON.parse(readFileSync(join(place.path, result, 'report.json'), 'utf8')) as { unresolved: unknown; totals: unknown }
    const [setting, at] = pointer.split(': ')
    expect(report.unresolved).toEqual([{ agent: 'shop', setting, pointer: at, answers: 2, runs: 1 }])
    expect(report.totals).toMatchObject({ runs: 1, unscored: 1, passed: 0, failed: 0 })
    const again = await place.run(['report', result])
    expect([again.exit, again.stdout]).toEqual([0, stdout])
  })

  test('is one that finds something once, in whatever conversation, or an empty list', async () => {
    await using place = await openWorkplace()
    const expect_ = [{ not: { tool_called: { name: 'cancel' } } }]
    const settings = { tool_calls: '/tools' }
    const elsewhere = await run(place, {
      settings,
      expect: expect_,
      answers: [
        [hi, bye],
        [hi, { ...bye, tools: [{ name: 'look' }] }],
      ],
    })
    expect(elsewhere.exit).toBe(0)
    const empty = await run(place, { settings, expect: expect_, answers: [[hi, { ...bye, tools: [] }]] })
    expect(empty.exit).toBe(0)
    const unasked = await run(place, { settings, expect: [{ agent_says: { contains: 'Hi' } }], answers: [[hi, bye]] })
    expect(unasked.exit).toBe(0)
  })

  test('leaves a failure that does not rest on it', async () => {
    await using place = await openWorkplace()
    const both = [{ not: { tool_called: { name: 'cancel' } } }, { agent_says: { contains: 'Booked' } }]
    const { exit } = await run(place, { settings: { tool_calls: '/tools' }, expect: both, answers: [[hi, bye]] })
    expect(exit).toBe(1)
  })

  test('decides nothing in a rescored result either, with whatever pointer the suite has now', async () => {
    await using place = await openWorkplace()
    const asked = { expect: [{ not: { tool_called: { name: 'cancel' } } }], answers: [[{ ...hi, ...calls }, bye]] }
    await run(place, { settings: { tool_calls: '/tool_calls' }, ...asked })
    const [ran = ''] = place.results()
    place.write('suite.yaml', suite({ settings: { tool_calls: '/tools' }, ...asked }))
    const rescored = await place.run(['rescore', ran, '--out', 'rescored'])
    expect([rescored.exit, rescored.stdout.replaceAll(/\s+/g, ' ')]).toEqual([
      3,
      expect.stringContaining('tool_calls: /tool_calls was found in none of 2 answers'),
    ])
    const again = await place.run(['report', 'rescored'])
    expect([again.exit, again.stdout]).toEqual([0, rescored.stdout])
  })

  test('may find something once the result is resumed: then verdicts are as they were', async () => {
    await using place = await openWorkplace()
    const look = { ...hi, tools: [{ name: 'look' }] }
    const settings = { tool_calls: '/tools' }
    place.write(
      'suite.yaml',
      suite({
        settings,
        expect: [{ not: { tool_called: { name: 'cancel' } } }],
        answers: [
          [hi, bye],
          [{ ...hi, hold: true }, bye],
          [look, bye],
        ],
      }),
    )
    const running = place.start(['run', 'suite.yaml', '--out', 'ran'])
    await until('the second conversation began', () => held !== undefined)
    running.signal('SIGINT')
    await until('it stops', () => running.stderr().includes('Stopping'))
    held?.()
    const stopped = await running.ended
    expect(statusesIn(place)).toEqual(['unscored', 'unscored', 'not_run'])
    expect(stopped.exit).not.toBe(0)
    const resumed = await place.run(['run', '--resume', 'ran'])
    expect([resumed.exit, statusesIn(place)]).toEqual([0, ['passed', 'passed', 'passed']])
    const again = await place.run(['report', 'ran'])
    expect(again.stdout).toBe(resumed.stdout)
  })

  test('is no success over the API', async () => {
    await using place = await openWorkplace()
    const asked = { expect: [{ not: { tool_called: { name: 'cancel' } } }], answers: [[{ ...hi, ...calls }, bye]] }
    place.write('suite.yaml', suite({ settings: { tool_calls: '/tool_calls' }, ...asked }))
    const served = await serve(place)
    const id = await served.begin(3)
    // Asked meanwhile, so that an answer from before the end is remembered.
    await served.result(id)
    expect(await served.finished(id)).toMatchObject({ status: 'completed', success_runs_count: 0, failed_runs_count: 3, success_rate: 0 })
    const runs = (await (await fetch(`${served.url}/runs/?result_id=${id}`)).json()) as { results: { success: boolean }[] }
    expect(runs.results.map(({ success }) => success)).toEqual([false, false, false])
  })
})

test('whichever answers have a value, and wherever: the gate is green exactly if one has', async () => {
  await using place = await openWorkplace()
  const answer = fc.constantFrom(hi, { ...hi, tools: null }, { ...hi, tools: [] }, { ...hi, tools: [{ name: 'look' }] })
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(answer, answer), { minLength: 1, maxLength: 3 }), async answers => {
      const asked = { settings: { tool_calls: '/tools' }, expect: [{ not: { tool_called: { name: 'cancel' } } }], answers }
      const { exit } = await run(place, asked)
      const isFound = answers.flat().some(each => 'tools' in each && each.tools !== null)
      expect(exit).toBe(isFound ? 0 : 3)
    }),
    { numRuns: 10 },
  )
}, 60_000)
