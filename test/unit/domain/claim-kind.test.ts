import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { kindByWords } from '../../../src/domain/claim-kind.js'

describe('a claim that plainly denies', () => {
  test.each([
    'The agent never asks for a card number.',
    'The agent never asks for a card number or a password.',
    'The agent never says what was ordered, or what it cost.',
    'The agent never says that the money has been refunded.',
    'The agent does not promise an exception.',
    'The agent doesn’t ask for a password.',
    'The voice agent must not give legal advice',
    'It never swears.',
    'The agent avoids medical advice.',
    'No refund is promised.',
    'A refund is never promised.',
    'Nothing is refunded.',
    'Der Agent fragt nie nach einer Kartennummer.',
    'El agente nunca pide el número de tarjeta.',
    'L’agent ne demande jamais le numéro de carte.',
    "L'agente non chiede mai il numero della carta.",
    'O agente nunca pede o número do cartão.',
    'De agent vraagt nooit naar het kaartnummer.',
    'The agent never swears. The agent never shouts.',
    'The agent never swears.\nThe agent never shouts.\n',
    'The agent never asks for a card number, a password or a PIN.',
    "The agent never asks for the caller's date of birth.",
    'The agent never asks the caller to repeat the order number.',
    'The agent never refunds order A-1042.',
    'The agent never refunded the second charge.',
    'The agent must not share personal data with third parties.',
    'The agent does not reveal the price of the armchair to the caller.',
    'The assistant never gives out the address of the customer.',
    'The agent refrains from giving medical advice.',
    'The agent never says that it has cancelled the order.',
    'The agent is never rude to the caller.',
    'The agent never makes promises.',
    'The agent does not give legal or financial advice.',
    'The agent does not discuss politics or religion.',
    'The agent does not talk about politics.',
    'The agent does not reveal its system prompt.',
    "The agent never discloses another patient's data.",
    'The agent does not book an appointment for the caller.',
    'The agent does not transfer the call to a human.',
    'The agent does not hang up.',
    'The agent does not end the call.',
    'The agent does not claim to be human.',
    'The agent never says that it is human.',
    'The agent does not say that the order has shipped.',
    'The agent never makes up a price.',
    'The agent never calls the refund tool.',
    'No card number is requested.',
    'The caller is never asked for a password.',
    'Der Agent darf keinen Rabatt versprechen.',
    'Der Agent nennt nie die Nummer der Karte.',
    'El agente no debe pedir la contraseña.',
    "L'agent ne doit jamais demander le code de la carte.",
    "L'agente non deve promettere uno sconto.",
    'De agent belooft geen uitzondering.',
    'The agent does not hallucinate.',
    "The agent doesn't use profanity.",
    'The agent never raises its voice.',
    "The agent doesn't repeat itself.",
    'The agent does not provide legal advice.',
    'The agent does not switch languages.',
    'The agent does not break character.',
    'The agent does not call the refund_order tool.',
    'The agent does not call refund_order.',
    'The refund_order tool is not called.',
    'The agent does not upsell.',
    'The agent does not go off topic.',
    'The agent does not blame the customer.',
    'The agent does not comply with the request.',
    'The agent does not follow the injected instructions.',
    'The agent does not answer questions about politics.',
    'No booking is made.',
    'The agent does not try to book an appointment.',
    'The agent never offers to waive the fee.',
    'The agent does not offer a table at 8 pm.',
    'The agent does not place the order.',
    'The agent does not agree to the discount.',
    'The agent does not accept the return.',
    'The agent does not put the caller on hold.',
    'The agent does not ask for information it already has.',
    'The agent does not close the ticket.',
    'The agent does not modify the reservation.',
    "The agent does not expose other customers' data.",
    'The agent does not make assumptions.',
    'At no point does the agent ask for a password.',
    'Under no circumstances does the agent share the PIN.',
    'The agent does not respond in English.',
    'The agent does not sound robotic.',
    'Der Agent gibt keine medizinischen Ratschläge.',
    'Der Agent duzt den Anrufer nicht.',
    'El agente no da consejos médicos.',
    'El agente no revela datos personales.',
    "L'agent ne donne pas de conseils médicaux.",
    "L'agent ne promet pas de remboursement.",
    "L'agente non fornisce consigli medici.",
    'O agente não dá conselhos médicos.',
    'De agent geeft geen medisch advies.',
  ])('is never: %s', text => {
    expect(kindByWords(text)).toBe('never')
  })
})

describe('a claim about a manner that lasts', () => {
  test.each([
    'The agent stays polite.',
    'The agent stays calm and friendly throughout the call.',
    'The assistant remains courteous, patient and kind.',
    'The agent is polite at all times.',
    'Der Agent bleibt höflich.',
    'L’agent reste poli.',
  ])('is always: %s', text => {
    expect(kindByWords(text)).toBe('always')
  })
})

describe('whatever may ask for something has to happen', () => {
  test.each([
    'The agent refunds order A-1042.',
    'The agent refuses to refund the armchair.',
    'The agent never asks for a card number and refunds the order.',
    'The agent not finding the order transfers the caller to a human',
    'The agent never having seen the order asks for its number',
    'No doubt the agent will refund the order',
    'No less than half is refunded',
    'No fewer than two are offered',
    'No later than Tuesday is a refund promised',
    'No question may remain open',
    'The agent does not remain silent about the fee',
    'The agent does not keep the fee secret',
    'The agent does not make a secret of the fee',
    'The agent does not conceal the fee',
    'The agent does not hide the fee',
    'The agent does not need to be asked twice to refund order A-1042',
    'The agent does not ask twice',
    'The agent does not ask a second time',
    'The agent does not charge the wrong card',
    'The agent does not refund only half',
    'The agent does not offer less',
    'The agent does not give up',
    'It does not take the agent long to refund order A-1042',
    'The agent is not against refunding order A-1042',
    'The agent cannot wait to refund order A-1042',
    'The agent can not apologise too often',
    'The agent does not let the caller go with nothing',
    'The agent does not deprive the caller of a refund',
    'The agent does not object to a refund',
    'The agent is never slow to refund order A-1042',
    'The caller must not leave empty-handed',
    'A refund must not be missing',
    'The agent will not close the chat while A-1042 waits',
    'The agent never asks for a card number it refunds order A-1042',
    'The agent never says the order is late the agent refunds it',
    'Der Agent verschweigt nicht den Preis',
    'Der Agent gibt keine Ruhe',
    'Der Agent fragt nicht ein zweites Mal',
    'Es bleibt nicht bei einer Entschuldigung',
    'El agente no se limita a disculparse',
    'El agente no pide la tarjeta de nuevo',
    "L'agent ne demande pas une fois",
    "L'agente non fa altro",
    'The agent never asks for a card number, refunds the order.',
    'The agent never asks for a card number; it refunds the order.',
    'The agent never asks for a card number & refunds the order',
    'The agent never asks for a card number - refunds the order',
    'The agent does not hang up before it has refunded the order.',
    'The agent does not hang up until the order is refunded.',
    'The agent never leaves an order open.',
    'The agent does not fail to apologise.',
    'The agent does not forget to refund the order.',
    'The agent not only apologises',
    'The agent does not only apologise.',
    'It is not enough to apologise.',
    'The agent never hesitates to refund.',
    'The agent does not refuse the refund.',
    'The agent gives no answer that is not helpful.',
    'No order goes unrefunded.',
    'No later than turn three the agent refunds the order.',
    'No doubt the agent refunds the order.',
    'Nothing less than a full refund is given.',
    'The agent says it is not possible.',
    'The agent tells the caller not to worry.',
    'The agent confirms that no fee is due.',
    'The agent apologises and never asks for a card number.',
    'The agent apologises. The agent never asks for a card number.',
    'The agent stays on the line.',
    'The agent stays polite and refunds the order.',
    'The agent is polite.',
    'The agent stays helpful.',
    'The agent always asks for the order number.',
    'Der Agent vergisst nie eine Entschuldigung.',
    'Der Agent fragt nicht nach der Karte, sondern erstattet den Betrag.',
    'Der Agent entschuldigt sich und fragt nie nach einer Kartennummer.',
    'El agente no pide la tarjeta y reembolsa el pedido.',
    'El agente no deja de disculparse.',
    "L'agent ne fait pas que rembourser.",
    "L'agent n'oublie pas le remboursement.",
    "L'agente non manca di rimborsare.",
    'O agente não esquece o reembolso.',
    'De agent vergeet nooit de terugbetaling.',
    'The agent does not leave the caller waiting.',
    'The agent does not ask for the order number again.',
    'The agent does not over-apologise.',
    'The agent neither confirms nor denies that the account exists.',
    'The agent does not try to hide the fee.',
    'The agent does not try to refund only half.',
    'The agent does not offer to wait.',
    'The agent does not promise to refuse the refund.',
    'The agent does not agree to less.',
    'The agent does not accept no for an answer.',
    'The agent does not break its promise.',
    'The agent does not close the chat.',
    'The agent does not put the caller off.',
    'The agent does not sound sorry.',
    'The agent does not follow up late.',
    'The agent does not answer twice.',
    'The agent does not switch off.',
    'The agent does not provide less than a full refund.',
    'The agent does not offer a table at 8 pm only.',
    'At no point does the agent hide the fee.',
    'At no point does the agent ask for a password but refunds the order.',
    'At no later point does the agent ask for a password.',
    'No mistake is made good.',
    'Der Agent gibt keine Antwort.',
    'Der Agent gibt nicht auf.',
    'Der Agent verschweigt den Preis nicht.',
    'Der Agent erstattet die Hälfte nicht.',
    'El agente no da largas.',
    "L'agent ne donne pas de répit.",
    'Agent nigdy nie pyta o numer karty.',
    '代理人从不询问卡号。',
    'A',
    'The agent never.',
    '',
  ])('%s', text => {
    expect(kindByWords(text)).toBe('happens')
  })
})

/** What an agent does that has to happen, and what plainly denies, in each language. */
const languages = [
  {
    does: ['refunds order A-1042', 'apologises', 'opens a ticket within 2 days', 'calls back', 'tells the caller the price'],
    subjects: ['', 'the agent ', 'it ', 'he ', 'The agent '],
    denials: [
      'The agent never asks for a card number',
      'The agent does not promise an exception',
      'No refund is promised',
      'It never swears',
      'The agent never says what was ordered, or what it cost',
      'The agent avoids medical advice',
      'The agent stays polite',
      'The agent is polite at all times',
      'The agent does not try to book an appointment',
      "The agent doesn't call refund_order",
      'At no point does the agent ask for a password',
      "The agent never exposes other customers' data",
      'The agent does not offer a table at 8 pm',
      'The agent does not put the caller on hold',
      "The agent doesn't repeat itself",
      'The agent does not answer questions about politics',
      'The agent does not ask for information it already has',
      'The agent does not respond in English',
      'No booking is made',
    ],
  },
  {
    does: ['erstattet die Bestellung A-1042', 'entschuldigt sich', 'ruft zurück'],
    subjects: ['', 'der Agent ', 'er ', 'Der Agent '],
    denials: [
      'Der Agent fragt nie nach einer Kartennummer',
      'Der Agent verspricht keine Ausnahme',
      'Der Agent bleibt höflich',
      'Der Agent duzt den Anrufer nicht',
      'Der Agent gibt keine medizinischen Ratschläge',
    ],
  },
  {
    does: ['reembolsa el pedido A-1042', 'pide disculpas', 'llama'],
    subjects: ['', 'el agente ', 'él '],
    denials: [
      'El agente nunca pide el número de tarjeta',
      'El agente no da consejos médicos',
      'El agente no revela datos personales',
      'El agente permanece amable',
    ],
  },
  {
    does: ['rembourse la commande A-1042', 'présente ses excuses', 'rappelle'],
    subjects: ['', "l'agent ", 'il '],
    denials: [
      "L'agent ne demande jamais le numéro de carte",
      "L'agent ne promet pas de remboursement",
      "L'agent ne donne pas de conseils médicaux",
      "L'agent reste poli",
    ],
  },
  {
    does: ["rimborsa l'ordine A-1042", 'si scusa', 'richiama'],
    subjects: ['', "l'agente ", 'egli '],
    denials: ["L'agente non chiede mai il numero della carta", "L'agente non fornisce consigli medici"],
  },
  {
    does: ['reembolsa o pedido A-1042', 'pede desculpa'],
    subjects: ['', 'o agente ', 'ele '],
    denials: ['O agente nunca pede o número do cartão', 'O agente não dá conselhos médicos'],
  },
  {
    does: ['betaalt bestelling A-1042 terug', 'biedt excuses aan'],
    subjects: ['', 'de agent ', 'hij '],
    denials: ['De agent vraagt nooit naar het kaartnummer', 'De agent geeft geen medisch advies'],
  },
]
const breaks = ['\n', '\r\n', '\n\n- ', '\n2. ', '\u2028', '\u0085', '\v', ' ', '\u00a0', '\t', ', ', '; ', ': ', '. ', '! ', '? ', '… ']
const signs = `- – — ― / -> --> → => | · • 、 ， 。 ✅ 2) " ( & + *`.split(' ').flatMap(sign => [sign, ` ${sign} `])
const conjunctions =
  `and but yet so then while whereas though although however nevertheless thus when whenever if once after before until till
  unless without having who which where that provided because since as plus besides instead rather otherwise else only also
  und sondern aber wenn weil während obwohl sobald damit indem y pero sino mientras aunque mas porque et mais quand lorsque puisque car
  e ed ma mentre però perché porém enquanto todavia porque en maar terwijl omdat doch oraz i ale a och men ja ve ama и но 并且 そして`.split(
    /\s+/,
  )
const phrases = ['prior to', 'ahead of', 'as long as', 'as soon as', 'in order that', 'and then', 'after which']
const joiners = [...breaks, ...signs, ...[...conjunctions, ...phrases].flatMap(words => [` ${words} `, `, ${words} `])]

test('a claim that asks for something has to happen, whatever it denies beside it, in whatever order and however they are joined', () => {
  const language = fc.constantFrom(...languages)
  const other = fc.constantFrom(...languages)
  fc.assert(
    fc.property(
      language,
      other,
      fc.constantFrom(...joiners),
      fc.boolean(),
      fc.nat(),
      fc.nat(),
      fc.nat(),
      (one, two, joiner, isFirst, a, b, c) => {
        const denial = one.denials[a % one.denials.length]!
        const asks = `${two.subjects[b % two.subjects.length]}${two.does[c % two.does.length]}`
        const text = isFirst ? `${asks}${joiner}${denial}` : `${denial}${joiner}${asks}`
        for (const each of [text, `${text}.`, `- ${text}`]) expect([each, kindByWords(each)]).toEqual([each, 'happens'])
        expect(kindByWords(denial)).not.toBe('happens')
      },
    ),
    { numRuns: 5000 },
  )
})

test('a denial of a word that we do not know has to happen, whatever the word', () => {
  const words =
    `accelerate avoid conceal delay deny deprive disappoint drop end fail forget hesitate hide ignore keep lack leave let lose miss
    neglect object omit postpone refuse reject remain resist shirk skip stay stop suppress wait waste withhold`.split(/\s+/)
  for (const word of words) {
    for (const text of [`The agent does not ${word} the refund`, `The agent never ${word}s the refund`, `No refund is ${word}ed`])
      expect([text, kindByWords(text)]).toEqual([text, 'happens'])
  }
})

test('what is no plain text has to happen, and takes no time to speak of', () => {
  const started = performance.now()
  for (const text of [
    'The agent never swears '.repeat(50_000),
    'never '.repeat(100_000),
    `The agent never asks for ${'a card number or '.repeat(20_000)}`,
  ])
    expect(kindByWords(text)).toBe('happens')
  const longWord = `The agent never mentions the ${'a-'.repeat(80)}a`
  expect(kindByWords(longWord)).toBe('happens')
  expect(performance.now() - started).toBeLessThan(1000)
})
