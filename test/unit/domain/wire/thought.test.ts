import { expect, test } from 'vitest'
import type { Moment } from '../../../../src/domain/transcript.js'
import { writeMessages } from '../../../../src/domain/wire/message.js'
import { readMessages } from '../../../../src/domain/wire/read-messages.js'
import { transcriptText } from '../../../../src/domain/wire/text.js'

test('a thought is written with a role of its own, and read as the same', () => {
  const moments: Moment[] = [
    { type: 'said', by: 'caller', turn: 1, startS: 0, endS: 0, text: 'Cancel it.' },
    { type: 'thought', by: 'agent', turn: 1, startS: 1, endS: 1, text: 'They want out.' },
    { type: 'said', by: 'agent', turn: 1, startS: 2, endS: 2, text: 'It is cancelled.' },
  ]
  const messages = writeMessages(moments)
  expect(readMessages(messages)).toMatchObject({ moments, problems: [] })
  expect(transcriptText(messages)).toContain('[00:01] Agent Thinking: They want out.\n[00:02] Main Agent: It is cancelled.')
})
