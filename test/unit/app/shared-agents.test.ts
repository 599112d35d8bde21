import { noMask } from '../../../src/domain/mask.js'
import { expect, test } from 'vitest'
import { createSharedAgents } from '../../../src/app/shared-agents.js'
import type { Adapters } from '../../../src/app/registry.js'
import { FaultError, type Fault } from '../../../src/domain/fault.js'
import { agent } from '../../support/build.js'
import { fakeChannel } from '../../support/fake-channel.js'

const started = agent({ start: { command: 'agent', timeoutMs: 1000, env: {}, cwd: '/' } })
const crash: Fault = { by: 'agent', code: 'crashed', message: 'It is gone.' }

test('an agent is started once for all who use it; those who waited are told that it is ready', async () => {
  const machine = machineOf()
  const agents = createSharedAgents(machine.use)
  const told: string[] = []
  const one = agents.use(started, noMask, () => told.push('one'))
  const two = agents.use(started, noMask, () => told.push('two'))
  await Promise.all([one.channel(started), two.channel(started)])
  const three = agents.use(started, noMask, () => told.push('three'))
  await three.channel(started)
  expect(machine.log).toEqual(['started'])
  expect(told).toEqual(['one', 'two'])
  expect(one.shared).toBe(three.shared)
  await agents[Symbol.asyncDispose]()
  expect(machine.log).toEqual(['started', 'stopped'])
})

test('one that nobody uses is let go after a while, and started again when it is asked for', async () => {
  const machine = machineOf()
  const agents = createSharedAgents(machine.use, 1000)
  const use = async (): Promise<void> => {
    using own = agents.use(started, noMask)
    await own.channel(started)
  }
  await use()
  machine.pass(900)
  await use()
  machine.pass(900)
  expect(machine.log).toEqual(['started'])
  machine.pass(200)
  await settle()
  expect(machine.log).toEqual(['started', 'stopped'])
  await use()
  expect(machine.log).toEqual(['started', 'stopped', 'started'])
})

test('one that was changed in its suite is another one', async () => {
  const machine = machineOf()
  const agents = createSharedAgents(machine.use)
  const old = agents.use(started, noMask)
  const changed = { ...started, silenceMs: 1 }
  await Promise.all([old.channel(started), agents.use(changed, noMask).channel(changed)])
  expect(machine.log).toEqual(['started', 'started'])
})

test('one whose process has ended is started anew for who comes next, and left to who uses it', async () => {
  const machine = machineOf()
  const agents = createSharedAgents(machine.use)
  const first = agents.use(started, noMask)
  await first.channel(started)
  machine.crashed = crash
  expect(first.crashed(started)).toBe(crash)
  const second = agents.use(started, noMask)
  machine.crashed = undefined
  await second.channel(started)
  expect(machine.log).toEqual(['started', 'started'])
  first[Symbol.dispose]()
  await settle()
  expect(machine.log).toEqual(['started', 'started', 'stopped'])
})

test('one that could not be started is not tried again at once', async () => {
  const machine = machineOf()
  machine.refuses = true
  const agents = createSharedAgents(machine.use, 1000)
  const attempt = async (): Promise<unknown> => {
    using own = agents.use(started, noMask)
    return Promise.resolve(own.channel(started)).then(
      () => 'there',
      () => 'not there',
    )
  }
  expect(await attempt()).toBe('not there')
  machine.refuses = false
  machine.pass(500)
  expect(await attempt()).toBe('not there')
  machine.pass(1100)
  expect(await attempt()).toBe('there')
})

test('which of its tools a request picks, and where it stands in its file, makes it no other agent', async () => {
  const machine = machineOf()
  const agents = createSharedAgents(machine.use)
  const file = { path: 'suite.yaml', text: 'one' }
  const tool = { name: 'look_up', cases: [], at: { file, start: 0, end: 1 } }
  const all = { ...started, mockTools: { tools: [tool] } }
  const moved = { ...tool, at: { file: { ...file, text: 'another' }, start: 5, end: 6 } }
  const some = { ...started, mockTools: { tools: [moved], picked: [] } }
  const renamed = { ...started, mockTools: { tools: [{ ...tool, name: 'find' }] } }
  expect(agents.use(all, noMask).shared).toBe(agents.use(some, noMask).shared)
  expect(agents.use(all, noMask).shared).not.toBe(agents.use(renamed, noMask).shared)
  await agents[Symbol.asyncDispose]()
})

test('one that was changed is started at the same address once the old one is out of use, and gone', async () => {
  const machine = machineOf()
  const agents = createSharedAgents(machine.use)
  const before = agent({ start: { command: 'agent', ready: 'tcp://127.0.0.1:1', timeoutMs: 1000, env: {}, cwd: '/' } })
  const after = { ...before, silenceMs: 1 }
  const old = agents.use(before, noMask)
  await old.channel(before)
  const changed = agents.use(after, noMask)
  const there = changed.channel(after)
  await settle()
  expect(machine.log).toEqual(['started'])
  old[Symbol.dispose]()
  await there
  expect(machine.log).toEqual(['started', 'stopped', 'started'])
  changed[Symbol.dispose]()
  // Nor is one in the way that is only kept in case that somebody comes.
  using again = agents.use(before, noMask)
  await again.channel(before)
  expect(machine.log).toEqual(['started', 'stopped', 'started', 'stopped', 'started'])
})

/** A machine on which starting an agent is only written down, and time passes when it is told to. */
function machineOf() {
  const timers = new Set<{ readonly dueMs: number; readonly call: () => void }>()
  let nowMs = 0
  const machine = {
    log: [] as string[],
    crashed: undefined as Fault | undefined,
    refuses: false,
    pass(ms: number) {
      nowMs += ms
      for (const timer of timers) if (timer.dueMs <= nowMs && timers.delete(timer)) timer.call()
    },
    use: undefined as unknown as Adapters,
  }
  const clock: Adapters['clock'] = {
    now: () => nowMs,
    date: () => new Date(nowMs),
    after(ms, call) {
      const timer = { dueMs: nowMs + ms, call }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
  }
  const launch = async () => {
    if (machine.refuses) throw new FaultError({ by: 'infra', code: 'not_started', message: 'No.' })
    machine.log.push('started')
    return {
      tookMs: 5,
      get crashed() {
        return machine.crashed
      },
      [Symbol.asyncDispose]: async () => void machine.log.push('stopped'),
    }
  }
  const parts: Pick<Adapters, 'clock' | 'launcher' | 'channel'> = {
    clock,
    launcher: async () => ({ launch }),
    channel: async () => fakeChannel(clock, {}),
  }
  machine.use = parts as Adapters
  return machine
}

function settle(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, 5))
}
