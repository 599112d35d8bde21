import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { moduleChannel } from '../../../src/adapters/channels/module.js'
import { readMessage } from '../../../src/adapters/channels/module/messages.js'
import { systemClock } from '../../../src/adapters/clocks/system.js'
import type { ModuleConnection } from '../../../src/domain/connection.js'
import type { Channel } from '../../../src/ports/channel.js'
import { agent } from '../../support/build.js'
import { answeringTraits, describeChannel } from './describe-channel.js'
import { callWith, eventually, faultOf, openCall, wordsIn } from './conduct-call.js'

const agents = fileURLToPath(new URL('../../agents', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'callsheet-module-'))
const marks = mkdtempSync(join(folder, 'marks-'))
// A process takes the environment that it finds when it starts.
process.env['MARKS'] = marks
afterAll(() => rmSync(folder, { recursive: true }))

async function channelTo(path: string, more: Partial<ModuleConnection> = {}, clock = systemClock): Promise<Channel> {
  const connection = { type: 'module', path, ...more } as const
  return moduleChannel(agent({ connection, folder: agents }), { clock, concurrency: 4 })
}

function msOf(work: () => unknown): number {
  const startedAt = performance.now()
  work()
  return performance.now() - startedAt
}

/** Writes a module of its own for a test. */
function moduleOf(name: string, code: string): string {
  const path = join(folder, name)
  writeFileSync(path, code)
  return path
}

describeChannel(
  'module',
  async () => ({
    channel: await channelTo('./module-agent.js'),
    underWay: () => readdirSync(marks).length,
    stop: async () => {},
  }),
  {
    ...answeringTraits,
    faults: [
      ['/empty', 'empty_reply'],
      ['/too-large', 'too_large'],
      ['/throw', 'crashed'],
      ['/throw-text', 'crashed'],
      ['/exit', 'crashed'],
      ['/uncaught', 'crashed'],
      ['/number', 'bad_frame'],
      ['/nothing', 'bad_frame'],
      ['/list', 'bad_frame'],
      ['/function', 'bad_frame'],
      ['/odd-content', 'bad_frame'],
    ],
  },
)

const withTool = `[{ type: 'text', text: 'Done.' }, { type: 'tool_use', id: 'x', name: 'cancel_order', input: { id: 1 } }]`

test.each([withTool, `[{ text: 'Done.', function_call: { name: 'cancel_order', arguments: '{}' } }]`])(
  'a tool call among content is not lost: %s',
  async content => {
    await using channel = await channelTo(moduleOf(`blocks-${content.length}.mjs`, `export default () => ({ content: ${content} })`))
    expect(await faultOf(channel)).toMatchObject({ code: 'bad_frame', message: expect.stringContaining('a tool call in content') })
  },
)

test('but with tool_calls, content may repeat them', async () => {
  const reply = `{ content: ${withTool}, tool_calls: [{ id: 'x', name: 'cancel_order', arguments: { id: 1 } }] }`
  await using channel = await channelTo(moduleOf('both.mjs', `export default () => (${reply})`))
  await using call = await openCall(channel)
  expect(await call.ask('Hi')).toMatchObject([
    { type: 'tool_called', name: 'cancel_order' },
    { type: 'said', text: 'Done.' },
    { type: 'yielded' },
  ])
})

describe('an agent that is a function', () => {
  let channel: Channel
  beforeAll(async () => {
    channel = await channelTo('module-agent.js')
  })
  afterAll(() => channel[Symbol.asyncDispose]())

  test('may return plain text, and print without harm', async () => {
    await using call = await openCall(channel)
    expect(wordsIn(await call.ask('/text'))).toEqual(['Plain text.'])
    expect(wordsIn(await call.ask('/print'))).toEqual(['Printed.'])
  })

  test('gets the history so far, and of its call', async () => {
    await using call = await openCall(channel, callWith({ runId: 'r-9', agentVariables: { tier: 'gold' } }))
    await call.ask('Hi')
    expect(JSON.parse(wordsIn(await call.ask('/history')).join(''))).toEqual([
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: 'You said: Hi' },
    ])
    expect(JSON.parse(wordsIn(await call.ask('/context')).join(''))).toEqual({
      runId: 'r-9',
      variables: { tier: 'gold' },
    })
  })

  test('hears separators of lines, which some readers of lines split at', async () => {
    await using call = await openCall(channel)
    expect(wordsIn(await call.ask('One\u2028two\u2029three\r\nfour'))).toEqual(['You said: One\u2028two\u2029three\r\nfour'])
  })

  test('may be exported by name', async () => {
    await using named = await channelTo('module-agent.js', { export: 'named' })
    await using call = await openCall(named)
    expect(wordsIn(await call.ask('Hi'))).toEqual(['By name.'])
  })

  test('that throws shows the message and where', async () => {
    const { message } = await faultOf(channel, '/throw')
    expect(message).toMatch(/^Module module-agent\.js threw an error \(RangeError: I am lost \(at .*module-agent\.js:\d+:\d+\)?/)
  })

  test('that dies takes the conversations in progress with it, and the next starts afresh', async () => {
    await using waiting = await openCall(channel)
    const broke = waiting.next('broke')
    waiting.conversation.say({ type: 'text', text: '/silent' })
    expect(await faultOf(channel, '/exit')).toMatchObject({
      code: 'crashed',
      message: expect.stringContaining('exit code 3'),
    })
    expect(await broke).toMatchObject({ fault: { by: 'agent', code: 'crashed' } })
    await using call = await openCall(channel)
    expect(wordsIn(await call.ask('Hi'))).toEqual(['You said: Hi'])
  })

  test.runIf(process.platform === 'linux')('that kills its process takes only its own conversations with it', async () => {
    const code = `export default () => (process.kill(process.pid, 'SIGSEGV'), new Promise(() => {}))`
    await using killing = await channelTo(moduleOf('kills.mjs', code))
    expect(await faultOf(killing)).toMatchObject({ by: 'agent', code: 'crashed', message: expect.stringContaining('was ended by SIGSEGV') })
    await using call = await openCall(channel)
    expect(wordsIn(await call.ask('Hi'))).toEqual(['You said: Hi'])
  })

  test('that keeps more than it may is ended, and shows why', async () => {
    const code = `const kept = []\nexport default () => { for (;;) kept.push(new Array(1e7).fill(0)) }`
    await using greedy = await channelTo(moduleOf('greedy.mjs', code))
    expect(await faultOf(greedy)).toMatchObject({ by: 'agent', code: 'crashed', message: expect.stringContaining('heap out of memory') })
  }, 60_000)

  test.each([
    ['a list of millions', 'list.mjs', `({ content: 'Hi', metadata: { a: new Array(5e6).fill(1) } })`, 'too_large', 'more than 1 MiB'],
    [
      'numbers of many digits',
      'digits.mjs',
      `({ content: 'Hi', metadata: { a: new Array(3e5).fill(1 / 3) } })`,
      'too_large',
      'more than 1 MiB',
    ],
    ['a long key', 'key.mjs', `({ content: 'Hi', ['x'.repeat(1e7) + '_tool']: { a: 1 } })`, 'bad_frame', 'tool calls under the key xxx'],
    ['a long error', 'error.mjs', `{ throw new Error('z'.repeat(1e7)) }`, 'crashed', 'threw an error (Error: zzz'],
  ])('that answers %s is told so', async (_title, name, body, code, why) => {
    await using much = await channelTo(moduleOf(name, `export default () => ${body}`))
    expect(await faultOf(much)).toMatchObject({ by: 'agent', code, message: expect.stringContaining(why) })
  })

  test('and writes to us what nests deep does not keep us for as long as parsing it would', () => {
    const deep = '['.repeat(1e6) + ']'.repeat(1e6)
    const parsedMs = msOf(() => JSON.parse(deep))
    expect(msOf(() => readMessage(deep))).toBeLessThan(parsedMs / 5)
    expect(readMessage(deep)).toBeUndefined()
  })

  test.runIf(process.platform === 'linux')('takes what it started with it', async () => {
    const code = `import { spawn } from 'node:child_process'\nexport default () => String(spawn('sleep', ['600']).pid)`
    let pid = 0
    {
      await using starts = await channelTo(moduleOf('starts.mjs', code))
      await using call = await openCall(starts)
      pid = Number(wordsIn(await call.ask('Hi'))[0])
      expect(existsSync(`/proc/${pid}`)).toBe(true)
    }
    expect(await eventually(async () => !existsSync(`/proc/${pid}`))).toBe(true)
  })

  test('that loops for ever stops neither us nor the next conversation', async () => {
    const looping = await openCall(channel)
    looping.conversation.say({ type: 'text', text: '/loop' })
    await new Promise(resolve => setTimeout(resolve, 50))
    looping.abort()
    expect(
      await eventually(async () => {
        await using call = await openCall(channel)
        return wordsIn(await call.ask('Hi')).length === 1
      }),
    ).toBe(true)
  })

  test('that loops for ever breaks the other conversations too, once it is found out', async () => {
    await using blocked = await channelTo('module-agent.js', {}, { ...systemClock, after: (ms, then) => systemClock.after(ms / 100, then) })
    const looping = await openCall(blocked)
    await using other = await openCall(blocked)
    const broke = other.next('broke')
    looping.conversation.say({ type: 'text', text: '/loop' })
    other.conversation.say({ type: 'text', text: 'Hi' })
    looping.abort()
    expect(await broke).toMatchObject({
      fault: { by: 'agent', code: 'crashed', message: expect.stringContaining('blocks its process') },
    })
    await using call = await openCall(blocked)
    expect(wordsIn(await call.ask('Hi'))).toEqual(['You said: Hi'])
  })

  test.each([
    ['in TypeScript', 'agent.ts', 'export default (message: string): string => `Typed: ${message satisfies string}`'],
    [
      'in TypeScript that Node cannot strip',
      'enum.ts',
      'enum Tone { calm }\nexport default (message: string) => `Typed: ${Tone[0] && message}`',
    ],
    [
      'in CommonJS',
      'agent.cjs',
      'module.exports.default = message => `Typed: ${message}`; module.exports = { default: module.exports.default }',
    ],
  ])('may be written %s', async (_title, name, code) => {
    await using typed = await channelTo(moduleOf(name, code), name.endsWith('.cjs') ? { export: 'default' } : {})
    await using call = await openCall(typed)
    expect(wordsIn(await call.ask('Hi'))).toEqual(['Typed: Hi'])
  })

  test.each([
    ['is not there', 'nowhere.js', undefined, 'there is no such file'],
    ['has no such export', 'module-agent.js', 'nothing', 'exports no function "nothing", only: answer, default, named'],
    ['exports something else', 'module-agent.js', 'answer', 'exports no function "answer"'],
    ['does not parse', moduleOf('broken.js', 'export default ('), undefined, 'SyntaxError'],
    ['throws while it loads', moduleOf('throws.mjs', 'throw new Error("no key")'), undefined, 'Error: no key'],
    ['exits while it loads', moduleOf('exits.mjs', 'process.exit(4)'), undefined, 'exit code 4'],
  ])('that %s cannot be loaded, which is no fault of its own', async (_title, path, name, why) => {
    await using broken = await channelTo(path, name ? { export: name } : {})
    const fault = await faultOf(broken)
    expect(fault).toMatchObject({ by: 'infra', code: 'cannot_load' })
    expect(fault.message).toContain(why)
  })

  test('that never ends loading lets go of a conversation that is aborted', async () => {
    await using stuck = await channelTo(moduleOf('stuck.mjs', 'await new Promise(() => setInterval(() => {}, 1000))'))
    const control = new AbortController()
    const reason = new Error('Stopped')
    const opened = stuck.open(callWith(), () => {}, control.signal)
    control.abort(reason)
    await expect(opened).rejects.toBe(reason)
  })
})
