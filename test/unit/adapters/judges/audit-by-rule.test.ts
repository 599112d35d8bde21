import { describe, expect, test } from 'vitest'
import type { Behaviour } from '../../../../src/domain/document.js'
import { step, text } from '../../../support/build.js'
import { auditByRule, instructed } from './caller-stage.js'

const refund = instructed('You want a refund.')
const asks = 'agent: What is your order number?'
const asksAgain = 'agent: Could you tell me your order number, please?'

/** What the agent says, as its caller says it back. */
function back(line: string): string {
  return line.replace(/^agent/, 'caller')
}

describe('a caller that never answers', () => {
  const reason = 'the caller said nothing of its own after its first turn, though the agent spoke to it'

  test.each([
    ['a question, after its first message', ['exact: Hello.', asks, 'idle: Hello?', asksAgain], 'limit'],
    ['a question, after words of its own', ['caller: I want a refund.', asks, 'idle: Hello?', 'agent: Bye.'], 'agent'],
    ['anything until a limit', ['exact: Hello.', 'agent: The number, please.', 'idle: Hello?', 'agent: Well?!', 'idle: Hello?'], 'limit'],
  ] as const)('%s, is at fault', async (_, lines, by) => {
    expect(await auditByRule(lines, refund, by)).toBe(reason)
  })

  test.each([
    ['it waits for an agent at work', ['exact: Hi.', 'agent: One moment.', 'idle: Hello?', 'agent: Refunded. Goodbye.'], 'agent'],
    ['it hangs up without a word when all is done', ['exact: Hi.', 'agent: You are refunded.'], 'caller'],
    ['its first message is all that max_turns admits', ['exact: Hi.', asks], 'limit'],
    ['the agent falls silent', ['exact: Hi.', 'idle: Hello?', 'idle: Hello?', 'agent: Yes?'], 'limit'],
    ['it answers later', ['exact: Hi.', asks, 'idle: Hello?', asksAgain, 'caller: I do not have that.'], 'caller'],
  ] as const)('not where %s', async (_, lines, by) => {
    expect(await auditByRule(lines, refund, by)).toBeUndefined()
  })

  test('a script waits for what its steps answer', async () => {
    const steps = [step({ kind: 'any' }, text('Thank them.'), { wording: 'own' })]
    const script: Behaviour = { kind: 'script', script: { firstMessage: text('Hello.'), steps } }
    expect(await auditByRule(['exact: Hello.', asks, 'idle: Hello?', asksAgain, 'idle: Hello?'], script, 'limit')).toBeUndefined()
  })
})

describe('a caller that gives the agent its own words back', () => {
  const asksWhy = 'agent: Why would you like to have it refunded?'

  test.each([
    [['caller: I want a refund.', asks, back(asks), asksAgain, back(asksAgain), asksWhy, back(asksWhy), asks, 'caller: Thank you, bye.']],
    [[back(asks), asks, back(asks), asksAgain, back(asksAgain), asks]],
    [
      [
        'caller: I want a refund.',
        asks,
        'caller: what is your order number',
        asksAgain,
        'caller: Could you tell me your order number please?',
        asksWhy,
        'caller: why would you like to have it refunded??',
      ],
    ],
    [
      [
        'exact: Hi.',
        asks,
        back(asks),
        'agent: One moment. ',
        'agent: Well then.',
        'caller: One moment. Well then.',
        asksAgain,
        back(asksAgain),
      ],
    ],
  ])('most of the time is at fault: %j', async lines => {
    expect(await auditByRule(lines, refund)).toContain(': the caller repeated what the agent said: "')
  })

  test.each([
    ['once, to make sure', ['exact: Hi.', asks, 'caller: What is your order number?', asks, 'caller: I do not have that.']],
    ['in greetings', ['agent: Hello!', 'caller: Hello!', 'agent: Thank you.', 'caller: Thank you.', 'agent: Goodbye!', 'caller: Goodbye!']],
    [
      'where the agent repeats its caller',
      [
        'caller: I want a refund.',
        'agent: I want a refund.',
        'caller: I want a refund.',
        'agent: I want a refund.',
        'caller: I want a refund.',
      ],
    ],
  ])('not %s', async (_, lines) => {
    expect(await auditByRule(lines, refund)).toBeUndefined()
  })
})

describe('a caller that takes the part of the agent', () => {
  test.each([
    [
      ['caller: As an AI language model, I cannot play a caller.', asks],
      'turn 1: the caller said that it is a machine: "as an ai language model, i"',
    ],
    [
      ['exact: Hi.', asks, 'caller: Ich bin nur ein Sprachmodell.'],
      'turn 2: the caller said that it is a machine: "ich bin nur ein sprachmodell"',
    ],
    [['caller: Hello! How can I help you today?', asks], 'turn 1: the caller spoke for the agent: "how can i help you"'],
    [
      [
        'caller: How may I assist you?',
        asks,
        'caller: I see.',
        asksAgain,
        'caller: Is there anything else I can help you with?',
        asks,
        'caller: Bye.',
      ],
      'turn 1: the caller spoke for the agent: "how may i assist you"',
    ],
  ])('%j is at fault', async (lines, reason) => {
    expect(await auditByRule(lines, refund)).toBe(reason)
  })

  test.each([
    [
      'who is called and asks once',
      ['agent: Is this Maria?', 'caller: It is. How can I help you?', 'agent: I sell lamps.', 'caller: No, thanks.'],
      refund,
    ],
    ['who is told to offer help', ['caller: How can I help you?', asks], instructed('You answer the phone with "How can I help you?"')],
    [
      'who is told to be a machine',
      ['caller: I am an AI assistant, calling for Maria.', asks],
      instructed('You are an AI assistant of Maria.'),
    ],
    [
      'who asks whether the agent is one',
      ['caller: Am I speaking with an AI? I want a person.', asks, 'caller: Are you a chatbot?'],
      refund,
    ],
  ])('not one %s', async (_, lines, behaviour) => {
    expect(await auditByRule(lines, behaviour)).toBeUndefined()
  })
})
