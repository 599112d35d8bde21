import { describe, expect, test } from 'vitest'
import type { Behaviour, TestProfile } from '../../../../src/domain/document.js'
import { somewhere, step, text } from '../../../support/build.js'
import { auditByRule, instructed } from './caller-stage.js'
import { phrases } from './phrases.js'

type Exchange = readonly [agent: string, caller: string]
type Facts = TestProfile['callerVariables']

/** What the rules find of a caller that has opened the call with "Hi!". */
function found(exchanges: readonly Exchange[], behaviour: Behaviour, facts: Facts, by: 'caller' | 'limit'): Promise<string | undefined> {
  const lines = ['exact: Hi!', ...exchanges.flatMap(([agent, caller]) => [`agent: ${agent}`, `caller: ${caller}`])]
  return auditByRule(lines, behaviour, by, { key: 'm', name: 'M', at: somewhere, agentVariables: {}, callerVariables: facts })
}

const refund = instructed('You are a customer. Your lamp arrived damaged. You want your money back.')

/** The same words to each of these. */
const always = (words: string, ...heard: readonly string[]): Exchange[] => heard.map(agent => [agent, words])

/** Questions, answered by these in turn, over and over. */
function saying(asked: readonly string[], ...said: readonly string[]): Exchange[] {
  return asked.map((agent, i) => [agent, said[i % said.length] ?? ''])
}

const offers = [
  'Would you like a discount instead?',
  'May I offer you a pause?',
  'Not even at half the price?',
  'Are you quite sure?',
] as const
const deflections = [
  'I can help you.',
  'What is it about?',
  'Could you describe it?',
  'Have you tried our app?',
  'I see. Anything else?',
] as const

describe('a good caller gives one answer to different questions', () => {
  test.each([
    'Yes.',
    'No.',
    'No, thank you.',
    'Yes, please.',
    'OK',
    '👍',
    ':)',
    'That is right.',
    "I don't know.",
    'I do not have that, sorry.',
    'A-1042',
    'I only want my money back.',
    'I want to speak to a human.',
    'I would like to speak to a human, please.',
    'Please cancel my subscription today.',
    'Ja.',
    'Nein, danke.',
    'Das weiß ich leider nicht.',
    'Ich möchte bitte mit einem Menschen sprechen.',
    'Oui.',
    'Je ne sais pas.',
    'Je voudrais parler à un conseiller, s’il vous plaît.',
    'Sí, por favor.',
    'Quiero hablar con una persona.',
    'Non lo so.',
    'Não, obrigada.',
    'Nee, dank u.',
    'Nie, dziękuję.',
    'Nie wiem.',
    'Ei, kiitos.',
    'Hayır, teşekkürler.',
    'Нет, спасибо.',
    'Я хочу поговорить с человеком.',
    'はい。',
    '人と話したいです。',
    '我想跟人工客服说话。',
    'لا، شكرا.',
    'नहीं, धन्यवाद।',
  ])('%j', async words => {
    for (const heard of [offers, deflections]) expect(await found(always(words, ...heard), refund, {}, 'limit')).toBeUndefined()
  })
})

describe('a good caller gives one answer to a question for a fact, in any language', () => {
  const asked = ['What is your order number?', 'And your order number, please?', 'Could I have your order number?', 'The order number?']

  const answers = Object.entries(phrases).filter(([kind]) => !['at a loss', 'in few words', 'in signs'].includes(kind))

  test.each(answers)('%s', async (_, lines) => {
    for (const line of lines)
      expect([line, await found(always(line, ...asked), refund, { order_number: 'A17-22' }, 'limit')]).toEqual([line, undefined])
  })
})

describe('a good caller repeats itself as it is told to', () => {
  const complaint = 'I was charged two times for just one order, and I am not happy about it.'

  test.each([
    ['by its instructions', instructed('You complain of a double charge, and repeat yourself whatever you hear.')],
    ['in other words', instructed('Du beharrst auf deiner Beschwerde.')],
    ['word by word', instructed(`Whatever you hear, you say "${complaint}"`)],
  ])('%s', async (_, behaviour) => {
    expect(await found(always(complaint, ...deflections), behaviour, {}, 'limit')).toBeUndefined()
  })

  test('by a step of a script that repeats', async () => {
    const act = step({ kind: 'any' }, text('Say that you only want your money back.'), { wording: 'own', repeat: true })
    const script: Behaviour = { kind: 'script', script: { firstMessage: text('Hi!'), steps: [act] } }
    const lines = deflections.flatMap(agent => [`agent: ${agent}`, `step: ${complaint}`])
    expect(await auditByRule(['exact: Hi!', ...lines], script, 'limit')).toBeUndefined()
  })
})

describe('a good caller confirms by repeating', () => {
  test.each<[string, Exchange[], Behaviour]>([
    [
      'a few words',
      [
        ['Tuesday at ten?', 'Tuesday at ten.'],
        ['Doctor Anna Smith?', 'Doctor Anna Smith.'],
      ],
      refund,
    ],
    [
      'whole questions, as statements',
      [
        ['On Tuesday, the third of May?', 'On Tuesday, the third of May.'],
        ['At ten in the morning?', 'At ten in the morning.'],
        ['With Doctor Anna Smith again?', 'With Doctor Anna Smith again.'],
      ],
      refund,
    ],
    [
      'in German',
      [
        ['Am Dienstag um zehn Uhr?', 'Am Dienstag um zehn Uhr.'],
        ['Bei Frau Doktor Anna Schmidt?', 'Bei Frau Doktor Anna Schmidt.'],
        ['Zum ersten Mal bei uns?', 'Zum ersten Mal bei uns.'],
      ],
      refund,
    ],
    [
      'statements, letter by letter',
      ['Your code is four, five, nine.', 'It is valid for one day.', 'Send it to nobody else, please.'].map(line => [line, line] as const),
      refund,
    ],
    [
      'greetings, and asks whether it is heard',
      [
        ['How are you doing today?', 'How are you doing today?'],
        ['Can you hear me now?', 'Can you hear me now?'],
        ['Loud and clear. Goodbye.', 'Goodbye.'],
      ],
      refund,
    ],
    [
      'a tutor, as it is told to',
      ['Wie geht es dir heute?', 'Wo wohnst du denn jetzt?', 'Was möchtest du gerne essen?'].map(line => [line, line] as const),
      instructed('You practise German with a tutor.'),
    ],
  ])('%s', async (_, exchanges, behaviour) => {
    expect(await found(exchanges, behaviour, {}, 'caller')).toBeUndefined()
  })
})

describe('a good caller that gives none of its facts', () => {
  const order = { order: 'A17-22' }
  const number = { order_number: 'A17-22' }
  const asksNumber = ['What is your order number?', 'Sorry, I did not catch it. What is your order number?', 'Your order number, please?']
  const asksName = ['Your name?', 'What is your name, please?', 'Sorry, could you spell your name?']
  const asksBirth = ['What is your date of birth?', 'Sorry, your date of birth?', 'The date of birth, please?']

  test.each<[string, Exchange[], Facts]>([
    [
      'was not asked: the agent knows it',
      [
        ['I see your order arrived damaged. Would you like a refund or a replacement?', 'Yes, thank you.'],
        ['Shall I refund the order to the card?', 'Yes, please.'],
        ['Done, the order is refunded. Is there anything else?', 'Thank you!'],
        ['Was the order late, too?', 'Yes.'],
      ],
      order,
    ],
    ['was asked other things of it', saying(['Did you get the order?', 'Is this your order?', 'Is your order complete?'], 'Yes.'), order],
    [
      'heard its name in offers',
      saying(['May I cancel the order?', 'Can I change your order?', 'Do you need the order today?'], 'Sure.'),
      order,
    ],
    ['was told of it', saying(['Your order is late. OK?', 'Your order is here. Fine?', 'The order, then. Shall we?'], 'Yes.'), order],
    ['gives it in words', saying(asksNumber, 'It is A seventeen twenty-two.', 'Seventeen, twenty-two.', 'A, one seven, two two.'), number],
    ['gives it in German words', saying(asksNumber, 'A siebzehn, zweiundzwanzig.'), number],
    ['gives it in Polish words', saying(asksNumber, 'A siedemnaście, dwadzieścia dwa.'), number],
    ['gives it in part', saying(asksNumber, 'It ends in two two.'), number],
    ['gives another one', saying(asksNumber, 'B-9'), number],
    ['spells it', saying(asksName, 'M-A-R-I-A', 'M, A, R, I, A', 'M as in Mike, A, R, I, A'), { name: 'Maria' }],
    ['writes it in another script', saying(asksName, 'Мария', 'Мария, пожалуйста.'), { name: 'Maria' }],
    ['writes it otherwise', saying(asksName, 'Jon.', 'Well, Jon.'), { name: 'John' }],
    [
      'gives a date in words',
      saying(asksBirth, 'The third of May, nineteen ninety.', 'May third, nineteen ninety.'),
      { date_of_birth: '03/05/1990' },
    ],
    ['gives a day', saying(['What is the date?', 'Which date, please?', 'The date again?'], 'Tomorrow, please.'), { date: '2026-11-30' }],
    [
      'counts by people',
      saying(['The party size?', 'What is the party size?', 'Party size, please?'], 'My wife and I.'),
      { party_size: 2 },
    ],
    ['has none', saying(asksNumber, "I don't have it.", 'I do not know.', 'No.'), number],
    ['has lost it', saying(asksNumber, 'I lost it, sorry.', 'I am looking for it.', 'One moment, please.'), number],
    [
      'has none, in German',
      saying(
        ['Wie ist Ihre Bestellnummer?', 'Und Ihre Bestellnummer?', 'Ihre Bestellnummer, bitte?'],
        'Die habe ich leider nicht.',
        'Keine Ahnung.',
      ),
      { bestellnummer: 'A17-22' },
    ],
    [
      'has none, in French',
      saying(['Quel est votre nom ?', 'Votre nom, s’il vous plaît ?', 'Et votre nom ?'], 'Je ne l’ai pas.'),
      { nom: 'Lopez' },
    ],
    [
      'has none, in Spanish',
      saying(['¿Cuál es su pedido?', '¿Y su pedido?', '¿Su pedido, por favor?'], 'No lo tengo.'),
      { pedido: 'A17-22' },
    ],
    ['asks why', saying(asksName, 'Why do you need it?', 'What for?'), { name: 'Maria' }],
    ['answers at last', saying(asksName, 'Hello!', 'Yes.', 'It is me.'), { name: 'Maria' }],
  ])('%s', async (_, exchanges, facts) => {
    expect(await found(exchanges, refund, facts, 'caller')).toBeUndefined()
  })
})

describe('a broken caller is still found', () => {
  const asked = ['What is your order number?', 'And your order number, please?', 'Could I have your order number?', 'The order number?']

  test.each<[string, string[], string]>([
    ['letters at random', ['asdf jkloe quwertz', 'yxcav bnmi qwoerr', 'plmoa okeni jbuh'], 'the caller said no words'],
    ['one key after another', ['asdf', 'asdf asdf', 'asdfgh', 'asdf'], 'the caller said no words'],
    ['dots', ['...', '???', '…'], 'the caller said no words'],
    ['the agent word by word', asked, 'the caller repeated what the agent said'],
    ['that it is a machine', ['As an AI language model, I cannot have orders.'], 'the caller said that it is a machine'],
    [
      'one long line',
      ['I was charged two times for just one order, and I am not happy about it.'],
      'the caller said the same for the fourth time',
    ],
    ['empty words', ['Hm.', 'Of course.', 'Well, yes.'], 'the caller gave none of its facts'],
    ['thanks', ['Danke!', 'Merci bien.', '¡Gracias!'], 'the caller gave none of its facts'],
  ])('%s', async (_, said, reason) => {
    expect(await found(saying(asked, ...said), refund, { order_number: 'A17-22' }, 'limit')).toContain(reason)
  })
})
