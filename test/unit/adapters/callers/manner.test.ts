import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createManner } from '../../../../src/adapters/callers/manner.js'
import { wordsIn } from '../../../../src/adapters/callers/slip-keys.js'
import { seededRandom } from '../../../../src/adapters/clocks/system.js'
import type { Personality } from '../../../../src/domain/document.js'
import type { Level } from '../../../../src/domain/how-often.js'
import { calm } from './run-spec.js'

const lively: Personality = {
  ...calm,
  language: 'en',
  interruptionLevel: 'medium',
  pace: 'slow',
  hesitation: 'medium',
  typos: 'high',
  languageMixing: { language: 'es', level: 'medium' },
}
const mannerOf = (personality: Personality | undefined, seed = 1, known: readonly string[] = []) =>
  createManner(personality, wordsIn(known), seededRandom(seed))
const turns = Array.from({ length: 400 }, (_, i) => i)
const level = fc.constantFrom<Level>('none', 'low', 'medium', 'high')
const personalities = fc.record({ interruptionLevel: level, hesitation: level, typos: level }).map(more => ({ ...lively, ...more }))
const sentence = 'please could somebody explain these charges because nothing about them makes sense'

/** How many turns something happens in, of 400. */
const often = (happens: (turn: number) => boolean): number => turns.filter(happens).length

describe('the same again', () => {
  test('the same seed gives the same words, pauses, interruptions and languages', () => {
    fc.assert(
      fc.property(fc.integer(), personalities, fc.array(fc.string(), { maxLength: 8 }), (seed, personality, texts) => {
        const all = (): unknown[] => {
          const manner = mannerOf(personality, seed)
          return texts.map((text, i) => [manner.bringOut(text, i), manner.pauseMs(i), manner.patience(i), manner.notes(i)])
        }
        expect(all()).toEqual(all())
      }),
    )
  })

  test('a turn does not depend on what was said in others, nor on how often it was thought of', () => {
    const [one, other] = [mannerOf(lively), mannerOf(lively)]
    for (const text of ['a much longer text than there was before', sentence]) one.bringOut(text, 0)
    expect(one.bringOut(sentence, 7)).toBe(other.bringOut(sentence, 7))
    expect(one.bringOut(sentence, 7)).toBe(other.bringOut(sentence, 7))
  })

  test('another seed gives others', () => {
    const texts = [1, 2, 3, 4, 5].map(seed => mannerOf(lively, seed).bringOut(sentence, 0))
    expect(new Set(texts).size).toBeGreaterThan(1)
  })
})

describe('typos', () => {
  test('no digit is ever altered, nor a name, an address or what the caller knows', () => {
    const words = fc.constantFrom(
      'order',
      '4021',
      'A17-22',
      'Maria',
      'lopez',
      'maria@example.com',
      'charged',
      'twice',
      '3rd',
      'please',
      'NASA',
      'https://a.example/b',
    )
    fc.assert(
      fc.property(fc.integer(), fc.array(words, { maxLength: 30 }), (seed, list) => {
        const said = mannerOf({ ...lively, hesitation: 'none' }, seed, ['Maria Lopez'])
          .bringOut(list.join(' '), 0)
          .split(' ')
        expect(said.length).toBe(Math.max(1, list.length))
        const kept = (all: readonly string[]): string[] =>
          all.filter((_, i) => !['order', 'charged', 'twice', 'please'].includes(list[i] ?? ''))
        expect(kept(said)).toEqual(list.length === 0 ? [''] : kept(list))
      }),
    )
  })

  test('of any text, digits stay, and white space, and the number of words', () => {
    fc.assert(
      fc.property(fc.integer(), fc.oneof(fc.string(), fc.string({ unit: 'grapheme' })), (seed, text) => {
        const said = mannerOf({ ...lively, hesitation: 'none' }, seed).bringOut(text, 0)
        expect(said.replaceAll(/\D/g, '')).toBe(text.replaceAll(/\D/g, ''))
        expect(said.split(/\s+/).length).toBe(text.split(/\s+/).length)
      }),
    )
  })

  test.each([
    ['none', 0, 0],
    ['low', 0.01, 0.03],
    ['medium', 0.04, 0.08],
    ['high', 0.1, 0.14],
  ] as const)('%s: as often as it says', (typos, least, most) => {
    const manner = mannerOf({ ...lively, typos, hesitation: 'none' })
    const words = sentence.split(' ')
    const slips = turns.flatMap(turn =>
      manner
        .bringOut(sentence, turn)
        .split(' ')
        .filter((word, i) => word !== words[i]),
    )
    const share = slips.length / (turns.length * words.length)
    expect(share).toBeGreaterThanOrEqual(least)
    expect(share).toBeLessThanOrEqual(most)
  })
})

describe('hesitation, interruption and mixing', () => {
  test.each([
    ['none', 0, 0],
    ['low', 50, 110],
    ['medium', 160, 240],
    ['high', 290, 350],
  ] as const)('%s: as often as it says', (each, least, most) => {
    const manner = mannerOf({
      ...lively,
      typos: 'none',
      hesitation: each,
      interruptionLevel: each,
      languageMixing: { language: 'es', level: each },
    })
    for (const count of [
      often(turn => manner.bringOut('Yes.', turn) !== 'Yes.'),
      often(turn => !manner.patience(turn).givesWay),
      often(turn => manner.notes(turn)[0] === 'This time, let a few words of Spanish slip in.'),
    ]) {
      expect(count).toBeGreaterThanOrEqual(least)
      expect(count).toBeLessThanOrEqual(most)
    }
  })

  test('who interrupts has heard one message; who does not waits until the agent is quiet, and gives way', () => {
    const eager = mannerOf({ ...calm, interruptionLevel: 'high', pace: 'slow' })
    const turn = turns.find(each => !eager.patience(each).givesWay) ?? 0
    expect(eager.patience(turn)).toEqual({ quietMs: 0, givesWay: false })
    expect(eager.pauseMs(turn)).toBe(0)
    expect(mannerOf(undefined).patience(0)).toEqual({ quietMs: 150, givesWay: true })
  })

  test('a hesitation is of the language, and nothing is added to nothing', () => {
    const manner = mannerOf({ ...calm, language: 'de-CH', hesitation: 'high' })
    expect(turns.map(turn => manner.bringOut('Ja.', turn)).find(text => text !== 'Ja.')).toMatch(/^(Ähm|Äh|Hm)\.\.\. Ja\.$/)
    expect(turns.every(turn => manner.bringOut('', turn) === '')).toBe(true)
  })
})

test('only who is slow takes a pause, of 0.4 to 0.8 s', () => {
  const slow = mannerOf({ ...calm, pace: 'slow' })
  const pauses = turns.map(turn => slow.pauseMs(turn))
  expect(Math.min(...pauses)).toBeGreaterThanOrEqual(400)
  expect(Math.max(...pauses)).toBeLessThanOrEqual(800)
  expect(turns.every(turn => mannerOf({ ...calm, pace: 'fast' }).pauseMs(turn) === 0)).toBe(true)
})
