import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { commandChannel } from '../../../src/adapters/channels/command.js'
import { systemClock } from '../../../src/adapters/clocks/system.js'
import type { CommandConnection } from '../../../src/domain/connection.js'
import type { Channel } from '../../../src/ports/channel.js'
import { agent } from '../../support/build.js'
import { countAlive } from '../pid-file.js'
import { describeChannel, framedTraits } from './describe-channel.js'
import { callWith, eventually, faultOf, openCall, wordsIn } from './conduct-call.js'

const agents = fileURLToPath(new URL('../../agents', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'callsheet-command-'))
const pids = join(folder, 'pids')
afterAll(() => rmSync(folder, { recursive: true }))

async function channelTo(command: CommandConnection['command'], more: Partial<CommandConnection> = {}): Promise<Channel> {
  const connection = { type: 'command', command, ...more, env: { PIDS: pids, ...more.env } } as const
  return commandChannel(agent({ connection, folder: agents }), { clock: systemClock, concurrency: 4 })
}

const program: CommandConnection['command'] = [process.execPath, 'command-agent.js']

const alive = (): number => countAlive(pids)

describeChannel('command', async () => ({ channel: await channelTo(program), underWay: alive, stop: async () => {} }), {
  ...framedTraits,
  faults: [
    ['/empty', 'empty_reply'],
    ['/not-json', 'not_json'],
    ['/invalid-utf8', 'invalid_utf8'],
    ['/too-large', 'too_large'],
    ['/bad-frame', 'bad_frame'],
    ['/exit 3', 'crashed'],
    ['/kill', 'crashed'],
  ],
})

describe('an agent that is a program', () => {
  let channel: Channel
  beforeAll(async () => {
    channel = await channelTo(program)
  })
  beforeEach(() => rmSync(pids, { force: true }))
  afterAll(() => channel[Symbol.asyncDispose]())

  test('may greet first, and may be a line for the shell', async () => {
    await using shell = await channelTo(`"${process.execPath}" command-agent.js`, { env: { GREET: '1' } })
    await using call = await openCall(shell)
    await eventually(() => call.events.length > 0)
    expect(wordsIn(call.events)).toEqual(['Hello, how can I help?'])
  })

  test('reads of its call in its environment', async () => {
    await using call = await openCall(
      channel,
      callWith({ runId: 'r-9', scenario: { key: 'cancel', id: 101 }, agentVariables: { tier: 'gold' } }),
    )
    const [words = ''] = wordsIn(await call.ask('/variables'))
    expect(JSON.parse(words)).toEqual({
      CALLSHEET_RESULT_ID: 'result-1',
      CALLSHEET_RUN_ID: 'r-9',
      CALLSHEET_SCENARIO_ID: '101',
      CALLSHEET_AGENT_VARIABLES: '{"tier":"gold"}',
    })
  })

  test('may write a line in pieces, with a carriage return, and blank lines', async () => {
    await using call = await openCall(channel)
    expect(wordsIn(await call.ask('/half-line'))).toEqual(['Half and half.'])
    expect(wordsIn(await call.ask('Hi'))).toEqual(['You said: Hi'])
  })

  test('hangs up by ending with exit code 0, after what it printed last', async () => {
    await using brief = await channelTo(['sh', '-c', `read line; printf '{"content":"Bye."}'`])
    await using call = await openCall(brief)
    await call.ask('Hi', 'ended')
    expect(wordsIn(call.events)).toEqual(['Bye.'])
    expect(call.events.at(-1)).toMatchObject({ type: 'ended', afterWords: false })
  })

  test('that crashes shows its exit code and the end of its standard error, on one line', async () => {
    const { message } = await faultOf(channel, '/exit 3')
    expect(message).toContain('command-agent.js` ended with exit code 3. It printed: Something is very wrong.')
  })

  test('that crashes once the caller has hung up is no fault', async () => {
    await using call = await openCall(channel)
    await call.conversation.end('/exit 3')
    expect(call.events).toEqual([])
  })

  test('that prints its last line without an end once the caller has hung up is heard', async () => {
    await using brief = await channelTo(['sh', '-c', `read line; printf '{"content":"Bye."}'`])
    await using call = await openCall(brief)
    await call.conversation.end('')
    expect(wordsIn(call.events)).toEqual(['Bye.'])
  })

  test('that is killed shows by what', async () => {
    expect((await faultOf(channel, '/kill')).message).toContain('was ended by SIGKILL')
  })

  test.each([
    [['no-such-program-anywhere'], /ENOENT/],
    ['no-such-program-anywhere --now', /exit code 127/],
    [['./replies.js'], /EACCES/],
  ] as const)('%j cannot be started, which is no fault of the agent', async (command, why) => {
    await using missing = await channelTo(typeof command === 'string' ? command : ([...command] as [string]))
    const fault = await faultOf(missing)
    expect(fault).toMatchObject({ by: 'infra', code: 'cannot_load' })
    expect(fault.message).toMatch(why)
  })

  test('in a folder that is not there cannot be started', async () => {
    await using missing = await channelTo(program, { cwd: 'nowhere' })
    const fault = await faultOf(missing)
    expect(fault).toMatchObject({ by: 'infra', code: 'cannot_load' })
    expect(fault.message).toMatch(/the folder .*nowhere does not exist/)
  })

  test('that reads no more, and yet does not end, is found out at the next word', async () => {
    await using call = await openCall(channel)
    await call.ask('/deaf')
    const broke = call.next('broke')
    await call.conversation.say({ type: 'text', text: 'Hello?' }).done
    expect(await broke).toMatchObject({
      fault: { by: 'agent', code: 'closed', message: expect.stringContaining('closed its standard input') },
    })
  })

  test('takes what it started with it, whoever ends', async () => {
    await using call = await openCall(channel)
    await call.conversation.say({ type: 'text', text: '/child' }).done
    expect(await eventually(() => alive() === 2)).toBe(true)
    await call.conversation.end('Bye.')
    expect(await eventually(() => alive() === 0)).toBe(true)
  })

  test('that heeds neither the end of its input nor SIGTERM is killed', async () => {
    await using stubborn = await channelTo(program, { env: { STUBBORN: '1' } })
    const dropped = await openCall(stubborn)
    const left = await openCall(stubborn)
    await Promise.all([dropped.ask('Hi'), left.ask('Hi')])
    expect(alive()).toBe(2)
    const abortedAt = performance.now()
    dropped.abort()
    expect(await eventually(() => alive() === 1)).toBe(true)
    expect(performance.now() - abortedAt).toBeLessThan(500)
    await left.conversation[Symbol.asyncDispose]()
    expect(alive()).toBe(0)
  })

  test('is stopped when the channel is closed', async () => {
    const closing = await channelTo(program)
    const call = await openCall(closing)
    await call.ask('Hi')
    await closing[Symbol.asyncDispose]()
    expect(alive()).toBe(0)
  })
})
