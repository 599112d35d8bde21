import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Document } from '../../../../src/domain/document.js'
import type { RunEnded, RunEvent } from '../../../../src/domain/event.js'
import { FaultError, type Fault } from '../../../../src/domain/fault.js'
import { callFaults } from '../../../../src/domain/faults/call-faults.js'
import type { Channel } from '../../../../src/ports/channel.js'
import { agent, document, entry, limits, scenario } from '../../../support/build.js'
import { fakeChannel, type Behaviour, type Voice } from '../../../support/fake-channel.js'
import { conductPlan } from '../../../support/run-plan.js'
import { virtualClock } from '../../../support/virtual-clock.js'

/** Answers after a while, and hangs up. */
const afterMs = (ms: number): Behaviour => ({
  hears(said, voice) {
    voice.later(ms, () => {
      voice.says(`re ${said}`)
      voice.hangsUp()
    })
  },
})

const times = (frequency: number, more: Partial<Document> = {}): Document => document({ scenarios: [scenario({}, { frequency })], ...more })

const lost: Fault = { by: 'agent', code: 'reset', message: 'lost' }
const refused: Fault = { by: 'infra', code: 'refused', message: 'nothing listens' }

/** Refuses the first `n` calls. */
function refusing(n: number, fault: Fault): Behaviour {
  let left = n
  return { ...afterMs(0), refuses: () => (left-- > 0 ? new FaultError(fault) : undefined) }
}

const keysOf = (ended: readonly RunEnded[]): string[] => ended.map(({ run }) => run)
const waitsOf = (events: readonly RunEvent[]): number[] => events.flatMap(each => (each.type === 'run.retrying' ? [each.inMs] : []))

test('every planned run ends exactly once, within every limit at once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        suite: fc.integer({ min: 1, max: 6 }),
        agentWide: fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined }),
        entries: fc.array(
          fc.record({
            frequency: fc.integer({ min: 1, max: 12 }),
            concurrencyLimit: fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined }),
          }),
          { minLength: 1, maxLength: 3 },
        ),
        ms: fc.integer({ min: 0, max: 50 }),
      }),
      async ({ suite, agentWide, entries, ms }) => {
        const clock = virtualClock()
        const channel = fakeChannel(clock, afterMs(ms))
        const reached = agent({ limits: agentWide === undefined ? {} : { concurrency: agentWide } })
        const { events, ended } = await conductPlan(
          document({
            limits: { ...limits, concurrency: suite },
            entries: entries.map(({ frequency, concurrencyLimit }, i) =>
              entry({ name: `Entry ${i}`, agent: reached, frequency, ...(concurrencyLimit !== undefined && { concurrencyLimit }) }),
            ),
          }),
          clock,
          channel,
        )
        const planned = entries.reduce((sum, { frequency }) => sum + frequency, 0)
        expect(new Set(keysOf(ended)).size).toBe(planned)
        expect(ended).toHaveLength(planned)
        expect(channel.openMost).toBeLessThanOrEqual(Math.min(suite, agentWide ?? Infinity))
        expect(channel.openNow).toBe(0)
        for (const [i, { concurrencyLimit = Infinity }] of entries.entries()) {
          expect(mostAtOnce(events, `entry-${i}/`)).toBeLessThanOrEqual(concurrencyLimit)
        }
      },
    ),
    { numRuns: 60 },
  )
})

function mostAtOnce(events: readonly RunEvent[], prefix: string): number {
  let now = 0
  let most = 0
  for (const event of events) {
    if (!('run' in event) || !event.run.startsWith(prefix)) continue
    if (event.type === 'run.started') now += 1
    if (event.type === 'run.ended') now -= 1
    most = Math.max(most, now)
  }
  return most
}

test('runs that may be conducted at once are', async () => {
  const clock = virtualClock()
  await conductPlan(times(100), clock, fakeChannel(clock, afterMs(50)))
  expect(clock.now()).toBe(500)
})

test('starts are spread over the second', async () => {
  const clock = virtualClock()
  const { events } = await conductPlan(
    times(6, { limits: { ...limits, startsPerSecond: 4 }, entries: [entry({ agent: agent({ limits: { startsPerSecond: 2 } }) })] }),
    clock,
    fakeChannel(clock, afterMs(0)),
  )
  const starts = events.flatMap(each => (each.type === 'run.started' ? [Date.parse(each.at)] : []))
  const gaps = starts.slice(1).map((at, i) => at - starts[i]!)
  expect(gaps).toEqual([500, 500, 500, 500, 500])
})

test.each([
  ['abandoned where the call was in vain', { hears: (_: string, voice: Voice) => voice.does({ type: 'broke', fault: lost }) }, 1],
  ['not asked where the agent is not reached', { refuses: () => new FaultError(lost) }, 0],
])('what a judge is asked ahead is paid for by the run, and %s', async (_, behaviour, count) => {
  const clock = virtualClock()
  const usage = { role: 'judge', model: 'm', requests: 1, inputTokens: 5, outputTokens: 0 } as const
  let asked = 0
  const { ended } = await conductPlan(times(1), clock, fakeChannel(clock, behaviour), {
    prepareJudge(_spec, { signal, spent }) {
      asked += 1
      return new Promise(resolve =>
        signal.addEventListener('abort', () => {
          spent(usage)
          resolve()
        }),
      )
    },
  })
  expect(asked).toBe(count)
  expect(ended[0]).toMatchObject({ outcome: { status: 'agent_error' }, ...(count > 0 && { usage: [usage] }) })
})

test('what could not be told is tried again, twice, with growing delays', async () => {
  const clock = virtualClock()
  const { events, ended } = await conductPlan(times(1), clock, fakeChannel(clock, refusing(9, refused)))
  expect(ended[0]).toMatchObject({ outcome: { status: 'infra_error', fault: refused }, flaky: false })
  expect(ended[0]!.earlier.map(({ outcome }) => outcome.status)).toEqual(['infra_error', 'infra_error'])
  expect(waitsOf(events)).toEqual([375, 750])
})

test('a run that passes on the second try keeps the first', async () => {
  const clock = virtualClock()
  const { ended } = await conductPlan(times(1), clock, fakeChannel(clock, refusing(1, refused)))
  expect(ended[0]).toMatchObject({ outcome: { status: 'passed' }, flaky: false, earlier: [{ outcome: { fault: refused } }] })
})

test('an agent error is not tried again unless the suite says so; then a pass is flaky', async () => {
  const busy: Fault = { by: 'agent', code: 'http_status', status: 429, message: 'busy', retryAfterMs: 20_000 }
  const clock = virtualClock()
  const { ended } = await conductPlan(times(1), clock, fakeChannel(clock, refusing(1, busy)))
  expect(ended[0]).toMatchObject({ outcome: { status: 'agent_error' }, earlier: [] })

  const retried = times(1, { retries: { infraError: 0, agentError: 1, failed: 0 } })
  const again = await conductPlan(retried, clock, fakeChannel(clock, refusing(1, busy)))
  expect(again.ended[0]).toMatchObject({ outcome: { status: 'passed' }, flaky: true })
  expect(waitsOf(again.events)).toEqual([20_000])
})

test('what another try cannot mend is not tried again', async () => {
  const clock = virtualClock()
  const hopeless = { by: 'infra', code: 'not_started', message: 'never ready' } as const
  const { ended } = await conductPlan(times(3), clock, fakeChannel(clock, refusing(9, hopeless)))
  expect(ended.map(({ earlier }) => earlier.length)).toEqual([0, 0, 0])
})

test('a failed run is scored once for each try, and stays failed if none passes', async () => {
  const clock = virtualClock()
  const { ended } = await conductPlan(
    times(1, { retries: { infraError: 0, agentError: 0, failed: 2 } }),
    clock,
    fakeChannel(clock, afterMs(0)),
    { score: () => ({ holds: 'no', checks: [], metrics: [] }) },
  )
  expect(ended[0]).toMatchObject({ outcome: { status: 'failed' }, flaky: false })
  expect(ended[0]!.earlier).toHaveLength(2)
})

test('a run that is not admitted is not run, and says why', async () => {
  const clock = virtualClock()
  const channel = fakeChannel(clock, afterMs(10))
  const { ended } = await conductPlan(times(5, { limits: { ...limits, concurrency: 1 } }), clock, channel, {
    admit: ({ repeat }) => (repeat > 2 ? 'max_failures' : undefined),
  })
  expect(ended.map(({ outcome }) => outcome.status)).toEqual(['passed', 'passed', 'not_run', 'not_run', 'not_run'])
  expect(ended[2]!.outcome).toEqual({ status: 'not_run', reason: 'max_failures' })
  expect(channel.log).toEqual(['Hi.', 'Hi.'])
})

test('runs that have ended before are not conducted again; cut ones are, and keep their attempts', async () => {
  const clock = virtualClock()
  const cut = { startedAt: 'then', durationMs: 5, outcome: { status: 'not_run', reason: 'crashed' } } as const
  const { ended, events } = await conductPlan(times(3), clock, fakeChannel(clock, afterMs(0)), {
    hasEnded: index => index === 0,
    earlier: index => (index === 1 ? [cut] : []),
  })
  expect(keysOf(ended)).toEqual(['smoke/cancel#2', 'smoke/cancel#3'])
  expect(ended[0]!.earlier).toEqual([cut])
  expect(events.find(each => each.type === 'run.started')).toMatchObject({ attempt: 2 })
})

test('what is cut off in the middle of a call could not be told', async () => {
  const clock = virtualClock()
  const cut = new AbortController()
  const channel = fakeChannel(clock, afterMs(5000))
  clock.after(1000, () => cut.abort(new FaultError(callFaults.interrupted())))
  const { ended } = await conductPlan(times(2), clock, channel, { signal: cut.signal })
  expect(ended.map(({ outcome }) => outcome)).toMatchObject([
    { status: 'infra_error', fault: callFaults.interrupted() },
    { fault: callFaults.interrupted() },
  ])
  expect(clock.now()).toBeLessThan(5000)
  expect(channel.openNow).toBe(0)
})

test('a call that is not over in time is cut off, and is not taken for one that never connected', async () => {
  const clock = virtualClock()
  const channel = fakeChannel(clock, afterMs(0))
  const stuck: Channel = {
    ...channel,
    async open(call, hear, signal) {
      const conversation = await channel.open(call, hear, signal)
      // It connects and hears the caller out, and then neither answers nor lets go.
      const done = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))
      return { ...conversation, say: () => ({ done, cut: () => undefined }) }
    },
  }
  const { ended } = await conductPlan(times(1), clock, stuck, { runTimeoutMs: 20_000 })
  expect(ended[0]!.outcome).toMatchObject({
    status: 'infra_error',
    fault: callFaults.callTimeout({ ms: 20_000 }),
    transcript: { ending: { by: 'limit', reason: 'exceeded-max-duration', atS: 23 } },
  })
  expect(ended[0]!.outcome).toMatchObject({ fault: { by: 'infra', code: 'call_timeout' } })
})

test('a call that never opens is told as one that did not connect, however short it may be', async () => {
  const clock = virtualClock()
  const deaf: Channel = {
    ...fakeChannel(clock, {}),
    open: (_call, _hear, signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
  }
  const { ended } = await conductPlan(times(1), clock, deaf, { runTimeoutMs: 2_000 })
  expect(ended[0]!.outcome).toMatchObject({
    status: 'infra_error',
    fault: callFaults.neverOpened({ ms: 2_000 }),
    transcript: { moments: [], ending: { reason: 'Main agent-call-not-connected', atS: 5 } },
  })
})

test.each([
  ['for ever', Infinity],
  ['again and again, with little between', 900],
])('a call that does not open because the agent has us wait %s is told as that', async (_, heldMs) => {
  const clock = virtualClock()
  const busy: Channel = {
    ...fakeChannel(clock, {}),
    open: (call, _hear, signal) => {
      const wait = (): void => {
        const release = call.hold()
        if (heldMs < Infinity) clock.after(heldMs, () => (release(), clock.after(100, wait)))
      }
      wait()
      return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))
    },
  }
  const { ended } = await conductPlan(times(1), clock, busy, { runTimeoutMs: 5_000 })
  expect(ended[0]!.outcome).toMatchObject({ status: 'infra_error', fault: callFaults.heldTooLong() })
})

test('an agent process that has died is what broke the call', async () => {
  const clock = virtualClock()
  const crashed: Fault = { by: 'agent', code: 'crashed', message: 'exit code 3' }
  const start = { command: 'x', timeoutMs: 1, env: {}, cwd: '/' }
  const { ended } = await conductPlan(
    times(1, { entries: [entry({ agent: agent({ start }) })] }),
    clock,
    fakeChannel(clock, refusing(1, refused)),
    { crashed: () => crashed },
  )
  expect(ended[0]!.outcome).toMatchObject({ status: 'agent_error', fault: crashed })
})

test('a bug of ours is an infra error that says so, not a crash', async () => {
  const clock = virtualClock()
  const { ended } = await conductPlan(times(1), clock, fakeChannel(clock, afterMs(0)), {
    caller: () => ({
      open: () => {
        throw new Error('oops')
      },
      answer: () => ({ type: 'wait' }),
      idlePrompt: '',
    }),
  })
  expect(ended[0]!.outcome).toMatchObject({ status: 'infra_error', fault: { code: 'internal' } })
})
