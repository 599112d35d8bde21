import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Floor } from '../../../src/domain/connection.js'
import type { FaultCode } from '../../../src/domain/fault.js'
import type { AgentEvent, Channel } from '../../../src/ports/channel.js'
import { hostile } from '../../agents/replies.js'
import { callWith, eventually, faultOf, openCall, wordsIn, type OpenedCall } from './conduct-call.js'

/** A channel to a real agent that answers as test/agents/replies.js says. */
export interface ChannelUnderTest {
  readonly channel: Channel
  /** How many of the agent's conversations are in progress: sockets, processes or calls that are open. */
  underWay(): number
  stop(): Promise<void>
}

export interface ChannelTraits {
  readonly floor: Floor
  /** Whether one answer may hold several messages. */
  readonly several: boolean
  readonly metadata: boolean
  readonly toolResults: boolean
  /** Whether an answer that the caller did not wait for is dropped. Default: it is heard. */
  readonly dropsStale?: true
  /** Whether the agent can hang up. */
  readonly ends: boolean
  /** How this channel lets the caller press keys: what the agent answers to `12#`. */
  readonly pressed: string
  /** What the agent can be told to do wrong, and the fault it has to give. */
  readonly faults: readonly [words: string, code: FaultCode][]
}

/** What agents that send frames can do: over a WebSocket, or as a program. */
export const framedTraits = {
  floor: 'messages',
  several: true,
  metadata: true,
  toolResults: true,
  ends: true,
  pressed: 'You pressed: 12#',
} as const satisfies Partial<ChannelTraits>

/** What agents that answer whole turns can do: over HTTP, or as a function. */
export const answeringTraits = { ...framedTraits, floor: 'turns', pressed: 'You said: 12#' } as const satisfies Partial<ChannelTraits>

/** What every channel promises, whatever it is made of. */
export function describeChannel(name: string, start: () => Promise<ChannelUnderTest>, traits: ChannelTraits): void {
  describe(`the ${name} channel`, () => {
    let under: ChannelUnderTest
    beforeAll(async () => {
      under = await start()
    })
    afterAll(async () => {
      await under.channel[Symbol.asyncDispose]()
      await under.stop()
    })
    const free = traits.floor === 'messages'

    test('says what the caller says, and hears what the agent answers', async () => {
      await using call = await openCall(under.channel)
      expect(call.conversation.floor).toBe(traits.floor)
      const events = await call.ask('Hi')
      const atS = expect.any(Number)
      const said = { type: 'said', text: 'You said: Hi', startS: atS, endS: atS }
      expect(events).toEqual(free ? [said] : [said, { type: 'yielded' }])
    })

    test('is a plain object, all of which a decorator gets by spreading it', async () => {
      await using call = await openCall(under.channel)
      expect({ ...call.conversation }).toStrictEqual(call.conversation)
      expect(Object.getPrototypeOf(call.conversation)).toBe(Object.prototype)
      expect(Object.keys(call.conversation)).toEqual(expect.arrayContaining(['floor', 'elapsedS', 'say', 'end']))
      expect({ ...call.conversation }[Symbol.asyncDispose]).toBe(call.conversation[Symbol.asyncDispose])
    })

    test('tells the time of the call, which begins with it and does not go back', async () => {
      await using call = await openCall(under.channel)
      const before = call.conversation.elapsedS()
      const { startS, endS } = await call.conversation.say({ type: 'text', text: 'Hi' }).done
      const after = call.conversation.elapsedS()
      expect([0, before, startS, endS, after]).toEqual([0, before, startS, endS, after].toSorted((a, b) => a - b))
    })

    test('keeps a conversation over several turns, and its times never go back', async () => {
      await using call = await openCall(under.channel)
      for (let turn = 1; turn <= 3; turn += 1) expect(wordsIn(await call.ask('/turn'))).toEqual([`This is turn ${turn}.`])
      const times = call.events.flatMap(event => (event.type === 'said' ? [event.startS, event.endS] : []))
      expect(times).toEqual(times.toSorted((a, b) => a - b))
      expect(times.every(time => time >= 0)).toBe(true)
    })

    test('keeps conversations that go on at once apart', async () => {
      await using first = await openCall(under.channel)
      await using second = await openCall(under.channel)
      await first.ask('Hi')
      const heard = await Promise.all([first.ask('/turn'), second.ask('/turn')])
      expect(heard.map(wordsIn)).toEqual([['This is turn 2.'], ['This is turn 1.']])
    })

    test.skipIf(traits.dropsStale)('asks one thing after another when the caller does not wait', async () => {
      await using call = await openCall(under.channel)
      const answered = call.next('said')
      call.conversation.say({ type: 'text', text: 'one' })
      call.conversation.say({ type: 'text', text: 'two' })
      await answered
      await eventually(() => wordsIn(call.events).length === 2)
      expect(wordsIn(call.events)).toEqual(['You said: one', 'You said: two'])
    })

    test.runIf(traits.several)('hears several messages, in order', async () => {
      await using call = await openCall(under.channel)
      await call.ask('/several')
      await eventually(() => wordsIn(call.events).length === 3)
      expect(wordsIn(call.events)).toEqual(['One.', 'Two.', 'Three.'])
    })

    test('hears of tools before the words that follow from them', async () => {
      await using call = await openCall(under.channel)
      const events = await call.ask('/tool')
      const called = { type: 'tool_called', id: 't1', name: 'book', arguments: { at: '10:00', who: { id: 7 } } }
      const returned = { type: 'tool_returned', id: 't1', result: { ok: true } }
      const inOrder = [called, ...(traits.toolResults ? [returned] : []), { type: 'said', text: 'Booked.' }]
      expect(events.slice(0, inOrder.length)).toMatchObject(inOrder)
    })

    test('takes a turn in which the agent only uses a tool', async () => {
      await using call = await openCall(under.channel)
      const events = await call.ask('/tool-only', 'tool_called')
      expect(events[0]).toMatchObject({ type: 'tool_called', id: 't2', name: 'look_up', arguments: { q: 'x' } })
      expect(wordsIn(await call.ask('Hi'))).toEqual(['You said: Hi'])
    })

    test.runIf(traits.metadata)('hears metadata', async () => {
      await using call = await openCall(under.channel)
      await call.ask('/metadata')
      await eventually(() => call.events.some(event => event.type === 'metadata'))
      expect(call.events).toContainEqual({ type: 'metadata', data: { case: 12, tags: ['a'] } })
    })

    test('presses telephone keys', async () => {
      await using call = await openCall(under.channel)
      const answered = call.next('said')
      await call.conversation.say({ type: 'dtmf', digits: '12#' }).done
      await answered
      expect(wordsIn(call.events)).toEqual([traits.pressed])
    })

    test.runIf(traits.ends)('hears the agent hang up with closing words, and nothing after it', async () => {
      await using call = await openCall(under.channel)
      await call.ask('/end', 'ended')
      expect(wordsIn(call.events)).toEqual(['Goodbye.'])
      expect(call.events.at(-1)).toMatchObject({ type: 'ended', afterWords: true })
      await call.conversation.say({ type: 'text', text: 'Are you there?' }).done
      await call.conversation[Symbol.asyncDispose]()
      expect(call.events.at(-1)?.type).toBe('ended')
    })

    test.runIf(traits.ends)('hears the agent hang up without a word', async () => {
      await using call = await openCall(under.channel)
      expect((await call.ask('/end-silently', 'ended')).at(-1)).toMatchObject({ type: 'ended', afterWords: false })
    })

    test('hangs up, with nothing left open and nothing more heard', async () => {
      const call = await openCall(under.channel)
      await call.ask('Hi')
      const before = call.events.length
      await call.conversation.end('Bye.')
      await call.conversation.say({ type: 'text', text: 'One more thing.' }).done
      await call.conversation[Symbol.asyncDispose]()
      await call.conversation[Symbol.asyncDispose]()
      expect(await eventually(() => under.underWay() === 0)).toBe(true)
      expect(call.events.length).toBe(before)
    })

    describe.runIf(free)('once the caller has hung up', () => {
      test('still hears what the agent was about to do', async () => {
        const call = await holdBegun(under.channel)
        await call.conversation.end('/late')
        expect(call.heard()).toMatchObject([
          { type: 'tool_called', id: 't9', name: 'delete' },
          { type: 'said', text: 'One moment.' },
          { type: 'metadata', data: { late: true } },
        ])
        expect(await eventually(() => under.underWay() === 0)).toBe(true)
      })

      test('is done at once with an agent that leaves at once', async () => {
        const times: number[] = []
        for (let i = 0; i < 3; i += 1) {
          const call = await holdBegun(under.channel)
          const before = performance.now()
          await call.conversation.end('Bye.')
          times.push(performance.now() - before)
        }
        // The quickest of three: the machine may be busy.
        expect(Math.min(...times)).toBeLessThan(80)
      })

      // An agent that a busy machine keeps from speaking for a moment counts as done.
      test('cuts off an agent that talks on after a second', { retry: 3 }, async () => {
        const call = await holdBegun(under.channel)
        const before = performance.now()
        await call.conversation.end('/talk-on')
        const tookMs = performance.now() - before
        expect(tookMs).toBeGreaterThan(900)
        expect(tookMs).toBeLessThan(2_500)
        const heard = call.heard().length
        expect(heard).toBeGreaterThan(5)
        await waitMs(50)
        expect(call.heard().length).toBe(heard)
      })

      test('hears an end of the agent as the end, and words with it', async () => {
        const call = await holdBegun(under.channel)
        await call.conversation.end('/late-end')
        expect(call.heard()).toMatchObject([{ type: 'said', text: 'Goodbye.' }])
      })

      test('finds no fault in what cannot be read, and hears what follows', { retry: 3 }, async () => {
        const call = await holdBegun(under.channel)
        await call.conversation.end('/late-garbage')
        expect(call.heard()).toMatchObject([{ type: 'tool_called', id: 't9' }])
      })

      test('says nothing more', async () => {
        const call = await holdBegun(under.channel)
        const ended = call.conversation.end('/stay')
        await call.conversation.say({ type: 'text', text: 'Hi' }).done
        await call.conversation.end('/late')
        await ended
        expect(call.heard()).toEqual([])
      })

      test.each(['disposed of', 'aborted'])('hears nothing more when it is %s meanwhile', async how => {
        const call = await holdBegun(under.channel)
        const ended = call.conversation.end('/talk-on')
        expect(await eventually(() => call.heard().length > 0)).toBe(true)
        const disposed = how === 'aborted' ? call.abort() : call.conversation[Symbol.asyncDispose]()
        const heard = call.heard().length
        await Promise.all([ended, disposed])
        expect(call.heard().length).toBe(heard)
        expect(await eventually(() => under.underWay() === 0)).toBe(true)
      })

      test('hears nothing when it is disposed of without having ended', async () => {
        const call = await holdBegun(under.channel)
        call.conversation.say({ type: 'text', text: 'Hi' })
        await call.conversation[Symbol.asyncDispose]()
        expect(call.heard()).toEqual([])
      })
    })

    test('is disposed of twice without harm, before anyone has spoken', async () => {
      const call = await openCall(under.channel)
      await Promise.all([call.conversation[Symbol.asyncDispose](), call.conversation[Symbol.asyncDispose]()])
      await call.conversation[Symbol.asyncDispose]()
      expect(call.events).toEqual([])
    })

    test('leaves nothing open when it is aborted while the agent is silent', async () => {
      await eventually(() => under.underWay() === 0)
      const call = await openCall(under.channel)
      call.conversation.say({ type: 'text', text: '/silent' })
      expect(await eventually(() => under.underWay() === 1)).toBe(true)
      const abortedAt = performance.now()
      call.abort()
      expect(await eventually(() => under.underWay() === 0)).toBe(true)
      // 100 ms is promised; the rest is for a busy machine.
      expect(performance.now() - abortedAt).toBeLessThan(500)
      await call.conversation.say({ type: 'text', text: 'Hi' }).done
      await call.conversation[Symbol.asyncDispose]()
      expect(call.events).toEqual([])
    })

    test('does not open what is aborted already', async () => {
      const reason = new Error('Stopped by the user')
      await expect(under.channel.open(callWith(), () => {}, AbortSignal.abort(reason))).rejects.toBe(reason)
    })

    test('carries any text both ways unchanged', async () => {
      await using call = await openCall(under.channel)
      expect(wordsIn(await call.ask('/hostile'))).toEqual([hostile])
      await fc.assert(
        // Any UTF-16 units: halves of surrogate pairs too.
        fc.asyncProperty(fc.array(fc.nat(0xffff), { maxLength: 50 }), async units => {
          const text = `.${String.fromCharCode(...units)}`
          expect(wordsIn(await call.ask(text))).toEqual([`You said: ${text}`])
        }),
      )
    })

    test.each(traits.faults)('says that the agent erred when it does %s: %s', async (words, code) => {
      const fault = await faultOf(under.channel, words)
      expect(fault).toMatchObject({ by: 'agent', code })
      expect(fault.message).toMatch(/^[^\n]{20,700}$/)
    })

    test('goes on after a fault with the next conversation', async () => {
      await using call = await openCall(under.channel)
      expect(wordsIn(await call.ask('Hi'))).toEqual(['You said: Hi'])
    })
  })
}

/** A conversation with an agent that has started up, and what it does from then on. */
async function holdBegun(channel: Channel): Promise<OpenedCall & { heard(): AgentEvent[] }> {
  const call = await openCall(channel)
  const { length } = await call.ask('Hi')
  return { ...call, heard: () => call.events.slice(length) }
}

function waitMs(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms))
}
