import { expect, test } from 'vitest'
import type { RunTurn } from '../../../../src/domain/event.js'
import { createMask, noMask, type Mask } from '../../../../src/domain/mask.js'
import type { Moment } from '../../../../src/domain/transcript.js'
import { TurnEvents } from '../../../../src/pipeline/run/turn-events.js'

function said(turn: number, text: string): Moment {
  return { type: 'said', by: 'agent', turn, startS: turn, endS: turn, text }
}

/** The texts shown after each moment, and at the end. */
function shown(moments: readonly Moment[], mask: Mask): string[][] {
  const events: RunTurn[] = []
  const turns = new TurnEvents({ index: 0, attempt: 1 }, mask, event => events.push(event))
  const texts = (): string[] => events.splice(0).map(({ moment }) => (moment.type === 'said' ? moment.text : moment.type))
  const each = moments.map(moment => {
    turns.note(moment)
    return texts()
  })
  turns.end()
  return [...each, texts()]
}

test('a secret that is split over the messages of a turn is masked: the turn is shown once it is over', () => {
  const mask = createMask([{ name: 'AGENT_KEY', value: 'sk-live-0123456789' }])
  expect(shown([said(1, 'It is sk-live-'), said(1, '0123456789, no?'), said(2, 'Bye.')], mask)).toEqual([
    [],
    [],
    ['It is [redacted AGENT_KEY]', '[redacted AGENT_KEY], no?'],
    ['Bye.'],
  ])
})

test('without secrets, each moment is shown at once', () => {
  expect(shown([said(1, 'One.'), said(1, 'Two.')], noMask)).toEqual([['One.'], ['Two.'], []])
})
