import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileReply } from '../../../../src/adapters/channels/http/compile-reply.js'
import { Place } from '../../../../src/domain/place.js'
import type { AgentEvent } from '../../../../src/ports/channel.js'
import { createFrameReader } from '../../../../src/adapters/channels/framed/frames.js'
import { FirstWords, thoughtsAmong, withoutThinking } from '../../../../src/adapters/channels/thinking.js'

test.each<[text: string, said: string, thoughts: readonly string[]]>([
  ['It is done.', 'It is done.', []],
  ['<think>Is it done?</think>\n\nIt is done.', 'It is done.', ['Is it done?']],
  ['It was thought, so\n</think>\nIt is done.', 'It is done.', ['It was thought, so']],
  ['It is <think>hm</think>done.<think>ok</think>', 'It is done.', ['hm', 'ok']],
  ['<think>It is cancelled', '', ['It is cancelled']],
  ['<think>hm</think> <think>It is', '', ['hm', 'It is']],
  ['The tag <think> is used; it is done', 'The tag <think> is used; it is done', []],
  ['<think>\n\n</think>It is done.', 'It is done.', []],
  ['2 < 3, </p> and <thinker>', '2 < 3, </p> and <thinker>', []],
])('%j says %j', (text, said, thoughts) => {
  expect(withoutThinking(text)).toEqual({ text: said, thoughts })
})

test('thoughts among content blocks', () => {
  const blocks = [
    { type: 'thinking', thinking: 'Hm.', signature: 'x' },
    { type: 'redacted_thinking', data: 'x' },
    { type: 'text', text: 'Yes.' },
    { type: 'reasoning', text: 'So.' },
  ]
  expect(thoughtsAmong(blocks)).toEqual(['Hm.', 'So.'])
  expect(thoughtsAmong('Yes.')).toEqual([])
})

test('however a text comes in pieces, its first words are those that are not thought', () => {
  const part = fc.constantFrom('<think>', '</think>', ' ', '\n', 'a', '<', 'thin', 'k>')
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), fc.array(fc.nat(4), { minLength: 1 }), (parts, cuts) => {
      const text = `<think>${parts.join('').replaceAll('</think>', '')}</think>${parts.join('').replaceAll(/<\/?think>/g, '')}`
      const whole = new FirstWords()
      const pieces = cutUp(text, cuts)
      const first = new FirstWords()
      const began = pieces.map(piece => first.take(piece)).includes(true)
      expect(began).toBe(whole.take(text))
    }),
  )
})

test('an http agent that answers in content blocks thinks apart from its words', () => {
  const connection = { type: 'http', url: 'http://127.0.0.1/', reply: '/content' } as const
  const reader = compileReply(connection, new Place('The agent'), [])()
  const content = [
    { type: 'thinking', thinking: 'It is cancelled, I think.' },
    { type: 'text', text: 'One moment.' },
  ]
  expect(reader.read({ content }, {}, 1).events).toEqual([
    { type: 'thought', text: 'It is cancelled, I think.', atS: 1 },
    { type: 'said', text: 'One moment.', startS: 1, endS: 1 },
    { type: 'yielded' },
  ])
})

const plain = fc.array(fc.constantFrom('a', ' ', '.', '<', '>', 'think', '\n', 'é'), { maxLength: 6 }).map(parts => parts.join(''))
const noTag = plain.filter(text => !/<\/?think>/.test(text))
/** Words that begin with something visible, and may speak of tags. */
const words = fc.tuple(
  fc.constantFrom('So', 'It is', '<b>'),
  fc.array(fc.oneof(noTag, fc.constantFrom('<think>', '</think>')), { maxLength: 4 }),
)
const message: fc.Arbitrary<Message> = fc.record({
  thoughts: fc.array(fc.tuple(fc.constantFrom('', ' ', '\n\n'), noTag), { maxLength: 2 }),
  gap: fc.constantFrom('', '\n\n'),
  said: words.map(([first, rest]) => first + rest.join('')),
})
interface Message {
  readonly thoughts: [before: string, thought: string][]
  readonly gap: string
  readonly said: string
}
const written = ({ thoughts, gap, said }: Message): string =>
  `${thoughts.map(([before, thought]) => `${before}<think>${thought}</think>`).join('')}${thoughts.length > 0 ? gap : ''}${said}`
const thoughtIn = ({ thoughts }: Message): string[] => thoughts.map(([, thought]) => thought.trim()).filter(thought => thought !== '')

const connection = { type: 'http', url: 'http://127.0.0.1/', reply: '/reply' } as const
const place = new Place('The agent')
const readHttp = (reply: unknown): AgentEvent[] => compileReply(connection, place, [])().read({ reply }, {}, 1).events
const heardIn = (events: readonly AgentEvent[], type: 'said' | 'thought'): string[] =>
  events.flatMap(event => (event.type === type ? event.text : []))

/** Cuts a text into pieces. */
function cutUp(text: string, cuts: readonly number[]): string[] {
  const pieces: string[] = []
  for (let at = 0, i = 0; at < text.length; i += 1) {
    const length = (cuts[i % cuts.length] ?? 0) + 1
    pieces.push(text.slice(at, at + length))
    at += length
  }
  return pieces
}

test('a message that begins with thoughts says what follows; in the middle of it a tag is said', () => {
  fc.assert(
    fc.property(fc.array(message, { minLength: 1, maxLength: 3 }), messages => {
      const texts = messages.map(written)
      for (const events of [readHttp(texts), readHttp(texts.map(text => ({ text })))]) {
        expect(heardIn(events, 'said')).toEqual(messages.map(({ said }) => said))
        expect(heardIn(events, 'thought')).toEqual(messages.flatMap(thoughtIn))
      }
      const { read } = createFrameReader(place)
      const frames = texts.flatMap(content => read(JSON.stringify({ content }), 1))
      expect(heardIn(frames, 'said')).toEqual(messages.map(({ said }) => said))
      expect(heardIn(frames, 'thought')).toEqual(messages.flatMap(thoughtIn))
    }),
    { numRuns: 1000 },
  )
})

test('in a stream, however it is cut, thoughts are no words, and no first words', () => {
  fc.assert(
    fc.property(message, fc.array(fc.nat(6), { minLength: 1 }), (each, cuts) => {
      const stream = compileReply(connection, place, [])().stream({})
      const pieces = cutUp(written(each), cuts)
      pieces.forEach((reply, i) => stream.take({ reply }, i + 1))
      const { events } = stream.conclude(pieces.length)
      expect([heardIn(events, 'said'), heardIn(events, 'thought')]).toEqual([[each.said], thoughtIn(each)])
      const before = written(each).length - each.said.length
      const said = events.find(event => event.type === 'said')
      const first = pieces.findIndex((_, i) => pieces.slice(0, i + 1).join('').length > before) + 1
      // A beginning such as "<" may still become a tag.
      expect(said?.startS).toBeGreaterThanOrEqual(first)
      const isPlain = each.said.startsWith('It')
      expect(isPlain ? said?.startS : first).toBe(first)
    }),
    { numRuns: 1000 },
  )
})

test('in frames a thought goes on until it is closed, if the answer begins with it', () => {
  const { read, write } = createFrameReader(place)
  const heard = (...frames: readonly string[]): AgentEvent[] => frames.flatMap(content => read(JSON.stringify({ content }), 1))
  const thinking = heard('<think>', 'Is', ' ', 'it?', 'Yes.</think> ', 'It', ' is.')
  expect([heardIn(thinking, 'thought'), heardIn(thinking, 'said')]).toEqual([
    ['Is', 'it?', 'Yes.'],
    ['It', ' is.'],
  ])
  expect(heardIn(heard('The tag ', '<think>', ' is for thoughts.'), 'said')).toEqual(['The tag ', '<think>', ' is for thoughts.'])
  write({ type: 'text', text: 'And now?' })
  const next = heard('<think>So', '</think>', '\n', 'Yes.')
  expect([heardIn(next, 'thought'), heardIn(next, 'said')]).toEqual([['So'], ['\nYes.']])
})

test('an item of white space belongs to the words that follow', () => {
  expect(heardIn(readHttp(['Tell', ' ', { text: '\n' }, 'me', ' ']), 'said')).toEqual(['Tell', ' \nme'])
  const blank = fc.constantFrom(' ', '\n', '\t')
  fc.assert(
    fc.property(fc.array(fc.oneof(blank, fc.constantFrom('a', 'b.', ' c')), { maxLength: 8 }), items => {
      const said = heardIn(readHttp([...items, 'end']), 'said')
      expect(said.join('')).toBe([...items, 'end'].join(''))
      expect(said.every(text => text.trim() !== '')).toBe(true)
    }),
  )
})
