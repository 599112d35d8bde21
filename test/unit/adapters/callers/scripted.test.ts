import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scriptedCaller, type ScriptedCaller } from '../../../../src/adapters/callers/scripted.js'
import type { Step } from '../../../../src/domain/document.js'
import type { Utterance } from '../../../../src/domain/utterance.js'
import type { CallerMove } from '../../../../src/ports/caller.js'
import { text } from '../../../support/build.js'
import { calm, followUp, maria, specOf, step } from './run-spec.js'

const use = { patterns: { search: (pattern: string, within: string) => new RegExp(pattern).test(within) } }

/** Opens a call, lets the agent say one thing after another, and returns what the caller did each time. */
async function play(steps: readonly Step[], heard: readonly string[], firstMessage = 'Hi.'): Promise<string[]> {
  const caller = scriptedCaller(specOf({ firstMessage: firstMessage ? text(firstMessage) : [], steps }), use)
  const said = [wordsOf(caller.open())]
  for (const words of heard) said.push(await answer(caller, words))
  return said
}

async function answer(caller: ScriptedCaller, words: string): Promise<string> {
  return wordsOf(caller.answer({ text: words, messages: words.split('\n'), history: [] }))
}

function wordsOf(move: CallerMove): string {
  return move.type !== 'say' ? '(waits)' : move.utterance.map(part => (part.type === 'text' ? part.text : '')).join('')
}

describe('opening', () => {
  test('it says its first message, and says why', async () => {
    const caller = scriptedCaller(specOf({ firstMessage: text('Hi.'), steps: [] }), use)
    expect(caller.open()).toEqual({ type: 'say', utterance: text('Hi.'), cause: { kind: 'first_message' } })
  })

  test('without a first message it waits for the agent', async () => {
    expect(await play([step('any', 'Hello.')], ['Cedarwood Clinic.'], '')).toEqual(['(waits)', 'Hello.'])
  })

  test('a scenario without a script is refused', () => {
    const spec = specOf({ firstMessage: [], steps: [] })
    const behaviour = { kind: 'instructions', instructions: 'Be angry.', firstMessage: [] } as const
    const unscripted = { ...spec, case: { ...spec.case, scenario: { ...spec.case.scenario, behaviour } } }
    expect(() => scriptedCaller(unscripted, use)).toThrow('has no script')
  })
})

describe('answering', () => {
  test('the first step in order that matches answers, and says which it was', async () => {
    const steps = [
      step({ contains: 'date' }, 'May 2.'),
      step({ matches: 'na+me' }, 'Maria.', { cause: { kind: 'step', number: 2 } }),
      step('any', 'Eh?'),
    ]
    const caller = scriptedCaller(specOf({ firstMessage: [], steps }), use)
    const move = caller.answer({ text: 'Your NAME or name?', messages: [], history: [] })
    expect(move).toEqual({ type: 'say', utterance: text('Maria.'), cause: { kind: 'step', number: 2 } })
  })

  test('steps need not come in the order of the script', async () => {
    const steps = [step({ contains: 'name' }, 'Maria.'), step({ contains: 'birth' }, 'May 2.')]
    expect(await play(steps, ['Your date of birth?', 'Your name?'])).toEqual(['Hi.', 'May 2.', 'Maria.'])
  })

  test('where nothing matches it waits, and hears on', async () => {
    const steps = [step({ contains: 'booked' }, 'Thanks.')]
    expect(await play(steps, ['One moment.', 'One moment.\nYou are booked.'])).toEqual(['Hi.', '(waits)', 'Thanks.'])
  })

  test('a step answers once; with repeat it answers again', async () => {
    const once = [step({ contains: 'name' }, 'Maria.')]
    expect(await play(once, ['Name?', 'Name?'])).toEqual(['Hi.', 'Maria.', '(waits)'])
    const again = [step({ contains: 'name' }, 'Maria.', { repeat: true })]
    expect(await play(again, ['Name?', 'Name?'])).toEqual(['Hi.', 'Maria.', 'Maria.'])
  })

  test('two callers of one scenario do not share their memory', async () => {
    const spec = specOf({ firstMessage: [], steps: [step('any', 'Maria.')] })
    const [one, other] = [scriptedCaller(spec, use), scriptedCaller(spec, use)]
    expect(await answer(one, 'Name?')).toBe('Maria.')
    expect(await answer(other, 'Name?')).toBe('Maria.')
  })
})

describe('following up', () => {
  test('a follow-up comes on the next turn, whatever the agent says, before any step that matches', async () => {
    const steps = [step({ contains: 'name' }, 'Maria.'), step({ contains: 'birth' }, 'May 2.'), followUp(0, 'Hurry.')]
    expect(await play(steps, ['Name?', 'Birth?', 'Birth?'])).toEqual(['Hi.', 'Maria.', 'Hurry.', 'May 2.'])
  })

  test('follow-ups chain', async () => {
    const steps = [step('any', 'One.'), followUp(0, 'Two.'), followUp(1, 'Three.'), followUp(2, 'Four.')]
    expect(await play(steps, ['a', 'b', 'c', 'd', 'e'])).toEqual(['Hi.', 'One.', 'Two.', 'Three.', 'Four.', '(waits)'])
  })

  test('several follow-ups of one step come in order, one a turn', async () => {
    const steps = [step('any', 'One.'), followUp(0, 'Two.'), followUp(0, 'Three.')]
    expect(await play(steps, ['a', 'b', 'c', 'd'])).toEqual(['Hi.', 'One.', 'Two.', 'Three.', '(waits)'])
  })

  test("a follow-up's own follow-up comes before its siblings", async () => {
    const steps = [step('any', 'One.'), followUp(0, 'Two.'), followUp(0, 'Four.'), followUp(1, 'Three.')]
    expect(await play(steps, ['a', 'b', 'c', 'd'])).toEqual(['Hi.', 'One.', 'Two.', 'Three.', 'Four.'])
  })

  test('the first message can be followed up, even where it is empty', async () => {
    const steps = [step('any', 'Any.'), followUp(-1, 'Are you there?')]
    expect(await play(steps, ['a', 'b'])).toEqual(['Hi.', 'Are you there?', 'Any.'])
    expect(await play(steps, ['a', 'b'], '')).toEqual(['(waits)', 'Are you there?', 'Any.'])
  })

  test('a follow-up never answers by itself', async () => {
    const steps = [step({ contains: 'name' }, 'Maria.'), followUp(0, 'Hurry.')]
    expect(await play(steps, ['Hurry up', 'a follow-up'])).toEqual(['Hi.', '(waits)', '(waits)'])
  })

  test('of a step that repeats, the follow-up comes every time only if it repeats too', async () => {
    const heard = ['a', 'b', 'c', 'd']
    const once = [step('any', 'One.', { repeat: true }), followUp(0, 'Two.')]
    expect(await play(once, heard)).toEqual(['Hi.', 'One.', 'Two.', 'One.', 'One.'])
    const always = [step('any', 'One.', { repeat: true }), followUp(0, 'Two.', { repeat: true })]
    expect(await play(always, heard)).toEqual(['Hi.', 'One.', 'Two.', 'One.', 'Two.'])
  })
})

describe('texts', () => {
  const everything =
    '{{run.key}} {{scenario.key}} {{scenario.id}} {{scenario.name}} {{personality.name}} {{personality.language}} {{test_profile.pin}}[{{test_profile.nickname}}]'

  test('templates are filled in from the run, the scenario, the personality and the caller side of the profile', async () => {
    const spec = specOf({ firstMessage: text(everything), steps: [] }, { personality: calm, testProfile: maria })
    expect(wordsOf(scriptedCaller(spec, use).open())).toBe('smoke/cancel#1 cancel 101 Cancels Calm es 4021[]')
  })

  test('keys are filled in as words are; what is not text stays as it is', async () => {
    const firstMessage: Utterance = [{ type: 'hold', ms: 20 }, { type: 'dtmf', digits: '{{test_profile.pin}}#' }, { type: 'endcall' }]
    const caller = scriptedCaller(specOf({ firstMessage, steps: [] }, { testProfile: maria }), use)
    const expected = [{ type: 'hold', ms: 20 }, { type: 'dtmf', digits: '4021#' }, { type: 'endcall' }]
    expect(caller.open()).toEqual({ type: 'say', utterance: expected, cause: { kind: 'first_message' } })
  })

  test('a value that no telephone has keys for is an error before the call opens', () => {
    const steps = [{ ...step('any', ''), say: [{ type: 'dtmf', digits: '{{test_profile.name}}' } as const] }]
    expect(() => scriptedCaller(specOf({ firstMessage: [], steps }, { testProfile: maria }), use)).toThrow(
      '"Maria Lopez" cannot be keyed in',
    )
  })

  test.each(['{{test_profile.X-Customer-Tier}}', '{{personality.name}}', '{{test_profile.nobody}}'])(
    '%s, where the run has none, is an error before the call opens',
    words => {
      const profile = words.includes('personality') ? {} : { testProfile: maria }
      expect(() => scriptedCaller(specOf({ firstMessage: [], steps: [step('any', words)] }, profile), use)).toThrow('has no value')
    },
  )
})

describe('whatever the script and the agent', () => {
  const words = fc.constantFrom('name', 'birth', 'time', 'name and birth', '')
  const anyStep = fc.record({
    kind: fc.constantFrom('any', 'when', 'after'),
    contains: fc.constantFrom('name', 'birth', 'time'),
    of: fc.integer({ min: -1, max: 6 }),
    repeat: fc.boolean(),
  })
  const script = fc.array(anyStep, { maxLength: 8 }).map(shapes =>
    shapes.map((shape, index) => {
      const { repeat } = shape
      // As loading has it: a follow-up refers to an earlier step or to the first message.
      if (shape.kind === 'after') return followUp(Math.min(shape.of, index - 1), `${index}`, { repeat })
      return step(shape.kind === 'any' ? 'any' : { contains: shape.contains }, `${index}`, { repeat })
    }),
  )
  const agent = fc.array(words, { maxLength: 20 })

  test('a step without repeat never answers twice', () =>
    fc.assert(
      fc.asyncProperty(script, agent, async (steps, heard) => {
        const said = await play(steps, heard)
        const counts = steps.map((_, index) => said.filter(what => what === `${index}`).length)
        expect(counts.every((count, index) => count <= 1 || steps[index]?.repeat)).toBe(true)
      }),
    ))

  test('the same script and the same agent give the same conversation', () =>
    fc.assert(
      fc.asyncProperty(script, agent, async (steps, heard) => {
        expect(await play(steps, heard)).toEqual(await play(steps, heard))
      }),
    ))

  test('after a step with an unused follow-up, the very next turn is its first one', () =>
    fc.assert(
      fc.asyncProperty(script, agent, async (steps, heard) => {
        const said = await play(steps, heard)
        for (const [turn, next] of said.slice(1).entries()) {
          const answered = said[turn] === 'Hi.' ? -1 : Number(said[turn])
          const due = steps.findIndex(
            ({ trigger, repeat }, index) =>
              trigger.kind === 'after' && trigger.step === answered && (repeat || !said.slice(0, turn + 1).includes(`${index}`)),
          )
          expect(due === -1 || next === `${due}`).toBe(true)
        }
      }),
    ))

  test('a step that only follows up speaks in no turn but those after its step', () =>
    fc.assert(
      fc.asyncProperty(script, agent, async (steps, heard) => {
        const said = await play(steps, heard)
        for (const [index, { trigger }] of steps.entries()) {
          if (trigger.kind !== 'after') continue
          const of = said.indexOf(trigger.step === -1 ? 'Hi.' : `${trigger.step}`)
          const spoke = said.indexOf(`${index}`)
          expect(spoke === -1 || (of !== -1 && of < spoke)).toBe(true)
        }
      }),
    ))
})
