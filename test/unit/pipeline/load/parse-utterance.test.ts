import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseUtterance } from '../../../../src/pipeline/load/utterance/parse-utterance.js'

const partsOf = (text: string, followUp = false) => parseUtterance(text, followUp).parts
const mistakesOf = (text: string, followUp = false) =>
  parseUtterance(text, followUp).mistakes.map(({ code, start, end }) => `${code} ${text.slice(start, end)}`)

describe('words', () => {
  test('words without tags are one part', () => {
    expect(partsOf('  Hello,\nI am {{test_profile.name}}. ')).toEqual([{ type: 'text', text: 'Hello,\nI am {{test_profile.name}}.' }])
  })

  test('nothing said is no part', () => {
    expect(partsOf('')).toEqual([])
    expect(partsOf(' \n ')).toEqual([])
  })

  test('a < that begins no tag is a word like any other', () => {
    for (const text of ['a < b', 'a <b and c', '<3', '1<2>0', 'write to <me@example.com>', '<b>bold</b>', '<', '</', 'x <>']) {
      expect(parseUtterance(text, false)).toEqual({ parts: [{ type: 'text', text }], mistakes: [] })
    }
  })
})

describe('tags that act', () => {
  test('each becomes a part between the words', () => {
    expect(partsOf(`Wait. <silence time="2s"/> So <hold time='250ms' /> <dtmf digits="12#*A"/>bye.<endcall />`)).toEqual([
      { type: 'text', text: 'Wait.' },
      { type: 'silence', ms: 2000 },
      { type: 'text', text: 'So' },
      { type: 'hold', ms: 250 },
      { type: 'dtmf', digits: '12#*A' },
      { type: 'text', text: 'bye.' },
      { type: 'endcall' },
    ])
  })

  test('digits may hold a template', () => {
    expect(partsOf('<dtmf digits="{{test_profile.pin}}#"/>')).toEqual([{ type: 'dtmf', digits: '{{test_profile.pin}}#' }])
    expect(mistakesOf('<dtmf digits="{{test_profile.pin}}x"/>')).toEqual(['TAG_VALUE <dtmf digits="{{test_profile.pin}}x"/>'])
  })

  test('a follow-up may begin with an interruption, and only begin', () => {
    const text = '<interruption time="1.5s"/> Stop.'

    expect(partsOf(text, true)).toEqual([
      { type: 'interruption', ms: 1500 },
      { type: 'text', text: 'Stop.' },
    ])
    expect(mistakesOf(text, false)).toEqual(['TAG_INTERRUPTION_PLACE <interruption time="1.5s"/>'])
    expect(mistakesOf('Now <interruption time="1s"/>', true)).toEqual(['TAG_INTERRUPTION_PLACE <interruption time="1s"/>'])
    expect(mistakesOf('<hold time="1s"/><interruption time="1s"/>', true)).toEqual(['TAG_INTERRUPTION_PLACE <interruption time="1s"/>'])
  })

  test('nothing is said after the caller has hung up', () => {
    expect(parseUtterance('Bye. <endcall/> Or <hold time="1s"/> not? ', false)).toMatchObject({
      parts: [{ type: 'text', text: 'Bye.' }, { type: 'endcall' }],
      mistakes: [{ code: 'TAG_AFTER_ENDCALL' }],
    })
    expect(mistakesOf('Bye. <endcall/>\n')).toEqual([])
  })
})

describe('tags around words', () => {
  test('what is spelled is letters and digits with blanks between', () => {
    expect(partsOf('It is <spell>AB 12</spell>, yes.')).toEqual([{ type: 'text', text: 'It is A B 1 2, yes.' }])
  })

  test('of tags for sound only their words stay', () => {
    expect(
      parseUtterance('Hi <speed ratio="1.2"/> there, <voice id="x">Maria</voice> <volume ratio="2"> here</volume>', false),
    ).toMatchObject({
      parts: [{ type: 'text', text: 'Hi there, Maria here' }],
      mistakes: [{ code: 'TAG_NO_EFFECT' }, { code: 'TAG_NO_EFFECT' }, { code: 'TAG_NO_EFFECT' }],
    })
  })
})

test('every mistake is told, each at its own tag', () => {
  expect(mistakesOf('<endcal/> <hold/> <silence time="soon"/> <dtmf digit="1"/> <spell>A')).toEqual([
    'UTTERANCE_TAG_UNKNOWN <endcal/>',
    'TAG_VALUE <hold/>',
    'TAG_VALUE <silence time="soon"/>',
    'TAG_ATTRIBUTE <dtmf digit="1"/>',
    'TAG_NOT_CLOSED <spell>',
  ])
})

test('whatever is said, reading it ends, and every mistake lies within it', () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom('<', '>', '/', '<endcall/>', '<spell>', '</spell>', '<hold time="', '1s"/>', '<speed', '{{', '}}', ' ', '"', '='),
  )
  fc.assert(
    fc.property(fc.array(piece), fc.boolean(), (pieces, followUp) => {
      const text = pieces.join('')
      const { parts, mistakes } = parseUtterance(text, followUp)
      for (const { start, end } of mistakes) {
        expect(start).toBeGreaterThanOrEqual(0)
        expect(end).toBeGreaterThan(start)
        expect(end).toBeLessThanOrEqual(text.length)
      }
      expect(parts.filter(part => part.type === 'text' && part.text.trim() === '')).toEqual([])
    }),
  )
})

test('a long text of half-open tags is read in no time', () => {
  for (const piece of ['<', '<endcall', '<a ', '<spell>', '</spell>', '<hold time="', '{{']) {
    const startedAt = performance.now()
    parseUtterance(piece.repeat(20_000), false)
    // Milliseconds, where a quadratic reader takes minutes.
    expect(performance.now() - startedAt).toBeLessThan(5000)
  }
})
