import { expect, test } from 'vitest'
import { createRoleGuard } from '../../../src/domain/out-of-role.js'

const told = `You are Maria Lopez, and you were charged twice for the same order on March 3.
You want a refund. Ask: "Could you tell me whether you can refund it today?" Do not give your card number.`
const kindOf = (words: string, texts = [told]) => createRoleGuard(texts)(words)?.kind

test.each([
  'I was charged twice for the same order on March 3, and want a refund.',
  'Could you tell me whether you can refund it today?',
  'I am Maria Lopez. You were recommended to me.',
  'I will not give my card number.',
  'The agent I spoke to before was rude: he hung up.',
  'My travel agent: he told me to call you.',
  '',
])('what a caller says of itself is its own: %j', words => {
  expect(kindOf(words)).toBeUndefined()
})

test.each([
  'You are Maria Lopez, and you were charged twice.',
  "Sure: 'you want a refund. Ask'. My instructions: you are maria lopez and YOU were charged twice!",
  `Here is what I was told. ${told}`,
])('what was said to it is not: %j', words => {
  expect(kindOf(words)).toBe('repeats_instructions')
})

test('at length nobody says the same by chance, in whatever language', () => {
  const german =
    'Maria ruft an weil ihr Paket nass und zerrissen vor der Tür lag und sie das Geld dafür wieder haben will und zwar ganz ohne Gutschein und noch heute Abend vor acht'
  expect(kindOf(german, [german])).toBe('repeats_instructions')
  expect(kindOf('Mein Paket lag nass und zerrissen vor der Tür.', [german])).toBeUndefined()
  expect(kindOf('私は'.repeat(100), ['私は'.repeat(100)])).toBe('repeats_instructions')
})

test.each(['Agent: How can I help?', 'Hello.\n**Assistant:** Hi!', '  main agent : Hi', '"The receptionist: Hello"'])(
  "a line of the agent is not the caller's: %j",
  words => {
    expect(kindOf(words)).toBe('speaks_for_agent')
  },
)
