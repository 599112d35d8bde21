import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { auditByRule, instructed, told } from './caller-stage.js'
import { phrases, tongueTwisters } from './phrases.js'

const refund = instructed('You want a refund.')
const questions = ['What is your order number?', 'Could you tell me your order number, please?']

/** A conversation whose caller says these lines, and whose agent asks for the order in English. */
function saying(lines: readonly string[]): string[] {
  return lines.flatMap((line, i) => [`caller: ${line}`, `agent: ${questions[i % questions.length]}`])
}

const found = (lines: readonly string[], behaviour = refund): Promise<string | undefined> => auditByRule(saying(lines), behaviour)

/** Whether it is found to say no words; other faults are none of this file's. */
const isWordless = async (lines: readonly string[]): Promise<boolean> => (await found(lines))?.includes('the caller said no words') ?? false

describe('what people say is words', () => {
  test.each(Object.entries(phrases))('%s, each line alone and all together', async (_, lines) => {
    for (const line of lines) expect([line, await found([line])]).toEqual([line, undefined])
    expect(await isWordless(lines)).toBe(false)
  })

  test.each(tongueTwisters)('%j, alone and among other words', async line => {
    expect(await found([line])).toBeUndefined()
    expect(await found(['I want a refund.', line, line])).toBeUndefined()
  })

  test('in any order, by any number of lines of one language or manner', () => {
    const lines = fc.constantFrom(...Object.values(phrases)).chain(known => fc.uniqueArray(fc.constantFrom(...known), { minLength: 1 }))
    const property = fc.asyncProperty(lines, async said => {
      expect(await isWordless(said)).toBe(false)
    })
    return fc.assert(property)
  })

  test.each<[string, string[]]>([
    ['the digits of what it knows, alone', ['4 0 2 1', '4021']],
    ['numbers that it heard', ['1', '2, please']],
    ['nothing but numbers once it has said what it wants', ['I want a table.', '4', '19', '12']],
    ['one line of letters at random among others', ['I want a refund.', 'sdfkj wrtz qwrtp xcvb', 'Sorry, my cat. It is order 12.']],
    ['one line of signs among others', ['I want a refund.', '{}[] ---', 'I do not have that.']],
  ])('so are %s', async (_, lines) => {
    expect(await found(lines, told)).toBeUndefined()
  })

  test('an answer by number is told from numbers that nobody has told or heard', async () => {
    const menu = ['agent: For refunds say 1, for returns say 2.', 'caller: 1', 'agent: How many? Say 3 or 4.', 'caller: 3']
    expect(await auditByRule(menu, refund)).toBeUndefined()
    expect(
      await auditByRule(['exact: Two, please.', 'agent: When?', 'caller: 19', 'agent: How many?', 'caller: 4'], refund),
    ).toBeUndefined()
  })
})

describe('what is no words', () => {
  test.each([
    [['asdf jkloe quwertz uipo', 'yxcav bnmi qwoerr tzui', 'plmoa okeni jbuh vgy', 'lkaj sdfoi wueyr']],
    [['фывапр олдж эйцу кен', 'щшгн екуц йфы', 'вап рол джэ']],
    [['0x3f 9a8b7c 11 22 33', '77 88 99', '1 2 3']],
    [['hjkl', 'qwrt zxcv', 'bnm']],
    [['sdfkj wrtz qwrtp xcvb']],
    [['Xq zzkt prrt vbn', 'kjhg fdsa zxq']],
    [['{}[] ---']],
    [['asdf jkloe quwertz uipo', 'yxcav bnmi qwoerr tzui', 'plmoa okeni jbuh vgy', 'OK, thanks.']],
    [['{}[] ---', 'I want a refund.', 'sdfkj wrtz qwrtp xcvb', 'OK, thanks.', '***', '---']],
    [['aaaaaaaaaaaa']],
    [['aaaaaaaa', 'bbbbbbbbbb', 'I want']],
    [['the the the the the the the']],
    [['\ufffd\ufffd\ufffd\ufffd a']],
  ])('%j', async lines => {
    expect(await found(lines)).toMatch(/^turn \d: the caller said no words: "/)
  })

  test.each([
    ['a keyboard', 'abcdefghijklmnopqrstuvwxyz'],
    ['another keyboard', 'абвгдежзийклмнопрстуфхцчшщъыьэюя'],
  ])('letters at random of %s are found, nearly always', async (_, letters) => {
    const word = fc.string({ unit: fc.constantFrom(...Array.from(letters)), minLength: 3, maxLength: 8 })
    const line = fc.array(word, { minLength: 3, maxLength: 6 }).map(words => words.join(' '))
    const samples = fc.sample(fc.array(line, { minLength: 3, maxLength: 5 }), { numRuns: 200, seed: 12 })
    const reasons = await Promise.all(samples.map(lines => found(lines)))
    expect(reasons.filter(reason => reason?.includes('no words')).length).toBeGreaterThan(180)
  })
})
