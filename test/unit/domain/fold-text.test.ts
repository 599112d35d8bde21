import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createPatterns } from '../../../src/adapters/patterns/re2.js'
import { foldForm, foldPattern, foldText } from '../../../src/domain/fold-text.js'
import { textMatches } from '../../../src/domain/text-matcher.js'

// How many texts to fold; `npm run soak` folds many more.
const numRuns = Number(process.env['TEXTS'] ?? 4000)

/** What texts of the field are made of, and everything else. */
const letter = fc.oneof(
  fc.constantFrom(
    ...Array.from('aZiIıİßẞςΣéÅñ1½²ﬁＡ１„“”’‘«»「`´\u00a0\u202f\u2003\u2009\u200b\u00ad\ufeff\u0301\u0307\u0323\u0345-‐‑−–… \n\tكंक한ㅎ漢ﾊﾟ'),
  ),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
)
const text = fc.string({ unit: letter, maxLength: 24 })

const { search } = createPatterns()

test('folding a folded text changes nothing, whatever the text', () => {
  fc.assert(
    fc.property(text, any => {
      for (const fold of [foldText, foldForm]) expect(fold(fold(any))).toBe(fold(any))
    }),
    { numRuns },
  )
})

test('every code point folds to what folding leaves alone', () => {
  const astray: string[] = []
  // Beyond come planes without letters.
  for (let code = 0; code < 0x3_40_00; code += 1) {
    const each = String.fromCodePoint(code)
    if (foldText(foldText(each)) !== foldText(each)) astray.push(code.toString(16))
  }
  expect(astray).toEqual([])
})

test('texts that Unicode calls compatible, or that differ only in case, white space and quotation marks, fold alike', () => {
  const variants: readonly ((said: string) => string)[] = [
    said => said.normalize('NFC'),
    said => said.normalize('NFD'),
    said => said.normalize('NFKC'),
    said => said.normalize('NFKD'),
    said => said.replaceAll(' ', '\u202f'),
    said => said.replaceAll(' ', ' \u00a0\n'),
    said => said.replaceAll("'", '\u2019').replaceAll('"', '\u201c'),
    said => said.replaceAll('', '\u200b'),
  ]
  // Unicode takes these marks apart into others, which read differently: ´ into a blank and an accent.
  const parted = /[´\u1ffd\u2033\u2034\u2036\u2037\u2057]/
  fc.assert(
    fc.property(text, said => {
      fc.pre(!parted.test(said))
      for (const variant of variants) {
        expect(foldText(variant(said))).toBe(foldText(said))
        expect(foldForm(variant(said))).toBe(foldForm(said))
      }
    }),
    { numRuns: numRuns / 4 },
  )
})

const python = spawnSync('python3', ['-c', 'import unicodedata']).status === 0

test.skipIf(!python)('an independent reader folds texts to the same', () => {
  const texts = fc.sample(text, numRuns)
  const reader = fileURLToPath(new URL('fold-text-reader.py', import.meta.url))
  const { stdout } = spawnSync('python3', [reader], { input: JSON.stringify(texts), encoding: 'utf8', maxBuffer: 2 ** 28 })
  const read = JSON.parse(stdout) as (string | null)[]
  const astray = texts.flatMap((each, i) => (read[i] === null || read[i] === foldText(each) ? [] : [[each, foldText(each), read[i]]]))
  expect(astray.slice(0, 5)).toEqual([])
  expect(read.filter(each => each !== null).length).toBeGreaterThan(numRuns / 5)
})

describe('a matcher finds the same words in other code points', () => {
  const said = 'Le café est fermé.'
  test.each([
    ['a narrow no-break space', { contains: '3:00 PM' }, 'See you at 3:00\u202fPM.'],
    ['an accent on its own', { contains: 'CAFÉ' }, said.normalize('NFD')],
    ['an accent on its own in the suite', { contains: 'café'.normalize('NFD') }, said],
    ['curly quotation marks', { contains: `I'm "sorry"` }, 'I’m “sorry” about that.'],
    ['a dotted capital I', { contains: 'iptal' }, 'Randevunuz İPTAL edildi.'],
    ['a dotless i', { contains: 'kapalı' }, 'Bugün KAPALI.'],
    ['full width', { contains: 'order 12' }, 'Ｏｒｄｅｒ　１２'],
    ['a soft hyphen', { contains: 'cancelled' }, 'It is can\u00adcelled.'],
    ['a line break', { contains: 'credit card' }, 'your credit\n  card'],
    ['a whole text', { equals: 'i’m sorry' }, " I'M SORRY\u00a0"],
    ['one of several', { oneOf: ['no', 'JA\u2009ja'] }, 'ja ja'],
    ['a pattern and white space', { matches: '3:00\\sPM' }, 'at 3:00\u202fPM.'],
    ['a pattern and an accent', { matches: 'caf[éè] est' }, said.normalize('NFD')],
    ['a pattern with curly quotation marks', { matches: '^I’m\u00a0sorry$' }, "I'm sorry"],
    ['a pattern that asks for the code point itself', { matches: '\\x{202f}' }, '3:00\u202fPM'],
    ['a pattern for lines', { matches: '(?m)^two$' }, 'one\ntwo'],
  ])('%s', (_what, matcher, words) => {
    expect(textMatches(matcher, words, search)).toBe(true)
  })

  test.each([
    ['a pattern keeps its case', { matches: 'cancelled' }, 'CANCELLED'],
    ['a letter without its accent', { contains: 'cafe' }, said.normalize('NFD')],
    ['other words', { contains: 'open' }, said],
    ['words without their blank', { contains: '1200' }, '1\u202f200'],
  ])('but not: %s', (_what, matcher, words) => {
    expect(textMatches(matcher, words, search)).toBe(false)
  })
})

test('a folded pattern is still a pattern, and finds what it found', () => {
  const piece = fc.constantFrom(...Array.from('abé Ａ１’“ ()[]*+?.|-^$\\'), '\u00a0', '\u0301', '\u200b', '(?i)', '[a-é]', 'ﬁ')
  fc.assert(
    fc.property(fc.string({ unit: piece, maxLength: 8 }), text, (pattern, said) => {
      try {
        search(pattern, '')
      } catch {
        fc.pre(false)
      }
      expect(textMatches({ matches: pattern }, said, search)).toBe(search(pattern, said) || search(foldPattern(pattern), foldForm(said)))
    }),
    { numRuns: numRuns / 4 },
  )
})

test('a text of characters that stand for phrases does not become many times as long', () => {
  const folded = foldText('\ufdfa'.repeat(300_000))
  expect(folded.length).toBeLessThan(20_000)
  expect(foldText(folded)).toBe(folded)
  expect(foldText('\ufdfa')).toBe('صلى الله عليه وسلم')
})
