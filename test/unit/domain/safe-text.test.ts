import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { wrapText } from '../../../src/adapters/reporters/wrapped-text.js'
import { plainCell, safeCell } from '../../../src/domain/safe-cell.js'
import { safeHtml } from '../../../src/domain/safe-html.js'
import { safeJson } from '../../../src/domain/safe-json.js'
import { cutMiddle, safeColumns, safeLine, safeText, shorten } from '../../../src/domain/safe-text.js'

test('what steers a terminal or reorders text is made visible', () => {
  expect(safeText('\u001b[31mred\u001b[0m\u0007')).toBe('␛[31mred␛[0m␇')
  expect(safeText('a\u202eb\u2066c\u009bd\u007f')).toBe('a<U+202E>b<U+2066>c<U+009B>d␡')
})

test('text that people write stays as it is', () => {
  const text = 'Grüße, 你好, שלום,\n\tनमस्ते 👩‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿'
  expect(safeText(text)).toBe(text)
})

test('line breaks are one kind, and on one line they show', () => {
  expect(safeText('a\r\nb\rc')).toBe('a\nb␍c')
  expect(safeLine('a\r\nb\tc')).toBe('a ⏎ b c')
})

test('a text is cut between characters, never inside one', () => {
  const texts = fc.array(fc.constantFrom('a', '😀', 'é')).map(parts => parts.join(''))
  fc.assert(
    fc.property(texts, fc.nat(20), (text, most) => {
      for (const cut of [shorten(text, most), cutMiddle(text, most)]) expect(cut.isWellFormed()).toBe(true)
    }),
  )
  expect(shorten('abcdef', 4)).toBe('abcd… (2 more characters)')
  expect(cutMiddle('abcdefgh', 4)).toBe('ab\n[... 4 characters cut ...]\ngh')
})

describe('commands for a CI runner', () => {
  test.each([
    ['::error file=a::b', ': :error file=a::b'],
    ['said\n \t::add-mask::e', 'said\n \t: :add-mask::e'],
    ['\u00a0::stop-commands::x', '\u00a0: :stop-commands::x'],
    [':::error::x', ': : :error::x'],
    ['see ##[error]no', 'see # #[error]no'],
    ['##vso[task.complete result=Succeeded;]', '# #vso[task.complete result=Succeeded;]'],
    ["####teamcity[buildStatus text='well']", "### #teamcity[buildStatus text='well']"],
    ['[[ATTACHMENT|/etc/passwd]]', '[ [ATTACHMENT|/etc/passwd]]'],
    ['[[[PROPERTY|a=b]]', '[[ [PROPERTY|a=b]]'],
  ])('%j gets a space', (text, expected) => {
    expect(safeText(text)).toBe(expected)
  })

  test.each(['std::vector<int>', '## Our terms', 'a [[link]]', 'matrix [[1, 2], [3, 4]]', '#1 of 3', 'at 10:30', 'C# and F# [sic]'])(
    '%j stays as it is',
    text => {
      expect(safeText(text)).toBe(text)
    },
  )
})

const acting = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '::',
        ':',
        '##',
        '#',
        '[',
        '[[',
        ']',
        '|',
        'error',
        'vso',
        'teamcity',
        'ATTACHMENT',
        'PROPERTY',
        ' ',
        '\n',
        '\t',
        '\r\n',
        '\u00a0',
      ),
      fc.constantFrom('\u3000', '\u2028', '\u0085', '\u001b', '\u009b31m', '\u202e', '\ud800', '\0', '⏎', '<', '='),
      fc.string({ unit: 'binary', maxLength: 3 }),
    ),
    { maxLength: 30 },
  )
  .map(parts => parts.join(''))

/** What a runner or a reader of JUnit would take, as their own code looks for it. */
const commands = /^\s*::|##[^\s#[\]]{0,20}\[|\[\[\w+\|/m

test('no text acts, in whatever lines it is broken, and what is safe stays the same', () => {
  fc.assert(
    fc.property(acting, fc.integer({ min: 2, max: 30 }), (text, width) => {
      const safe = safeText(text)
      expect(safeText(safe)).toBe(safe)
      expect(safe.isWellFormed()).toBe(true)
      for (const shown of [safe, safeLine(text), wrapText(safe, width, '  '), wrapText(safeLine(text), width, '')]) {
        expect(shown).not.toMatch(commands)
        // oxlint-disable-next-line no-control-regex -- they are what it looks for
        expect(shown).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/)
      }
      expect(safeLine(text)).not.toMatch(/[\n\t]/)
    }),
    { numRuns: 3000 },
  )
})

test('a line of a source is as long as before, so that carets stay under what they mean', () => {
  fc.assert(
    fc.property(acting, text => {
      const line = text.replaceAll(/[\r\n\u2028\u2029]/g, '').toWellFormed()
      expect(safeColumns(line)).toHaveLength(line.length)
      expect(safeColumns(line)).not.toMatch(/^\s*::|##[\w.-]*\[|\[\[\w+\|/)
    }),
    { numRuns: 3000 },
  )
})

test('JSON acts nowhere and means the same', () => {
  fc.assert(
    fc.property(acting, fc.boolean(), (text, isPretty) => {
      const json = JSON.stringify({ [text]: [text] }, null, isPretty ? 2 : undefined)
      const safe = safeJson(json)
      expect(JSON.parse(safe)).toEqual({ [text]: [text] })
      expect(safe).not.toMatch(/^\s*::|##[\w.-]*\[/m)
      // oxlint-disable-next-line no-control-regex -- they are what it looks for
      expect(safe).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/)
    }),
    { numRuns: 3000 },
  )
})

test('HTML has no markup of its own, and decodes to the text', () => {
  fc.assert(
    fc.property(fc.oneof(acting, fc.string({ unit: fc.constantFrom('<', '>', '&', '"', "'", 'script', '/', '&lt;', 'a') })), text => {
      const safe = safeHtml(text)
      expect(safe).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/)
      // oxlint-disable-next-line no-control-regex -- they are what it looks for
      expect(safe).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/)
    }),
    { numRuns: 3000 },
  )
})

describe('a cell of a table', () => {
  test.each([
    ['=1+1', "'=1+1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['+49 170 1', "'+49 170 1"],
    ['-2+3', "'-2+3"],
    [' =1', "' =1"],
    ["'=1", "''=1"],
    ['\uff1d1', "'\uff1d1"],
    ['-5', '-5'],
    ['+4917012345', '+4917012345'],
    ["it's", "it's"],
    ["'tis", "'tis"],
  ])('%j is %j', (text, cell) => {
    expect(safeCell(text)).toBe(cell)
  })

  test('is never a formula, and is read back as it was', () => {
    const texts = fc.string({ unit: fc.constantFrom('=', '+', '-', '@', "'", ' ', '\t', '\n', '1', '.', 'a', '\uff1d', '"', ',') })
    fc.assert(
      fc.property(texts, text => {
        const cell = safeCell(text)
        expect(plainCell(cell)).toBe(text)
        expect(cell).not.toMatch(/^(?!\s*[+-]?\d+(?:\.\d+)?$)\s*[=+\-@\uff1d]/)
      }),
      { numRuns: 3000 },
    )
  })
})
