import { describe, expect, test } from 'vitest'
import { modelCaller } from '../../../../src/adapters/callers/model-driven.js'
import type { Behaviour, Step } from '../../../../src/domain/document.js'
import type { TextMatcher } from '../../../../src/domain/text-matcher.js'
import * as build from '../../../support/build.js'
import { fakeModel, questionOf } from '../../../support/fake-model.js'
import { inShort, play, playSpec } from './plays.js'
import { calm, followUp, maria, step } from './run-spec.js'

/** A step on a condition in plain language, beside others. */
const says = (condition: string, say: string, matcher: TextMatcher = {}): Step =>
  build.step({ kind: 'when', matcher, says: condition }, build.text(say), { cause: { kind: 'step', number: 4 } })
/** A step that says in its own words what `act` tells. */
const acts = (when: TextMatcher | 'any', act: string): Step => ({ ...step(when, act), wording: 'own' })

const scriptOf = (steps: readonly Step[], role?: string): Behaviour => ({
  kind: 'script',
  script: { firstMessage: build.text('Hi.'), steps, ...(role !== undefined && { role }) },
})

/** Holds that those of the conditions hold that contain one of these words; finds words in capitals. */
const reader = (...holding: string[]) =>
  fakeModel(request => {
    const asked = questionOf(request)
      .split('\n')
      .flatMap(line => /^(\d+)\. (.*)$/.exec(line)?.slice(1) ?? [])
    const pairs = Array.from({ length: asked.length / 2 }, (_, i) => [asked[2 * i], asked[2 * i + 1]] as [string, string])
    const isAsked = request.answer.name === 'caller_conditions'
    return Object.fromEntries(pairs.map(([nth, text]) => [nth, isAsked ? holding.some(word => text.includes(word)) : text.toUpperCase()]))
  })

test('in text, a model is asked once for words that only sound tags part', async () => {
  const at = build.somewhere
  const say: Step['say'] = [
    { type: 'text', text: 'say your ' },
    { type: 'sound', tag: 'speed', ratio: 1.2, scope: 'rest', at },
    { type: 'text', text: 'name' },
    { type: 'hold', ms: 10 },
  ]
  const call = play(reader(), scriptOf([{ ...acts('any', ''), say }]))
  await call.open()
  expect(await call.say('Who is it?')).toMatchObject({
    utterance: [
      { type: 'text', text: 'SAY YOUR NAME' },
      { type: 'hold', ms: 10 },
    ],
  })
})

describe('conditions in plain language', () => {
  test('the first step in order that holds answers, of all kinds', async () => {
    const steps = [says('asks for a date', 'May 2.'), says('asks for a name', 'Maria.'), step('any', 'Eh?')]
    const model = reader('name')
    const call = play(model, scriptOf(steps))
    await call.open()
    expect(await call.say('Who is it?')).toMatchObject({ cause: { kind: 'step', number: 4 } })
    expect(inShort(await call.say('And who else?'))).toBe('Eh?')
  })

  test('all of a turn are asked about in one question, with what was said before', async () => {
    const model = reader()
    const call = play(model, scriptOf([says('asks for a date', 'May 2.'), says('asks for a name', 'Maria.')]))
    await call.open()
    expect(inShort(await call.say('Hm.', 'Hm?'))).toBe('(waits)')

    expect(model.requests.length).toBe(1)
    expect(model.requests[0]?.answer.name).toBe('caller_conditions')
    expect(questionOf(model.requests[0]!)).toContain('1. asks for a date\n2. asks for a name')
    expect(questionOf(model.requests[0]!)).toContain('- caller: "Hi."')
    expect(questionOf(model.requests[0]!)).toContain('since the caller spoke last: "Hm.\\nHm?"')
  })

  test('nothing is asked that decides nothing: behind a step that holds, where other keys fail, of a step that has answered', async () => {
    const model = reader('name')
    const steps = [says('asks for a name', 'Maria.', { contains: 'name' }), step({ contains: 'date' }, 'May 2.'), says('is rude', 'Well!')]
    const call = play(model, scriptOf(steps))
    await call.open()
    expect(inShort(await call.say('Your date?'))).toBe('May 2.')
    expect(model.requests).toEqual([])
    expect(inShort(await call.say('Your name?'))).toBe('Maria.')
    await call.say('Your name?')
    expect(questionOf(model.requests[1]!)).not.toContain('asks for a name')
  })

  test('follow-ups come first, and cost nothing', async () => {
    const model = reader('name')
    const call = play(model, scriptOf([says('asks for a name', 'Maria.'), followUp(0, 'Lopez.')]))
    await call.open()
    expect([inShort(await call.say('a')), inShort(await call.say('b')), model.requests.length]).toEqual(['Maria.', 'Lopez.', 1])
  })

  test('a move that was not wanted has used no step', async () => {
    const call = play(reader('name'), scriptOf([says('asks for a name', 'Maria.')]))
    await call.open()
    await call.sayAndGoOn('Your name?')
    expect(inShort(await call.say('Please?'))).toBe('Maria.')
  })
})

describe('own words', () => {
  test('the model finds them, as the person that it is; tags act as they stand', async () => {
    const model = reader()
    const bye: Step = {
      ...acts('any', ''),
      say: [{ type: 'text', text: 'Say no' }, { type: 'hold', ms: 500 }, { type: 'text', text: 'thank them' }, { type: 'endcall' }],
    }
    const call = play(model, scriptOf([bye], 'You are {{test_profile.name}}.'), {
      testProfile: maria,
      personality: { ...calm, prompt: 'Brief.' },
    })
    await call.open()

    expect(inShort(await call.say('Anything else?'))).toBe('SAY NO <hold 500> THANK THEM <endcall>')
    const [request] = model.requests
    expect(request?.answer.name).toBe('caller_words')
    expect(request?.messages[0]?.content).toContain('You are Maria Lopez.')
    expect(request?.messages[0]?.content).toContain('Brief.')
    expect(questionOf(request!)).toContain('The agent says: "Anything else?"')
  })

  test('its values are filled in, and a step that only acts asks nobody', async () => {
    const model = reader()
    const keys: Step = { ...acts({ contains: 'pin' }, ''), say: [{ type: 'dtmf', digits: '{{test_profile.pin}}' }] }
    const call = play(model, scriptOf([keys, acts('any', 'Say {{test_profile.name}}')]), { testProfile: maria })
    await call.open()
    expect(inShort(await call.say('Your pin?'))).toBe('<dtmf 4021>')
    expect(model.requests).toEqual([])
    expect(inShort(await call.say('Your name?'))).toBe('SAY MARIA LOPEZ')
  })

  test('they may not be those of the step itself, where these speak to the caller', async () => {
    const act = 'Tell them that you are in a hurry and that they are your last hope'
    const model = fakeModel(() => ({ 1: act }))
    const call = play(model, scriptOf([acts('any', act)]))
    await call.open()
    expect(inShort(await call.say('Yes?'))).toContain('(lapse) turn 2: the caller repeated its instructions')
    expect(model.requests.length).toBe(2)
  })

  test('exact words of the same script stay as they are', async () => {
    const typos = { ...calm, typos: 'high', hesitation: 'high' } as const
    const words = 'nothing would ever change these carefully chosen words'
    const call = play(reader(), scriptOf([step({ contains: 'exact' }, words), acts('any', 'Agree')]), { personality: typos })
    await call.open()
    expect(inShort(await call.say('exact'))).toBe(words)
  })
})

test('a script without plain language is a scripted caller: its moves are there at once, and ask nobody', () => {
  const model = reader()
  const spec = playSpec(scriptOf([step('any', 'Yes.')]))
  const caller = modelCaller(model)(spec, { patterns: { search: () => true }, random: () => 0, spent: () => undefined })
  const move = caller.open({ signal: new AbortController().signal })
  expect(move).toMatchObject({ cause: { kind: 'first_message' } })
  expect(caller.patience).toBeUndefined()
})
