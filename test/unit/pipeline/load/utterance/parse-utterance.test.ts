import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { withoutSound, type Utterance } from '../../../../../src/domain/utterance.js'
import { parseUtterance } from '../../../../../src/pipeline/load/utterance/parse-utterance.js'

const partsOf = (text: string, followUp = false) => parseUtterance(text, followUp).parts
/** The texts that are left without sound. */
const wordsIn = (parts: ReturnType<typeof partsOf>) =>
  withoutSound(parts as unknown as Utterance).flatMap(part => (part.type === 'text' ? part.text : []))
/** Sounds that stand alone, and tags that enclose words. */
const alone = [
  '<noise sound="beep"/>',
  '<audio file="a.wav"/>',
  '<speed ratio="1"/>',
  '<voice id="x" text="Yes"/>',
  '<ivr text="Press 1"/>',
]
const enclosing = [
  '<spell>',
  '<speed ratio="1.2">',
  '<volume ratio="0">',
  '<voice id="x">',
  '<background_noise sound="street">',
  '<network_simulation jitter="5">',
  '<ivr>',
  '<voicemail>',
  '<ignore_interruptions>',
]
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
    expect(partsOf('<dtmf digits="(555) 123-4567#"/>')).toEqual([{ type: 'dtmf', digits: '5551234567#' }])
    expect(mistakesOf('<dtmf digits="-"/>')).toEqual(['TAG_VALUE <dtmf digits="-"/>'])
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

  test.each([
    '<speed ratio="1.2">Bye. <endcall/></speed>',
    '<voice id="x"><volume ratio="2">Bye. <endcall/> </volume>\n</voice> ',
    '<spell>AB<endcall/></spell>',
    'Bye. <endcall/> <endcall/>',
    'Bye. <endcall/> <speed ratio="1.2"/> <volume ratio="2"> </volume>',
  ])('nothing is too late in %s', text => {
    expect(mistakesOf(text)).toEqual([])
  })

  test.each([
    ['<speed ratio="1.2">Bye. <endcall/> or not?</speed> ', 'or not?'],
    ['<voice id="x">Bye. <endcall/></voice> One <speed ratio="2">more</speed>', 'One <speed ratio="2">more'],
    ['Bye. <endcall/><hold time="1s"/>', '<hold time="1s"/>'],
    ['Bye. <endcall/> <dtmf digits="1"/> </speed>', '<dtmf digits="1"/>'],
    ['Bye. <endcall/> <noise sound="beep"/> ', '<noise sound="beep"/>'],
    ['Bye. <endcall/> <ivr text="Goodbye."/>', '<ivr text="Goodbye."/>'],
    ['Bye. <endcall/> <ivr>Goodbye.</ivr>', 'Goodbye.'],
    ['Bye. <endcall/> 3 < 4', '3 < 4'],
  ])('of %s it says what is too late: %s', (text, late) => {
    expect(mistakesOf(text)).toContain(`TAG_AFTER_ENDCALL ${late}`)
  })
})

describe('tags around words', () => {
  test('what is spelled is letters and digits with blanks between', () => {
    expect(partsOf('It is <spell>AB 12</spell>, yes.')).toEqual([{ type: 'text', text: 'It is A B 1 2, yes.' }])
  })

  test('tags for sound are parts between the words, each with its place; without them the words are as they were', () => {
    const { parts, mistakes } = parseUtterance(
      'Hi <speed ratio="1.2"/> there, <voice id="x">Maria</voice> <volume ratio="2"> here</volume>',
      false,
    )
    expect(mistakes).toEqual([])
    expect(parts).toEqual([
      { type: 'text', text: 'Hi ' },
      { type: 'sound', tag: 'speed', ratio: 1.2, scope: 'rest', at: { start: 3, end: 23 } },
      { type: 'text', text: 'there, ' },
      { type: 'sound', tag: 'voice', id: 'x', scope: 'enclosed', at: { start: 31, end: 45 } },
      { type: 'text', text: 'Maria' },
      { type: 'sound_end', tag: 'voice' },
      { type: 'sound', tag: 'volume', ratio: 2, scope: 'enclosed', at: { start: 59, end: 77 } },
      { type: 'text', text: ' here' },
      { type: 'sound_end', tag: 'volume' },
    ])
    expect(wordsIn(parts)).toEqual(['Hi there, Maria here'])
  })

  test.each<[string, object]>([
    [
      '<voice provider="11labs" id="x" model="m" text="Hi {{test_profile.name}}"/>',
      { tag: 'voice', provider: '11labs', id: 'x', model: 'm', scope: { text: 'Hi {{test_profile.name}}' } },
    ],
    ['<background_noise sound="street" volume=".3"/>', { tag: 'background_noise', sound: 'street', volume: 0.3, scope: 'rest' }],
    ['<noise sound="beep" volume="0.5" time="1100"/>', { tag: 'noise', sound: 'beep', volume: 0.5, ms: 1100 }],
    ['<noise sound="beep" time="1.1s"/>', { tag: 'noise', sound: 'beep', ms: 1100 }],
    ['<audio id="hold-music"/>', { tag: 'audio', id: 'hold-music' }],
    ['<audio file="hold.wav"/>', { tag: 'audio', file: 'hold.wav' }],
    [
      '<network_simulation packet_loss="15%" jitter="20" latency="300ms"/>',
      { tag: 'network_simulation', packetLoss: 0.15, jitterMs: 20, latencyMs: 300, scope: 'rest' },
    ],
    ['<ivr text="Press 1."/>', { tag: 'ivr', scope: { text: 'Press 1.' } }],
    ['<voicemail text="Leave a message."/>', { tag: 'voicemail', scope: { text: 'Leave a message.' } }],
    ['<ignore_interruptions>', { tag: 'ignore_interruptions', scope: 'enclosed' }],
  ])('%s keeps its meaning', (tag, meaning) => {
    expect(partsOf(tag)[0]).toEqual({ type: 'sound', ...meaning, at: { start: 0, end: tag.length } })
  })

  test('an interruption may come after a sound, which changes nothing of its place', () => {
    expect(mistakesOf('<background_noise sound="street"/><interruption time="1s"/> Stop', true)).toEqual([])
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
    fc.constantFrom(
      '<',
      '>',
      '/',
      '<endcall/>',
      '<spell>',
      '</spell>',
      '<hold time="',
      '1s"/>',
      '<speed',
      '<voice id="x">',
      '</voice>',
      '<noise sound="beep"/>',
      '{{',
      '}}',
      ' ',
      '"',
      '=',
    ),
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

test('however known tags are nested, all words stay, in their order', () => {
  const leaf = fc.oneof(
    fc.stringMatching(/^[a-z]{1,5}[ ,.]?$/).map(words => ({ written: words, words })),
    fc.constantFrom('<silence time="1s"/>', '<hold time="1s"/>', '<dtmf digits="1"/>', ...alone).map(written => ({ written, words: '' })),
  )
  const { text } = fc.letrec<{ text: { written: string; words: string } }>(tie => ({
    text: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.array(tie('text'), { maxLength: 4 }).map(parts => ({
        written: parts.map(({ written }) => written).join(' '),
        words: parts.map(({ words }) => words).join(''),
      })),
      fc
        .record({ tag: fc.constantFrom(...enclosing), inner: tie('text') })
        .map(({ tag, inner }) => ({ written: `${tag}${inner.written}</${/\w+/.exec(tag)?.[0]}>`, words: inner.words })),
    ),
  }))
  fc.assert(
    fc.property(text, ({ written, words }) => {
      const { parts, mistakes } = parseUtterance(written, false)
      expect(mistakes).toEqual([])
      expect(wordsIn(parts).join('').replaceAll(' ', '')).toBe(words.replaceAll(' ', ''))
      const depth = parts.filter(part => part.type === 'sound' && 'scope' in part && part.scope === 'enclosed').length
      expect(parts.filter(({ type }) => type === 'sound_end')).toHaveLength(depth)
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
