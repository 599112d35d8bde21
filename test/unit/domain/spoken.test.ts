import { expect, test } from 'vitest'
import { withSound } from '../../../src/domain/spoken.js'
import type { SoundTag } from '../../../src/domain/sound-tag.js'
import type { UtterancePart } from '../../../src/domain/utterance.js'

const at = { start: 0, end: 0, file: { path: 's.yaml', text: '' } } as never
const words = (text: string): UtterancePart => ({ type: 'text', text })
const tag = (own: SoundTag): UtterancePart => ({ type: 'sound', at, ...own })

test('a tag reaches to its end, or to the end of the turn', () => {
  const parts = withSound([
    words('Hello, '),
    tag({ tag: 'speed', ratio: 0.8, scope: 'enclosed' }),
    words('I am slow'),
    { type: 'sound_end', tag: 'speed' },
    words(' again.'),
    tag({ tag: 'volume', ratio: 2, scope: 'rest' }),
    words('LOUD'),
    { type: 'silence', ms: 500 },
    words('still loud'),
  ])
  expect(parts).toEqual([
    { type: 'text', text: 'Hello,' },
    { type: 'text', text: 'I am slow', how: { speed: 0.8 } },
    { type: 'text', text: 'again.' },
    { type: 'text', text: 'LOUD', how: { volume: 2 } },
    { type: 'silence', ms: 500 },
    { type: 'text', text: 'still loud', how: { volume: 2 } },
  ])
})

test('tags add up, and the inner one of two counts', () => {
  const parts = withSound([
    tag({ tag: 'voice', id: 'amy', scope: 'rest' }),
    tag({ tag: 'speed', ratio: 0.8, scope: 'enclosed' }),
    tag({ tag: 'speed', ratio: 1.2, scope: 'enclosed' }),
    words('fast'),
    { type: 'sound_end', tag: 'speed' },
    words('slow'),
  ])
  expect(parts).toEqual([
    { type: 'text', text: 'fast', how: { voice: 'amy', speed: 1.2 } },
    { type: 'text', text: 'slow', how: { voice: 'amy', speed: 0.8 } },
  ])
})

test('the words of a tag are said, and announcements do not yield', () => {
  const parts = withSound([
    tag({ tag: 'voicemail', scope: { text: 'Leave a message.' } }),
    tag({ tag: 'ignore_interruptions', scope: 'rest' }),
    words('Listen to me!'),
  ])
  expect(parts).toEqual([
    { type: 'text', text: 'Leave a message.', how: { insists: true, tone: true } },
    { type: 'text', text: 'Listen to me!', how: { insists: true } },
  ])
})

test('noises and recordings are played at their place; blanks between tags are not said', () => {
  const parts = withSound([
    words('Wait. '),
    tag({ tag: 'noise', sound: 'cough', ms: 300 }),
    words(' '),
    tag({ tag: 'audio', file: 'intro.wav' }),
    { type: 'endcall' },
  ])
  expect(parts).toEqual([
    { type: 'text', text: 'Wait.' },
    { type: 'noise', sound: 'cough', ms: 300 },
    { type: 'audio', file: 'intro.wav' },
    { type: 'endcall' },
  ])
})
