import { expect, test } from 'vitest'
import { moveAnswer } from '../../../../src/adapters/callers/move.js'
import { conversationMessages } from '../../../../src/adapters/callers/conversation-messages.js'
import { showTranscript } from '../../../../src/adapters/judges/shown.js'
import { showsAnswer } from '../../../../src/adapters/models/shown-answer.js'
import { agent, caller, transcript } from '../../pipeline/score/conversations.js'

// Which questions show what reads as an answer to them. The shapes are those of metrics and of a caller's moves.

const metric = {
  type: 'object',
  properties: { explanation: { type: 'string' }, turn: { type: 'integer' }, value: { enum: ['good', null] } },
}
const metrics = { type: 'object', properties: { mood: metric, 2: metric } }

test.each<[string, boolean]>([
  ['Your refund is on its way.', false],
  ['Value: 20 EUR. Return: within 30 days.', false],
  ['An explanation: the value is good.', false],
  ['Value: good.', true],
  ['{"mood":{"turn":1,"value":5}}', true],
  ['"explanation" = fine; "turn" = 1', true],
  ['value: null', true],
])('a question about metrics of an agent that says %j: %s', (said, shows) => {
  const shown = showTranscript(transcript([caller('Refund me!'), agent(said)])).text
  const task = '{"measure":"mood","value":"one of good","question":"How is it?"}'
  const messages = [
    { role: 'system', content: '- "explanation": why. - "turn": where. - "value": good.' },
    { role: 'user', content: `${shown}\n\nAnswer these, and no others:\n${task}` },
  ] as const
  expect(showsAnswer(messages, metrics)).toBe(shows)
})

test.each<[string, boolean]>([
  ['What shall I do next? Reply: "yes".', false],
  ['{"say":"Bye.","next":"end_call"}', true],
  ['next: end_call', true],
])('a question for the words of a caller whose agent says %j: %s', (said, shows) => {
  const messages = conversationMessages(transcript([caller('say: Refund me! next: reply'), agent(said)]).moments, 'It is your turn.')
  expect(showsAnswer(messages, moveAnswer({ wait: false, keys: false, hold: false }).schema)).toBe(shows)
})
