import { expect, test } from 'vitest'
import { createModelJudge } from '../../../../src/adapters/judges/model-judge.js'
import { seededRandom } from '../../../../src/adapters/clocks/system.js'
import { kindByWords } from '../../../../src/domain/claim-kind.js'
import type { ExpectedOutcome, JudgeControl } from '../../../../src/domain/document.js'
import { readControl } from '../../../../src/pipeline/score/judge-control.js'
import { createScorer } from '../../../../src/pipeline/score/score.js'
import type { ModelRequest } from '../../../../src/ports/language-model.js'
import * as build from '../../../support/build.js'
import { fakeModel } from '../../../support/fake-model.js'
import { agent, caller, patterns, transcript } from '../../pipeline/score/conversations.js'
import { conversationCase, use } from './stage.js'

/** A judge that says yes to everything, whatever form its answers have, and outcomes that ask for something. */

/** How many; `npm run soak` tries a thousand. */
const outcomes = Number(process.env['OUTCOMES'] ?? 50)
const held = transcript([caller('My lamp arrived in pieces.'), agent('Mm-hm.')])
const at = build.outcome('').texts[0]!.at

/** What has to happen, and what must not, in each language: a sentence each, and the second halves of sentences. */
const languages = [
  {
    subject: 'The agent',
    and: 'and',
    does: [
      'refunds order A-1042',
      'apologises for the damage',
      'asks for the e-mail address before it refunds anything',
      'opens a ticket within 2 days',
      'tells Maria that no fee is charged',
      'says "Nothing is charged. The agent never swears."',
      'does not hide the fee',
      'does not need to be asked twice to refund order A-1042',
      'not being able to help transfers the call',
    ],
    never: ['never asks for a card number', 'does not promise an exception', 'never says what was ordered, or what it cost'],
  },
  {
    subject: 'Der Agent',
    and: 'und',
    does: ['erstattet die Bestellung A-1042', 'entschuldigt sich für den Schaden'],
    never: ['fragt nie nach einer Kartennummer'],
  },
  {
    subject: 'El agente',
    and: 'y',
    does: ['reembolsa el pedido A-1042', 'pide disculpas por el daño'],
    never: ['nunca pide el número de tarjeta'],
  },
  {
    subject: "L'agent",
    and: 'et',
    does: ['rembourse la commande A-1042', 'présente ses excuses'],
    never: ['ne demande jamais le numéro de carte'],
  },
  {
    subject: "L'agente",
    and: 'e',
    does: ["rimborsa l'ordine A-1042", 'si scusa per il danno'],
    never: ['non chiede il numero della carta'],
  },
  { subject: 'O agente', and: 'e', does: ['reembolsa o pedido A-1042'], never: ['nunca pede o número do cartão'] },
  { subject: 'De agent', and: 'en', does: ['betaalt bestelling A-1042 terug'], never: ['vraagt nooit naar het kaartnummer'] },
  { subject: 'Agent', and: 'i', does: ['zwraca pieniądze za zamówienie A-1042'], never: ['nigdy nie pyta o numer karty'] },
  { subject: 'Агент', and: 'и', does: ['возвращает деньги за заказ A-1042'], never: ['никогда не спрашивает номер карты'] },
  { subject: '客服', and: '并且', does: ['为订单A-1042退款', '向顾客道歉'], never: ['从不询问卡号'] },
  { subject: 'エージェントは', and: '、', does: ['注文A-1042を返金する'], never: ['カード番号を決して尋ねない'] },
]

const joiners = [
  ' / ',
  ' -> ',
  ' → ',
  ' | ',
  ' · ',
  '、',
  ' ✅ ',
  ' 2) ',
  '\n- ',
  ' ',
  ' whereas it ',
  ' when the agent ',
  ' if it ',
  ' having ',
  ' weil er ',
  ' aunque ',
]

type Random = () => number
const pick = <T>(from: readonly T[], random: Random): T => from[Math.floor(random() * from.length)]!

function makeOutcome(random: Random): ExpectedOutcome {
  const { subject, and, does, never } = pick(languages, random)
  const parts = [pick(does, random), ...(random() < 0.7 ? [pick(never, random)] : []), ...(random() < 0.3 ? [pick(does, random)] : [])]
  if (random() < 0.5) parts.reverse()
  const sentences = parts.map(part => `${subject} ${part}.`)
  switch (Math.floor(random() * 8)) {
    case 0:
      return build.outcome(sentences.join(' '))
    case 1:
      return build.outcome(`${subject} ${parts.join(` ${and} `)}.`)
    case 2:
      return build.outcome(`${subject} ${parts.join(', ')}`)
    case 3:
      return build.outcome(`- ${sentences.join('\n- ')}`)
    case 4:
      return build.outcome([...new Set(sentences)])
    case 5:
      return build.outcome(parts.map(part => `${subject} ${part}`).join('\n'))
    case 6:
      return build.outcome(`${subject} ${parts.join(pick(joiners, random))}`)
    default:
      return {
        kind: 'claims',
        texts: [...new Set(sentences)]
          .map(text => ({ text, at }))
          .concat({ text: `Never: ${subject} laughs.`, at, kind: 'never' } as never),
      }
  }
}

/** Any split of an outcome: none of it, all of it, its parts, its words in another order, denials of all of it, something else. */
function makeSplit(text: string, random: Random): string[] {
  const words = text.match(/\S+/g) ?? []
  const shuffled = words.toSorted(() => random() - 0.5)
  const denial = text
    .split(/[.,\n]| (?:and|und|y|et|e|en|i|и) /)
    .filter(part => kindByWords(part.trim()) === 'never' || /never|not|nie|nunca|jamais|non|nooit/.test(part))
  return pick<string[]>(
    [
      [text],
      text.split(/(?<=[.,\n])\s*/),
      text.split(/, | and | und | y | et | e | en /),
      text.split(/(?<=\bthat )|(?<=\bsays ")|(?<=charged\. )/),
      text.split(/(?<=\bthat )|(?<=\bsays ")|(?<=charged\. )/).toReversed(),
      ['A'],
      ['A', 'B', 'The agent never shouts.'],
      denial,
      denial.map(part => `The agent ${part.trim()}`),
      [`The agent never ${text}`],
      words.map(word => `The agent never ${word}`),
      [`never ${shuffled.join(' ')}`],
      [shuffled.join(' ')],
      [`The agent never does this: ${text}`],
      ['The agent stays polite.'],
      ['The agent stays polite.', text.replaceAll(/\b(?:refunds|erstattet|apologises)\b/g, 'never refunds')],
      ['It is never refused.', ...words.map((_, i) => words.slice(i, i + 3).join(' '))],
    ],
    random,
  )
}

/** Yes to every claim: any quote that stands there, or none, with or without its turn, in any order. */
function sayYes({ answer: { schema } }: ModelRequest, random: Random): object {
  const quote = pick(['Mm-hm.', 'mm-hm', 'Mm', 'hm', ''], random)
  const turn = pick([1, 1, 1, null, 0, 7], random)
  const entries = Object.entries(schema['properties'] as Record<string, { readonly required: readonly string[] }>).map(
    ([number, { required }]) => {
      const place = required.includes('turn') ? { turn } : { turns: pick([[1], [], [0, 1, 2]], random) }
      return [number, { reason: pick(['It is met.', '', 'x'.repeat(5000)], random), ...place, quote, verdict: 'met' }]
    },
  )
  return Object.fromEntries(random() < 0.5 ? entries : entries.toReversed())
}

test.each([1, 3])(
  `a judge that says yes to everything passes none of ${outcomes} outcomes on an agent that does nothing: %i votes`,
  async votes => {
    const random = seededRandom(votes)
    const passed: unknown[] = []
    let right = 0
    for (let i = 0; i < outcomes; i += 1) {
      const expectedOutcome = makeOutcome(random)
      let asked = 0
      const model = fakeModel(request => {
        if (request.purpose === 'judge, empty control') asked += 1
        return request.answer.name === 'claims' ? { claims: makeSplit(request.messages.at(-1)!.content, random) } : sayYes(request, random)
      })
      const judge = createModelJudge(model, { votes })
      const score = createScorer({ metrics: [], patterns, judge })
      const subject = conversationCase({ expectedOutcome })
      for (let run = 0; run < 2; run += 1) {
        const { holds, outcome } = await score(subject, held, use)
        if (holds === 'yes') passed.push({ texts: expectedOutcome.texts.map(({ text }) => text), outcome })
      }
      expect(asked).toBeLessThanOrEqual(1)

      // An author's control says the same of that judge.
      const control: JudgeControl = {
        key: 'does_nothing',
        at,
        scenario: subject.case.scenario,
        transcript: held,
        expect: { outcome: 'not_met', metrics: [] },
      }
      const reading = await readControl({ control, agent: subject.entry.agent }, { judge, metrics: [], patterns }, use)
      if (reading.holds === 'yes') right += 1
    }
    expect(passed).toEqual([])
    expect(right).toBe(0)
  },
  60_000 + 500 * outcomes,
)
