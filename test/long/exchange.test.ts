import { readFileSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { callsheet, root, temporaryFolder } from '../suites/callsheet.js'

const folder = temporaryFolder()
afterAll(() => folder[Symbol.dispose]())
const write = (name: string, text: string): void => writeFileSync(join(folder.path, name), text)
const read = (name: string): string => readFileSync(join(folder.path, name), 'utf8')
const run = (...args: string[]) => callsheet(args, folder.path)

const document = {
  version: '1',
  suite: { name: 'Checkout' },
  scenarios: [
    { name: 'Refund', instructions: 'You want a refund.', expected_outcome: 'It is confirmed.', tags: ['ci'], frequency: 2 },
    {
      key: 'asks',
      name: 'Asks',
      type: 'conditional_actions',
      language: 'en',
      expected_outcome: 'It says when.',
      conditional_actions: {
        role: 'You ask.',
        conditions: [
          { id: 0, condition: 'FIRST_MESSAGE', action: 'When do you open?', type: 'standard', fixed_message: true },
          { id: 3, condition: 'contains "anything else"', action: 'No. <endcall/>', type: 'standard', fixed_message: true },
        ],
      },
    },
  ],
}

describe('callsheet import', () => {
  test('writes a suite that validates and plans as it is, and goes back to what it was', async () => {
    write('tests.json', JSON.stringify(document))
    const imported = await run('import', 'tests.json', '--out', 'imported/suite.yaml')
    expect(imported).toEqual({
      exit: 0,
      stdout: 'wrote imported/suite.yaml: 2 scenarios; nothing was lost.\n\nNext: callsheet validate imported/suite.yaml\n',
      stderr: '',
    })
    expect(read('imported/suite.yaml')).toMatch(
      /^# yaml-language-server: \$schema=\.\.\/node_modules\/callsheet\/schemas\/suite\.schema\.json\n/,
    )
    const validated = await run('validate', 'imported/suite.yaml')
    expect([validated.exit, validated.stdout]).toEqual([0, 'imported/suite.yaml: valid. "Checkout": 1 agent, 2 scenarios, 3 runs.\n'])
    const planned = await run('plan', 'imported/suite.yaml', '--tag', 'ci')
    expect([planned.exit, planned.stdout]).toEqual([0, expect.stringContaining('2 x checkout/refund')])

    const exported = await run('export', 'imported/suite.yaml', '--out', 'exported.json')
    expect([exported.exit, exported.stdout]).toEqual([0, 'wrote exported.json: 2 scenarios; 1 thing was lost, as listed above.\n'])
    expect(exported.stderr).toMatch(/^lost: imported\/suite\.yaml:\d+:3: agents\.agent: /)
    const [refund, asks] = document.scenarios
    expect(JSON.parse(read('exported.json'))).toEqual({
      $schema: 'https://docs.cekura.ai/schemas/test-suite/v1.json',
      ...document,
      scenarios: [{ ...refund, key: 'refund' }, asks],
    })
  })

  test('prints the suite alone on standard output, and what was lost on standard error', async () => {
    write('lossy.json', JSON.stringify({ version: '1', scenarios: [{ ...document.scenarios[0], tools: ['send_sms'] }] }))
    const { exit, stdout, stderr } = await run('import', 'lossy.json')
    expect(exit).toBe(0)
    expect(stdout).toMatch(/^# yaml-language-server: \$schema=node_modules\/callsheet\//)
    expect(stderr).toBe(
      'lost: lossy.json:1:157: scenarios[0].tools[0]: Left out: callers do not support send_sms. They can speak, press keys, wait and hang up.\n',
    )
  })

  test('exits with 1 under --strict where anything was lost, on either way', async () => {
    expect((await run('import', 'lossy.json', '--strict', '--out', 'strict.yaml')).exit).toBe(1)
    expect(read('strict.yaml')).toContain('You want a refund.')
    expect((await run('import', 'tests.json', '--strict')).exit).toBe(0)
    expect((await run('export', 'imported/suite.yaml', '--strict')).exit).toBe(1)
  })

  test('replaces no file unasked', async () => {
    write('mine.yaml', 'mine')
    for (const args of [
      ['import', 'tests.json'],
      ['export', 'imported/suite.yaml'],
    ]) {
      const refused = await run(...args, '--out', 'mine.yaml')
      expect(refused).toEqual({
        exit: 2,
        stdout: '',
        stderr: 'error: mine.yaml already exists, so nothing was written. Name another file, or overwrite it with --force.\n',
      })
      expect(read('mine.yaml')).toBe('mine')
    }
    expect((await run('import', 'tests.json', '--out', 'mine.yaml', '--force')).exit).toBe(0)
    expect(read('mine.yaml')).toContain('Checkout')
  })

  test('makes one suite of several sources, whatever each of them is', async () => {
    write('more.csv', 'name,instructions,expected_outcome\nRefund,Insist.,It is refused.\n')
    write('call.txt', 'User: Hello?\nAgent: Bye.\n')
    const { exit, stderr } = await run('import', 'tests.json', 'more.csv', 'call.txt', '--out', 'several.yaml')
    expect([exit, stderr]).toEqual([0, 'warning: call.txt: A real conversation may contain personal data. Read it before you commit it.\n'])
    const validated = await run('validate', 'several.yaml')
    expect(validated.stdout).toBe('several.yaml: valid. "Checkout": 1 agent, 4 scenarios, 5 runs.\n')
    expect(read('several.yaml')).toMatch(/^ {2}refund_2:$/m)
  })

  test.concurrent.each([
    [['import', 'nowhere.json'], 'error FILE_MISSING: There is no file nowhere.json.'],
    [['import', '.'], 'error FILE_IS_FOLDER: . is a folder, not a file.'],
    [['import', 'tests.json', '--as', 'transcript'], 'error IMPORT_TRANSCRIPT: conversation: It has no conversation'],
    [['import', 'tests.json', '--agent-url', 'localhost'], "error: option '--agent-url <url>' argument 'localhost' is invalid."],
    [['import', 'nowhere', '--run', 'a/b#1'], 'error: There is no result "nowhere"'],
    [['import', 'a', 'b', '--run', 'a/b#1'], 'error: Name exactly one result with --run: a folder, an id or latest.'],
    [['export', 'tests.json', '--as', 'transcript'], "error: option '--as <kind>' argument 'transcript' is invalid."],
    [['export', 'imported/suite.yaml', '--agent', 'clinic'], 'error EXPORT_AGENT_UNKNOWN: No run entry uses an agent "clinic"'],
  ])('%j is refused, and says why', async (args, message) => {
    const { exit, stdout, stderr } = await run(...args)
    expect([exit, stdout]).toEqual([2, ''])
    expect(stderr).toContain(message)
    expect(stderr).not.toContain('    at ')
  })
})

/** Greets, calls a tool when asked to cancel unless it forgets to, and says goodbye. */
async function openAgent({ forgets = false } = {}): Promise<Disposable & { readonly url: string }> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  server.on('connection', socket => {
    const send = (frame: object): void => socket.send(JSON.stringify(frame))
    send({ content: 'Hello, clinic.' })
    socket.on('message', (data: Buffer) => {
      const { content } = JSON.parse(data.toString()) as { content: string }
      if (!content.includes('cancel')) return send({ content: 'Goodbye.', type: 'end_call' })
      if (!forgets) send({ role: 'Function Call', data: { id: '1', name: 'cancel_appointment', arguments: '{"day":"Tuesday"}' } })
      send({ content: 'It is cancelled. Anything else?' })
    })
  })
  await new Promise(resolve => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `ws://127.0.0.1:${port}`, [Symbol.dispose]: () => server.close() }
}

describe('a conversation of a result, imported', () => {
  test('passes against the agent of that conversation, and fails against one that forgets what it did', async () => {
    using agent = await openAgent()
    using worse = await openAgent({ forgets: true })
    write(
      'live.yaml',
      `version: 1
suite: { name: Live }
agents: { clinic: { connection: { type: websocket, url: "${agent.url}" } } }
scenarios:
  cancels:
    script: { steps: [{ when: { contains: hello }, say: Please cancel. }, { when: { contains: anything }, say: No. }] }
    expect: [{ agent_says: { contains: cancelled } }]
`,
    )
    expect((await run('run', 'live.yaml', '--out', 'live', '--reporter', 'none')).exit).toBe(0)
    const imported = await run('import', 'live', '--run', 'live/cancels#1', '--agent-url', agent.url, '--out', 'regressions.yaml')
    expect([imported.exit, imported.stderr]).toEqual([
      0,
      expect.stringMatching(/^warning: run live\/cancels#1 of live: A real conversation may contain personal data/),
    ])
    expect(read('regressions.yaml')).toContain(`
  cancels_again:
    description: "Replays a conversation: run live/cancels#1 of live"
    tags: [ regression ]
    script:
      first_message: ""
      steps:
        - when: any
          say: Please cancel.
        - when: any
          say: No.
    expect:
      - tool_called: { name: cancel_appointment }
      - turns: { min: 2 }
      - ended_by: agent
      # This was true as well. Copy what must always be true:
      # - { tool_called: { name: cancel_appointment, arguments: { day: Tuesday } } }
`)
    expect((await run('run', 'regressions.yaml', '--reporter', 'none')).exit).toBe(0)
    const failed = await run('run', 'regressions.yaml', '--agent', `agent=${worse.url}`)
    expect([failed.exit, failed.stdout]).toEqual([1, expect.stringContaining('tool_called cancel_appointment')])
  })

  test('that is not there is told so, with those that are', async () => {
    const { exit, stderr } = await run('import', 'live', '--run', 'live/cancel#1')
    expect([exit, stderr]).toEqual([
      2,
      'error IMPORT_RUN_UNKNOWN: The result has no run "live/cancel#1".\n  Known runs: live/cancels#1.\n\n1 error\n',
    ])
  })
})

test('the demo goes out as a test suite and as a table, and comes in again as a suite that may be run', async () => {
  const clinic = join(root, 'suites/clinic/suite.yaml')
  for (const file of ['clinic.json', 'clinic.csv']) {
    expect((await run('export', clinic, '--out', file)).exit).toBe(0)
    expect((await run('import', file, '--out', `${file}.yaml`)).exit).toBe(0)
    expect((await run('validate', `${file}.yaml`)).stdout).toMatch(/: valid\. .*: 1 agent, 26 scenarios/)
  }
})
