import { expect, test } from 'vitest'
import type { Caller, CallerMove } from '../../../../src/ports/caller.js'
import { FaultError } from '../../../../src/domain/fault.js'
import { AnswerUnusable } from '../../../../src/ports/language-model.js'
import { document, entry, scenario, text } from '../../../support/build.js'
import { fakeChannel } from '../../../support/fake-channel.js'
import { conductPlan, linesOf, transcriptOf } from '../../../support/run-plan.js'
import { virtualClock } from '../../../support/virtual-clock.js'

const suite = document({ scenarios: [scenario({})], entries: [entry()] })
const bye: CallerMove = { type: 'say', utterance: [...text('Bye.'), { type: 'endcall' }], cause: { kind: 'step', number: 1 } }

/** A caller that takes 100 ms to think of each move. */
function thinker(clock: ReturnType<typeof virtualClock>, givesWay: boolean, log: string[]): () => Caller {
  const after = (signal: AbortSignal, heard: string, move: CallerMove): Promise<CallerMove> =>
    new Promise(resolve => {
      signal.addEventListener('abort', () => log.push(`unwanted: ${heard}`), { once: true })
      clock.after(100, () => resolve(move))
    })
  return () => ({
    idlePrompt: 'Hello?',
    patience: () => ({ quietMs: 10, givesWay }),
    open: ({ signal }) => after(signal, 'open', { type: 'say', utterance: text('Hi.'), cause: { kind: 'first_message' } }),
    answer({ text: words }, { signal }) {
      log.push(words)
      return after(signal, words, bye)
    },
  })
}

const chatty = {
  hears: (said: string, agent: { says(text: string): void; later(ms: number, then: () => void): void }) => {
    if (said !== 'Hi.') return
    agent.says('One.')
    agent.later(50, () => agent.says('Two.'))
  },
}

test('a caller that gives way thinks again when the agent says more meanwhile', async () => {
  const clock = virtualClock()
  const log: string[] = []
  const { ended } = await conductPlan(suite, clock, fakeChannel(clock, chatty), { caller: thinker(clock, true, log) })
  expect(log).toEqual(['One.', 'unwanted: One.', 'One. Two.'])
  expect(linesOf(ended[0]!)).toEqual(['0.1 caller: Hi.', '0.1 agent: One.', '0.15 agent: Two.', '0.26 caller: Bye.'])
})

test("a caller that does not give way speaks into the agent's words", async () => {
  const clock = virtualClock()
  const log: string[] = []
  const { ended } = await conductPlan(suite, clock, fakeChannel(clock, chatty), { caller: thinker(clock, false, log) })
  expect(log).toEqual(['One.'])
  expect(linesOf(ended[0]!).at(-1)).toBe('0.21 caller: Bye.')
})

test('an agent that hangs up while the caller thinks is not kept waiting for it', async () => {
  const clock = virtualClock()
  const log: string[] = []
  const channel = fakeChannel(clock, {
    hears: (_said, agent) => {
      agent.says('One.')
      agent.later(20, () => agent.hangsUp())
    },
  })
  const { ended } = await conductPlan(suite, clock, channel, { caller: thinker(clock, true, log) })
  expect(transcriptOf(ended[0]!).ending).toEqual({ by: 'agent', reason: 'Main agent-ended-call', atS: 0.12, thoughtS: 0.11 })
  expect(log).toEqual(['One.', 'unwanted: One.'])
})

test("what the caller is driven by may fail: that is ours, and not the agent's", async () => {
  const clock = virtualClock()
  const fault = { by: 'infra', code: 'caller_model', message: 'The model is away.', isFinal: true } as const
  const caller = (): Caller => ({
    idlePrompt: 'Hello?',
    open: () => ({ type: 'say', utterance: text('Hi.'), cause: { kind: 'first_message' } }),
    answer: () => Promise.reject(new FaultError(fault)),
  })
  const channel = fakeChannel(clock, { hears: (_said, agent) => agent.says('One.') })
  const { ended } = await conductPlan(suite, clock, channel, { caller })
  expect(ended[0]!.outcome).toMatchObject({ status: 'infra_error', fault })
  expect(ended[0]!.earlier).toEqual([])
})

/** A caller that thinks for 100 ms, and always says more. */
function ponderer(clock: ReturnType<typeof virtualClock>): () => Caller {
  const more: CallerMove = { type: 'say', utterance: text('Hm.'), cause: { kind: 'instructions' } }
  const ponder = (): Promise<CallerMove> => new Promise(resolve => void clock.after(100, () => resolve(more)))
  return () => ({ idlePrompt: 'Hello?', open: ponder, answer: ponder, patience: () => ({ quietMs: 1, givesWay: true }) })
}

const notRetried = { infraError: 0, agentError: 0, failed: 0 }

test("the time that the caller thinks does not count into the scenario's, and a slow agent's does", async () => {
  const clock = virtualClock()
  const short = document({ scenarios: [scenario({}, { maxDurationMs: 1000, maxTurns: 20 })], entries: [entry()], retries: notRetried })
  const { ended } = await conductPlan(short, clock, fakeChannel(clock, { hears: (_said, agent) => agent.says('One.') }), {
    caller: ponderer(clock),
  })
  expect(transcriptOf(ended[0]!).ending).toMatchObject({ by: 'limit', reason: 'exceeded-max-turns' })
  const { atS, thoughtS = 0 } = transcriptOf(ended[0]!).ending
  expect(thoughtS).toBeGreaterThan(2)
  expect(atS - thoughtS).toBeLessThan(1)
  const slowAgent = fakeChannel(clock, { hears: (_said, agent) => agent.later(5000, () => agent.says('One.')) })
  const long = document({ scenarios: [scenario({}, { maxDurationMs: 4900 })], entries: [entry()] })
  const held = await conductPlan(long, clock, slowAgent, { caller: thinker(clock, true, []) })
  expect(transcriptOf(held.ended[0]!).ending).toMatchObject({ by: 'limit', reason: 'exceeded-max-duration', atS: 5, thoughtS: 0.1 })
})

test.each([
  ['most of the time', 300_000, 150],
  ['so long that the conversation had time left', 1_000, 1_050],
])('a run that is out of time because its caller thinks %s is not held against the agent', async (_, maxDurationMs, runTimeoutMs) => {
  const clock = virtualClock()
  const short = document({ scenarios: [scenario({}, { maxDurationMs })], entries: [entry()], retries: notRetried })
  const channel = fakeChannel(clock, { hears: (_said, agent) => agent.later(20, () => agent.says('One.')) })
  const { ended } = await conductPlan(short, clock, channel, { caller: ponderer(clock), runTimeoutMs })
  expect(ended[0]!.outcome).toMatchObject({
    status: 'infra_error',
    fault: { by: 'infra', code: 'caller_model', message: expect.stringContaining('raise limits.run_timeout') as string },
  })
})

test('a judge that fails leaves the conversation standing, and nobody is called again', async () => {
  const clock = virtualClock()
  const fault = { by: 'infra', code: 'judge_model', message: 'The judge is away.' } as const
  const channel = fakeChannel(clock, { hears: (_said, agent) => agent.hangsUp(), opens: agent => agent.says('Hello.') })
  const { ended } = await conductPlan(suite, clock, channel, { score: () => Promise.reject(new FaultError(fault)) })
  expect(ended[0]!.outcome).toMatchObject({ status: 'infra_error', fault })
  expect(linesOf(ended[0]!)).toContain('0 agent: Hello.')
  expect(ended[0]!.earlier).toEqual([])
})

test('what a judge was still asked when the audit failed has cost something too', async () => {
  const clock = virtualClock()
  const fault = { by: 'infra', code: 'judge_model', message: 'The judge is away.' } as const
  const channel = fakeChannel(clock, { hears: (_said, agent) => agent.hangsUp(), opens: agent => agent.says('Hello.') })
  const { ended } = await conductPlan(suite, clock, channel, {
    audit: () => Promise.reject(new FaultError(fault)),
    score: (_subject, _transcript, { signal, spent }) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          spent({ role: 'judge', model: 'm', requests: 1, inputTokens: 7, outputTokens: 0 })
          reject(signal.reason as Error)
        })
        clock.after(10_000, () => reject(new Error('It was waited for.')))
      }),
  })
  expect(ended[0]!.outcome).toMatchObject({ status: 'infra_error' })
  expect(ended[0]!.usage).toMatchObject([{ inputTokens: 7 }])
})

test('a caller that nobody could check leaves the run unscored, whatever the verdict is', async () => {
  const clock = virtualClock()
  const unusable = new AnswerUnusable({ by: 'infra', code: 'judge_model', message: 'It wrote a poem.' })
  const channel = fakeChannel(clock, { hears: (_said, agent) => agent.hangsUp(), opens: agent => agent.says('Hello.') })
  const { ended } = await conductPlan(suite, clock, channel, { audit: () => Promise.reject(unusable) })
  expect(ended[0]!.outcome).toMatchObject({
    status: 'unscored',
    verdict: { checks: [{ assertion: 'the caller kept to its instructions', holds: 'unknown', because: 'It wrote a poem.' }] },
  })
  expect(ended[0]!.earlier).toEqual([])
})

test('a caller that left its instructions makes the run invalid, and it is retried', async () => {
  const clock = virtualClock()
  let audits = 0
  const channel = fakeChannel(clock, { hears: (_said, agent) => agent.says('Hello.'), opens: agent => agent.says('Welcome.') })
  const { ended } = await conductPlan(suite, clock, channel, {
    audit: async () => ((audits += 1) === 1 ? 'it played the agent' : undefined),
    caller: () => ({ idlePrompt: '', open: () => bye, answer: () => bye }),
  })
  expect(ended[0]!.earlier.map(({ outcome }) => outcome)).toMatchObject([{ status: 'caller_invalid', reason: 'it played the agent' }])
  expect(ended[0]!.outcome.status).toBe('passed')
})
