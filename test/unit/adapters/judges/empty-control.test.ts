import { describe, expect, test } from 'vitest'
import { createModelJudge } from '../../../../src/adapters/judges/model-judge.js'
import { AnswerCut, AnswerUnusable, type ModelRequest } from '../../../../src/ports/language-model.js'
import type { Scenario } from '../../../../src/domain/document.js'
import * as build from '../../../support/build.js'
import { agent, caller, transcript } from '../../pipeline/score/conversations.js'
import { bySentence, conversationCase, modelThat, use, verdicts, type Spoken } from './stage.js'

const held = transcript([caller('I was charged twice.'), agent('I have refunded you.')])
const met = { quote: 'refunded', turn: 1 }

const isControl = ({ purpose }: ModelRequest): boolean => purpose === 'judge, empty control'
const tasksOf = ({ messages }: ModelRequest): string[] =>
  messages
    .at(-1)!
    .content.split('\n')
    .filter(line => line.startsWith('{"claim"'))

/** Says of each claim on the empty control what a test wants. */
function modelWith(onControl: string | ((nth: number) => string)): Spoken {
  return modelThat({
    claims: bySentence,
    claim_verdicts(request) {
      const said = verdicts(met, met, met)(request) as Record<string, object>
      if (!isControl(request)) return said
      return Object.fromEntries(
        Object.entries(said).map(([number, each]) => [
          number,
          { ...each, verdict: typeof onControl === 'string' ? onControl : onControl(Number(number)) },
        ]),
      )
    },
  })
}

async function judged(model: Spoken, expectedOutcome: Scenario['expectedOutcome'], more: Partial<Scenario> = {}) {
  const judge = createModelJudge(model, { votes: 1 })
  const subject = conversationCase({ ...more, ...(expectedOutcome && { expectedOutcome }) })
  const { outcome } = await judge.judge(subject, held, [], use)
  await judge.judge(subject, held, [], use)
  return outcome
}

describe('what does not depend on a conversation', () => {
  test('is asked ahead, once for each case, and not again when the conversation is judged', async () => {
    const model = modelWith('not_met')
    const judge = createModelJudge(model, { votes: 1 })
    const subject = conversationCase({ expectedOutcome: build.outcome('The agent refunds. The agent apologises.') })
    await Promise.all([judge.prepare(subject, use), judge.prepare(subject, use)])
    expect(model.asked.map(({ purpose }) => purpose)).toEqual(['judge, claims of an expected outcome', 'judge, empty control'])
    expect(judge.prepare(subject, use)).toBeUndefined()
    const { outcome } = await judge.judge(subject, held, [], use)
    expect(outcome?.claims).toHaveLength(2)
    expect(model.asked.slice(2).map(({ purpose }) => purpose)).toEqual(['judge, expected outcome'])
  })

  test('is asked again after a failure, which nobody else meets', async () => {
    let fails = true
    const model = modelThat({
      claims(request) {
        if (fails) throw new Error('out of order')
        return bySentence(request)
      },
      claim_verdicts: verdicts(met),
    })
    const judge = createModelJudge(model, { votes: 1 })
    const subject = conversationCase({ expectedOutcome: build.outcome('The agent refunds.') })
    await judge.prepare(subject, use)
    fails = false
    await judge.prepare(subject, use)
    expect((await judge.judge(subject, held, [], use)).outcome?.claims[0]).toMatchObject({ holds: 'yes' })
    expect(model.asked).toHaveLength(4)
  })

  test('is not asked of an outcome that has no value for a placeholder, nor where there is no outcome', () => {
    const judge = createModelJudge(modelWith('not_met'), { votes: 1 })
    expect(judge.prepare(conversationCase({ expectedOutcome: build.outcome('{{test_profile.name}} is refunded.') }), use)).toBeUndefined()
    expect(judge.prepare(conversationCase(), use)).toBeUndefined()
  })
})

describe('the empty control', () => {
  test('asks once a suite about all claims that have to happen, in one question', async () => {
    const model = modelWith('not_met')
    const outcome = await judged(model, build.outcome(['The agent refunds.', 'The agent never shouts.', 'The agent apologises.']))
    expect(outcome?.claims[0]).toMatchObject({ kind: 'happens', holds: 'yes' })
    const asked = model.asked.filter(isControl)
    expect(asked.map(tasksOf)).toEqual([
      ['{"claim":1,"kind":"happens","text":"The agent refunds."}', '{"claim":2,"kind":"happens","text":"The agent apologises."}'],
    ])
    expect(asked[0]?.messages.at(-1)?.content).toContain('{"turn":1,"agent":"Mm-hm."}')
  })

  test("begins with the caller's first words, without the values of a case", async () => {
    const model = modelWith('not_met')
    const firstMessage = build.text('I am {{test_profile.name}} and was charged twice.')
    await judged(model, build.outcome(['The agent refunds.']), {
      behaviour: { kind: 'instructions', instructions: 'Be calm.', firstMessage },
    })
    expect(model.asked.find(isControl)?.messages.at(-1)?.content).toContain('{"turn":1,"caller":"I am ... and was charged twice."}')
  })

  test('a claim that is found met there is unknown in every conversation, and named; the others stand', async () => {
    const outcome = await judged(
      modelWith(nth => (nth === 1 ? 'met' : 'not_met')),
      build.outcome(['The agent refunds.', 'The agent apologises.']),
    )
    expect(outcome).toMatchObject({
      score: null,
      claims: [
        { claim: 'The agent refunds.', holds: 'unknown', because: expect.stringContaining('the agent only says "Mm-hm."') as string },
        { claim: 'The agent apologises.', holds: 'yes' },
      ],
    })
  })

  test('says how to write a denial or a manner, which it meets rightly', async () => {
    const outcome = await judged(modelWith('met'), build.outcome(['The agent is patient.']))
    expect(outcome?.claims[0]?.because).toMatch(/"Mm-hm\." .*a denial as \{ never: \.\.\. \}, and a manner as \{ always: \.\.\. \}$/)
  })

  test('that the judge cannot tell there leaves its verdicts alone', async () => {
    expect((await judged(modelWith('cannot_tell'), build.outcome(['The agent refunds.'])))?.score).toBe(100)
  })

  test('there is none for what only denies or describes a manner, nor for a control of the author, nor where it is turned off', async () => {
    const model = modelWith('met')
    await judged(model, {
      kind: 'claims',
      texts: build.outcome(['Never: The agent shouts.']).texts.map(each => ({ ...each, kind: 'never' as const })),
    })
    await judged(model, build.outcome('The agent stays polite.'))
    const subject = conversationCase({ expectedOutcome: build.outcome(['The agent refunds.']) })
    const { outcome } = await createModelJudge(model, { votes: 1 }).judge({ ...subject, isControl: true }, held, [], use)
    await createModelJudge(model, { votes: 1, emptyControl: false }).judge(subject, held, [], use)
    expect(outcome?.score).toBe(100)
    expect(model.asked.filter(isControl)).toEqual([])
  })

  test('without a usable answer there the claims are unknown, and nobody asks again', async () => {
    const unusable = new AnswerUnusable({ by: 'infra', code: 'judge_model', message: 'It wrote a poem.' })
    const model = modelThat({
      claim_verdicts(request) {
        if (isControl(request)) throw unusable
        return verdicts(met)(request)
      },
    })
    const because = expect.stringMatching(/empty control.*It wrote a poem\./) as string
    expect(await judged(model, build.outcome(['The agent refunds.']))).toMatchObject({
      score: null,
      claims: [{ holds: 'unknown', because }],
    })
    expect(model.asked.filter(isControl)).toHaveLength(1)
  })

  test('it is no cheaper or dearer with votes: one answer is enough to show that a judge says yes', async () => {
    const model = modelWith('met')
    const { outcome } = await createModelJudge(model, { votes: 3 }).judge(
      conversationCase({ expectedOutcome: build.outcome(['The agent refunds.']) }),
      held,
      [],
      use,
    )
    expect(model.asked.filter(isControl)).toHaveLength(1)
    expect(outcome?.claims[0]).toMatchObject({ holds: 'unknown', votes: { yes: 3, no: 0, unknown: 0 } })
  })
})

describe('claims', () => {
  test('that were split so that a part was lost are judged whole, and it says so', async () => {
    const text = 'The agent apologises, asks for the e-mail address before it refunds anything, and refunds order A-1042.'
    const model = modelThat({ claims: () => ({ claims: ['A'] }), claim_verdicts: verdicts({ verdict: 'not_met', turn: null }) })
    expect(await judged(model, build.outcome(text))).toMatchObject({
      score: 0,
      claims: [{ claim: text, kind: 'happens', holds: 'no' }],
      notSplit: 'it has no claim of three words or more',
    })
  })

  test("of the author are not asked about: their kinds are the author's, or those of their words", async () => {
    const model = modelWith('not_met')
    const [first, second, third] = build.outcome(['The agent refunds.', 'The agent never shouts.', 'Always: The agent is brief.']).texts
    const outcome = await judged(model, { kind: 'claims', texts: [first!, second!, { ...third!, kind: 'always' }] })
    expect(outcome?.claims.map(({ kind }) => kind)).toEqual(['happens', 'never', 'always'])
    expect(model.asked.map(({ answer }) => answer.name)).not.toContain('claims')
  })

  test.each([
    ['cut off', AnswerCut, 'it was cut off'],
    ['unusable', AnswerUnusable, 'it is not of the shape asked for'],
  ])('that are %s in their split are judged whole', async (_, Cause, notSplit) => {
    const model = modelThat({
      claims() {
        throw new Cause({ by: 'infra', code: 'judge_model', message: 'No.' })
      },
      claim_verdicts: verdicts(met),
    })
    expect(await judged(model, build.outcome('The agent refunds and apologises.'))).toMatchObject({ score: 100, notSplit })
    expect(model.asked.filter(({ answer }) => answer.name === 'claims')).toHaveLength(1)
  })
})

test('one vote without a usable answer is one that cannot tell', async () => {
  const model = modelThat({
    claim_verdicts(request) {
      if (request.vote === 1) throw new AnswerUnusable({ by: 'infra', code: 'judge_model', message: 'It wrote a poem.' })
      return verdicts(met)(request)
    },
  })
  const judge = createModelJudge(model, { votes: 3, emptyControl: false })
  const subject = conversationCase({ expectedOutcome: build.outcome(['The agent refunds.']) })
  expect((await judge.judge(subject, held, [], use)).outcome?.claims).toMatchObject([
    { holds: 'yes', votes: { yes: 2, no: 0, unknown: 1 } },
  ])
})

describe('verdicts that are cut off', () => {
  const claims = ['one', 'two', 'three'].map(nth => `The agent refunds charge ${nth}.`)
  const cut = new AnswerCut({ by: 'infra', code: 'judge_model', message: 'Cut.' })

  function cuttingAbove(most: number): Spoken {
    return modelThat({
      claim_verdicts(request) {
        if (tasksOf(request).length > most) throw cut
        return verdicts(met, met, met)(request)
      },
    })
  }
  const ask = (model: Spoken) =>
    createModelJudge(model, { votes: 1, emptyControl: false }).judge(
      conversationCase({ expectedOutcome: build.outcome(claims) }),
      held,
      [],
      use,
    )

  test('are asked for once more, about half of the claims at a time, by their own numbers', async () => {
    const model = cuttingAbove(2)
    expect((await ask(model)).outcome?.score).toBe(100)
    expect(
      model.asked.map(request =>
        tasksOf(request)
          .map(line => line.slice(9, 10))
          .join(''),
      ),
    ).toEqual(['123', '12', '3'])
    expect(model.asked.map(({ mayBe }) => mayBe)).toEqual(['unusable', 'unusable', 'unusable'])
    expect(model.asked[1]?.messages.at(-1)?.content).toContain('Use as few words as you can')
  })

  test('a second time leave their claims undecided, and no others', async () => {
    expect((await ask(cuttingAbove(0))).outcome).toMatchObject({
      score: null,
      claims: claims.map(() => ({ holds: 'unknown', because: 'Cut.' })),
    })
    const cutsThird = modelThat({
      claim_verdicts(request) {
        const [only, ...more] = tasksOf(request)
        if (more.length > 1 || only?.includes('three')) throw cut
        return verdicts(met, met)(request)
      },
    })
    expect((await ask(cutsThird)).outcome?.claims.map(({ holds }) => holds)).toEqual(['yes', 'yes', 'unknown'])
  })
})
