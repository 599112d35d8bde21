import { expect, test } from 'vitest'
import type { Scenario } from '../../../../src/domain/document.js'
import type { RunEnded } from '../../../../src/domain/event.js'
import { agent, document, entry, scenario, somewhere, step, text } from '../../../support/build.js'
import { fakeChannel, type Behaviour } from '../../../support/fake-channel.js'
import { conductPlan, linesOf, transcriptOf } from '../../../support/run-plan.js'
import { virtualClock } from '../../../support/virtual-clock.js'

async function hold(behaviour: Behaviour, held: Scenario): Promise<{ run: RunEnded; log: string[] }> {
  const clock = virtualClock()
  const channel = fakeChannel(clock, behaviour)
  const type = behaviour.floor === 'turns' ? 'http' : 'websocket'
  const reached = agent({ connection: { type, url: type === 'http' ? 'http://x' : 'ws://x' } })
  const { ended } = await conductPlan(document({ scenarios: [held], entries: [entry({ agent: reached })] }), clock, channel)
  expect(ended).toHaveLength(1)
  return { run: ended[0]!, log: channel.log }
}

const echo: Behaviour = { hears: (said, voice) => voice.says(`You said ${said}`) }
const strictly = (answer: (said: string) => string): Behaviour => ({
  floor: 'turns',
  hears(said, voice) {
    voice.says(answer(said))
    voice.does({ type: 'yielded' })
  },
})
const goodbye = [{ type: 'text', text: 'Bye.' }, { type: 'endcall' }] as const

test('the caller answers what it hears, and hangs up with its last words', async () => {
  const { run, log } = await hold(echo, scenario({ steps: [step({ kind: 'any' }, text('More.')), step({ kind: 'any' }, goodbye)] }))
  expect(log).toEqual(['Hi.', 'More.', 'end(Bye.)', 'closed'])
  expect(run.outcome.status).toBe('passed')
  expect(transcriptOf(run).ending).toMatchObject({ by: 'caller', reason: 'Testing agent-ended-call' })
  expect(transcriptOf(run).moments.map(({ turn }) => turn)).toEqual([1, 1, 2, 2, 3])
})

test('in text, words that only sound tags part are said in one go, as they stand without the tags', async () => {
  const loud = { type: 'sound', tag: 'volume', ratio: 2, scope: 'enclosed', at: somewhere } as const
  const end = { type: 'sound_end', tag: 'volume' } as const
  const beep = { type: 'sound', tag: 'noise', sound: 'beep', at: somewhere } as const
  const say = [
    { type: 'text', text: 'It is ' },
    loud,
    { type: 'text', text: 'me' },
    end,
    { type: 'text', text: ', Maria.' },
    beep,
    { type: 'endcall' },
  ] as const
  const { log } = await hold(echo, scenario({ firstMessage: [beep, ...text('Hi.')], steps: [step({ kind: 'any' }, say)] }))
  expect(log).toEqual(['Hi.', 'end(It is me, Maria.)', 'closed'])
})

test('where the floor goes by turns the last words are said, and their answer is heard, before the caller hangs up', async () => {
  const { run, log } = await hold(
    strictly(said => `re ${said}`),
    scenario({ steps: [step({ kind: 'any' }, goodbye)] }),
  )
  expect(log).toEqual(['Hi.', 'Bye.', 'end()', 'closed'])
  expect(linesOf(run)).toEqual(['0 caller: Hi.', '0 agent: re Hi.', '0 caller: Bye.', '0 agent: re Bye.'])
})

test('by turns, an answer that is owed is awaited before the last words, though these need none', async () => {
  const { run, log } = await hold(
    { ...strictly(said => `re ${said}`), takesLastWords: true },
    scenario({ firstMessage: [{ type: 'text', text: 'Thanks.' }, { type: 'hold', ms: 10 }, ...goodbye] }),
  )
  expect(log).toEqual(['Thanks.', 'end(Bye.)', 'closed'])
  expect(linesOf(run)).toEqual(['0 caller: Thanks.', '0 agent: re Thanks.', '0.01 caller: Bye.'])
  expect(run.outcome.status).toBe('passed')
})

test('an agent that greets is heard first, in turn 0', async () => {
  const { run } = await hold(
    { opens: voice => voice.says('Welcome.'), hears: (_, voice) => voice.hangsUp() },
    scenario({ firstMessage: [], steps: [step({ kind: 'when', matcher: { contains: 'welcome' } }, text('Hello.'))] }),
  )
  expect(transcriptOf(run).moments.map(each => [each.turn, each.by])).toEqual([
    [0, 'agent'],
    [1, 'caller'],
  ])
  expect(transcriptOf(run).ending.reason).toBe('Main agent-ended-call')
})

test('messages of one turn are heard together', async () => {
  const { log } = await hold(
    {
      hears(said, voice) {
        if (said !== 'Hi.') return
        voice.says('One moment.')
        voice.later(2000, () => voice.says('Your slot is booked.'))
      },
    },
    scenario({ steps: [step({ kind: 'when', matcher: { matches: 'moment[^]*booked' } }, goodbye)] }),
  )
  expect(log).toEqual(['Hi.', 'end(Bye.)', 'closed'])
})

test('messages that come one right after the other are answered together, not in between', async () => {
  const { log } = await hold(
    {
      hears(said, voice) {
        if (said !== 'Hi.') return
        voice.says('Let me see.')
        voice.later(5, () => voice.says('One more second.'))
        voice.later(12, () => voice.says('Cancelled.'))
      },
    },
    scenario({ steps: [step({ kind: 'any' }, goodbye)] }),
  )
  expect(log).toEqual(['Hi.', 'end(Bye.)', 'closed'])
})

test('a reply that no step matches: the caller waits, prompts three times, and the run ends', async () => {
  const { run, log } = await hold(echo, scenario({}))
  expect(log).toEqual(['Hi.', 'Are you there?', 'Are you there?', 'Are you there?', 'end()', 'closed'])
  expect(transcriptOf(run).ending).toEqual({ by: 'limit', reason: 'Main agent-silence-timed-out', atS: 40 })
  expect(run.outcome.status).toBe('passed')
})

test('where the floor goes by turns the idle prompt does not wait for what cannot come', async () => {
  const { run, log } = await hold(
    strictly(() => 'Hm.'),
    scenario({}),
  )
  expect(log.filter(each => each === 'Are you there?')).toHaveLength(3)
  expect(transcriptOf(run).ending).toEqual({ by: 'limit', reason: 'Main agent-silence-timed-out', atS: 0 })
})

test('a matched step starts the count of idle prompts anew', async () => {
  const { log } = await hold(
    { hears: (said, voice) => voice.says(said === 'Are you there?' ? 'Yes, go on' : 'What?') },
    scenario({ steps: [step({ kind: 'when', matcher: { contains: 'go on' } }, text('Well.'))] }),
  )
  expect(log).toEqual(['Hi.', 'Are you there?', 'Well.', ...Array<string>(3).fill('Are you there?'), 'end()', 'closed'])
})

test('an agent that says nothing to the caller at all is at fault, once its patience is over', async () => {
  const { run } = await hold({}, scenario({}, { idleTimeoutMs: 60_000 }))
  expect(run.outcome).toMatchObject({ status: 'agent_error', fault: { code: 'silence', by: 'agent' } })
  expect(transcriptOf(run).ending).toMatchObject({ reason: 'Main agent-silence-timed-out', atS: 30 })
})

test('an agent that stays silent through all idle prompts is at fault, however short they are', async () => {
  const { run, log } = await hold({}, scenario({}, { idleTimeoutMs: 1000 }))
  expect(log.filter(each => each === 'Are you there?')).toHaveLength(3)
  expect(run.outcome).toMatchObject({ status: 'agent_error', fault: { code: 'silence' } })
})

test('a strict agent that never answers is at fault', async () => {
  const { run } = await hold({ floor: 'turns' }, scenario({}))
  expect(run.outcome).toMatchObject({ status: 'agent_error', fault: { code: 'silence' } })
  expect(transcriptOf(run).ending.atS).toBe(30)
})

test('an agent is not silent because this process stood still when its patience was over', async () => {
  const clock = virtualClock()
  let stoodStillMs = 0
  const late = { ...clock, now: () => clock.now() + stoodStillMs }
  clock.after(29_000, () => (stoodStillMs = 5000))
  const behaviour: Behaviour = {
    floor: 'turns',
    hears: (said, voice) =>
      void clock.after(31_000, () => {
        voice.says(`re ${said}`)
        voice.does({ type: 'yielded' })
      }),
  }
  const reached = agent({ connection: { type: 'http', url: 'http://x' } })
  const held = scenario({ steps: [step({ kind: 'any' }, [{ type: 'endcall' }])] })
  const { ended } = await conductPlan(
    document({ scenarios: [held], entries: [entry({ agent: reached })] }),
    late,
    fakeChannel(late, behaviour),
  )
  expect(linesOf(ended[0]!)).toEqual([expect.stringContaining('caller: Hi.'), expect.stringContaining('agent: re Hi.')])
  expect(ended[0]!.outcome.status).toBe('passed')
})

/** An agent that asks for patience before its first answer. */
const patient = (ms: number): Behaviour => {
  let isFirst = true
  return {
    floor: 'turns',
    hears(said, voice) {
      const answer = (): void => {
        voice.says(`You said ${said}`)
        voice.does({ type: 'yielded' })
      }
      if (!isFirst) return answer()
      isFirst = false
      const resume = voice.call.hold()
      voice.later(ms, () => {
        resume()
        voice.later(2_000, answer)
      })
    },
  }
}

test('a wait that the agent asks for is neither its silence nor its latency, nor time of the call', async () => {
  const { run } = await hold(patient(100_000), scenario({ steps: [step({ kind: 'any' }, goodbye)] }))
  expect(run.outcome.status).toBe('passed')
  expect(linesOf(run)).toEqual(['0 caller: Hi.', '2 agent: You said Hi.', '2 caller: Bye.', '2 agent: You said Bye.'])
  expect(transcriptOf(run).ending.atS).toBe(2)
})

test('a call that goes by in such waits says nothing about the agent, and is tried again', async () => {
  for (const waitMs of [500_000, 299_000]) {
    const { run } = await hold(patient(waitMs), scenario({ steps: [step({ kind: 'any' }, goodbye)] }))
    expect(run.outcome.status).toBe('passed')
    expect(run.earlier?.map(({ outcome }) => outcome)).toMatchObject([
      { status: 'infra_error', fault: { code: 'rate_limited', by: 'infra' } },
    ])
  }
})

test('nothing shortens a hold; what the agent says meanwhile is heard after it', async () => {
  const { run } = await hold(
    { hears: (said, voice) => said === 'Wait.' && voice.later(500, () => voice.says('Sure')) },
    scenario({
      firstMessage: [
        { type: 'text', text: 'Wait.' },
        { type: 'hold', ms: 40_000 },
        { type: 'text', text: 'Back.' },
      ],
      steps: [step({ kind: 'when', matcher: { contains: 'sure' } }, goodbye)],
    }),
  )
  expect(linesOf(run)).toEqual(['0 caller: Wait.', '0.5 agent: Sure', '40 caller: Back.', '40.01 caller: Bye.'])
})

test('a silence ends when the agent breaks in, and the rest is left unsaid', async () => {
  const { run } = await hold(
    { hears: (said, voice) => said === 'Well...' && voice.later(500, () => voice.says('Yes?')) },
    scenario({
      firstMessage: [
        { type: 'text', text: 'Well...' },
        { type: 'silence', ms: 3000 },
        { type: 'text', text: 'as I said' },
      ],
      steps: [step({ kind: 'any' }, goodbye)],
    }),
  )
  expect(linesOf(run)).toEqual(['0 caller: Well...', '0.5 agent: Yes?', '0.51 caller: Bye.'])
})

test('a silence that nobody breaks passes', async () => {
  const { run } = await hold(
    { hears: (said, voice) => said !== 'Well...' && voice.says('Right.') },
    scenario({
      firstMessage: [
        { type: 'text', text: 'Well...' },
        { type: 'silence', ms: 3000 },
        { type: 'text', text: 'Go.' },
      ],
      steps: [step({ kind: 'any' }, goodbye)],
    }),
  )
  expect(linesOf(run)).toEqual(['0 caller: Well...', '3 caller: Go.', '3 agent: Right.', '3.01 caller: Bye.'])
})

test('an interruption comes its time after the agent began, whether or not it has finished', async () => {
  const { run } = await hold(
    {
      hears(said, voice) {
        if (said !== 'Hi.') return voice.hangsUp()
        voice.says('Let me')
        for (const ms of [1000, 2000, 4000]) voice.later(ms, () => voice.says('explain'))
      },
    },
    scenario({
      steps: [
        step({ kind: 'after', step: -1 }, [
          { type: 'interruption', ms: 3000 },
          { type: 'text', text: 'Stop.' },
        ]),
      ],
    }),
  )
  expect(linesOf(run)).toEqual(['0 caller: Hi.', '0 agent: Let me', '1 agent: explain', '2 agent: explain', '3 caller: Stop.'])
})

test('telephone keys are a turn of their own', async () => {
  const { log, run } = await hold(
    { hears: (said, voice) => (said.startsWith('#') ? voice.hangsUp() : voice.says('Press 1')) },
    scenario({ steps: [step({ kind: 'any' }, [{ type: 'dtmf', digits: '1#' }])] }),
  )
  expect(log).toEqual(['Hi.', '#1#'])
  expect(linesOf(run).at(-1)).toBe('0.01 caller: #1#')
})

test('what an agent says as it hangs up is heard, and not answered', async () => {
  const { log, run } = await hold(
    {
      hears(_, voice) {
        voice.says('Goodbye.')
        voice.hangsUp(true)
      },
    },
    scenario({ steps: [step({ kind: 'any' }, text('More.'))] }),
  )
  expect(log).toEqual(['Hi.'])
  expect(transcriptOf(run).ending).toMatchObject({ by: 'agent', reason: 'Main agent-ended-call-after-message-spoken' })
})

test('an agent that hangs up before it has said anything broke the conversation', async () => {
  const { run } = await hold({ hears: (_, voice) => voice.hangsUp() }, scenario({}))
  expect(run.outcome).toMatchObject({ status: 'agent_error', fault: { code: 'closed' } })
})

test('a call that breaks in the middle keeps the transcript so far', async () => {
  const fault = { by: 'agent', code: 'reset', message: 'gone' } as const
  const { run } = await hold(
    {
      hears(said, voice) {
        voice.says(said)
        if (said === 'More.') voice.does({ type: 'broke', fault })
      },
    },
    scenario({ steps: [step({ kind: 'any' }, text('More.'))] }),
  )
  expect(run.outcome).toMatchObject({ status: 'agent_error', fault })
  expect(linesOf(run)).toHaveLength(4)
})

test('max_turns ends the run when the caller would speak once more', async () => {
  const { run, log } = await hold(echo, scenario({ steps: [step({ kind: 'any' }, text('More.'), { repeat: true })] }, { maxTurns: 4 }))
  expect(log).toEqual(['Hi.', 'More.', 'More.', 'More.', 'end()', 'closed'])
  expect(transcriptOf(run).ending).toMatchObject({ by: 'limit', reason: 'exceeded-max-turns' })
})

test('max_duration ends the run wherever it is', async () => {
  const { run } = await hold(
    { hears: (_, voice) => voice.later(4000, () => voice.says('Mm.')) },
    scenario({ steps: [step({ kind: 'any' }, text('More.'), { repeat: true })] }, { maxDurationMs: 10_000 }),
  )
  expect(transcriptOf(run).ending).toEqual({ by: 'limit', reason: 'exceeded-max-duration', atS: 10 })
})

test('tool calls and metadata are written down where they happen; metadata is merged', async () => {
  const { run } = await hold(
    {
      hears(_, voice) {
        voice.does({ type: 'tool_called', id: 'c1', name: 'book', arguments: { slot: 9 }, atS: 0 })
        voice.does({ type: 'tool_returned', id: 'c1', result: 'ok', atS: 0 })
        voice.does({ type: 'metadata', data: { intent: 'book', tries: 1 } })
        voice.does({ type: 'metadata', data: { tries: 2 } })
        voice.says('Booked.')
        voice.hangsUp(true)
      },
    },
    scenario({}),
  )
  expect(transcriptOf(run).metadata).toEqual({ intent: 'book', tries: 2 })
  expect(transcriptOf(run).moments.map(({ type }) => type)).toEqual(['said', 'tool_called', 'tool_returned', 'said'])
})

test('what nests too deeply to be written down is left out, and says so', async () => {
  let deep: unknown = 'bottom'
  for (let i = 0; i < 200_000; i += 1) deep = [deep]
  const { run } = await hold(
    {
      hears(_, voice) {
        voice.does({ type: 'tool_called', name: 'book', arguments: deep, atS: 0 })
        voice.does({ type: 'metadata', data: { deep, fine: [1] } })
        voice.says('Booked.')
        voice.hangsUp(true)
      },
    },
    scenario({}),
  )
  const note = '(left out: nested more than 100 deep)'
  expect(transcriptOf(run).moments[1]).toMatchObject({ arguments: note })
  expect(transcriptOf(run).metadata).toEqual({ deep: note, fine: [1] })
})
