import { describe, expect, test } from 'vitest'
import type { Behaviour, TestProfile } from '../../../../src/domain/document.js'
import { somewhere, text } from '../../../support/build.js'
import { fakeModel } from '../../../support/fake-model.js'
import { audit, auditByRule, transcriptOf } from './caller-stage.js'

const finds = () => fakeModel(() => ({ findings: [] }))

describe('a caller that gives none of its facts', () => {
  const open: Behaviour = { kind: 'instructions', instructions: 'You were charged twice and want a refund.', firstMessage: text('Hi!') }
  const asked = ['agent: Your name?', 'caller: Well.', 'agent: May I have your name?', 'caller: Of course.', 'agent: And what is the name?']

  test('though asked three times by their names is at fault, and no model is asked', async () => {
    const model = finds()
    const conversation = transcriptOf(['exact: Hi!', ...asked, 'caller: Hm.'])
    expect(await audit(model, conversation, open)).toBe('the caller gave none of its facts, though it was asked for them 3 times')
    expect(model.requests).toEqual([])
  })

  test.each<[string, string[], Behaviour]>([
    ['it gave one of them, or a part of it', ['exact: Hi!', ...asked, 'caller: lopez'], open],
    ['it gave the digits of one', ['exact: Hi!', ...asked, 'caller: 4 0 2 1'], open],
    ['it was asked twice', ['exact: Hi!', ...asked.slice(0, 4), 'agent: I see.', 'caller: Hm.'], open],
    ['it may hold them back', ['exact: Hi!', ...asked, 'caller: Hm.'], { ...open, instructions: 'You do not give your name.' }],
  ])('not where %s', async (_, lines, behaviour) => {
    expect(await audit(finds(), transcriptOf(lines), behaviour)).toBeUndefined()
  })
})

const knowing = (facts: TestProfile['callerVariables']): TestProfile => ({
  key: 'm',
  name: 'M',
  at: somewhere,
  agentVariables: {},
  callerVariables: facts,
})

describe('which questions ask for a fact', () => {
  const open: Behaviour = { kind: 'instructions', instructions: 'You want your money back.', firstMessage: text('Hi!') }
  const ask = (question: string, facts: TestProfile['callerVariables']): Promise<string | undefined> => {
    const lines = ['exact: Hi!', ...['Hm.', 'Well.', 'Oh.'].flatMap(reply => [`agent: ${question}`, `caller: ${reply}`])]
    return auditByRule(lines, open, 'caller', knowing(facts))
  }

  test.each([
    ['What is your ID?', 'id'],
    ['Your order number, please?', 'order_number'],
    ['What is the number of your order?', 'order-number'],
    ['And the orderNumber?', 'orderNumber'],
    ['What is your e-mail?', 'email'],
    ['What is your email?', 'e_mail'],
    ['Wie ist Ihre Bestellnummer?', 'bestell_nummer'],
    ['您的订单号是多少？', '订单号'],
  ])('%j asks for %s', async (question, name) => {
    expect(await ask(question, { [name]: 77812 })).toContain('gave none of its facts')
  })

  test.each([
    ['Did you receive the lamp?', 'id'],
    ['How was your stay at our hotel?', 'tel'],
    ['Which surname did you book it with?', 'name'],
    ['Is the order still bordering on late?', 'border'],
    ['What is the number?', 'order_number'],
    ['Are you at the pinboard?', 'pin'],
  ])('%j does not ask for %s', async (question, name) => {
    expect(await ask(question, { [name]: 77812 })).toBeUndefined()
  })
})
