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
    'Agent nigdy nie pyta o numer karty.',
    '代理人从不询问卡号。',
    'A',
    'The agent never.',
    '',
  ])('%s', text => {
    expect(kindByWords(text)).toBe('happens')
  })
})
