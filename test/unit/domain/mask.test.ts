import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createMask, noMask } from '../../../src/domain/mask.js'
import { shortestMasked, unmaskedBecause } from '../../../src/domain/secret.js'

const secret = { name: 'AGENT_KEY', value: 'sk-live/"a+b&c_<é>' }
const mask = createMask([secret])
const mark = '[redacted AGENT_KEY]'

/** Every form in which programs repeat a text. */
const forms: Readonly<Record<string, (text: string) => string>> = {
  'as it is': text => text,
  'with white space around it': text => `  ${text}\r\n`,
  'in JSON': text => JSON.stringify(text),
  'in JSON in JSON': text => JSON.stringify(JSON.stringify({ text })),
  'in JSON of ASCII': text => JSON.stringify(text).replaceAll(/[^ -~]/g, character => `\\u${inHex(character)}`),
  'in JSON with escaped slashes': text => JSON.stringify(text).replaceAll('/', String.raw`\/`),
  'in a URL': encodeURIComponent,
  'in a URL, with small letters': text => encodeURIComponent(text).replaceAll(/%../g, code => code.toLowerCase()),
  'in a URL, twice': text => encodeURIComponent(encodeURIComponent(text)),
  'in a form': text => new URLSearchParams({ text }).toString(),
  'in HTML': text => text.replaceAll(/[&<>"']/g, character => `&${entities[character]};`),
  'in HTML by numbers': text => text.replaceAll(/[&<>"'+=/]/g, character => `&#${character.charCodeAt(0)};`),
  'in HTML by hexadecimal numbers': text =>
    text.replaceAll(/[&<>"'/]/g, character => `&#x${character.charCodeAt(0).toString(16).toUpperCase()};`),
  'in JSON in HTML': text => JSON.stringify(text).replaceAll(/[&<>"']/g, character => `&${entities[character]};`),
  'in JSON, every character escaped': text => Array.from({ length: text.length }, (_, i) => `\\u${inHex(text.slice(i))}`).join(''),
  'in a URL, every byte escaped': text => Array.from(Buffer.from(text), byte => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  'in HTML, every character by number': text => Array.from(text, character => `&#${character.codePointAt(0)};`).join(''),
  'in JSON in a URL': text => encodeURIComponent(JSON.stringify({ text })),
  'in base64 of several lines': text => Buffer.from(`it is ${text}`).toString('base64').replaceAll(/.{16}/g, '$&\r\n'),
  'in Markdown': text => text.replaceAll(/[\\`*_{}[\]()#+.!|<>-]/g, String.raw`\$&`),
  'composed': text => text.normalize('NFC'),
  'decomposed': text => text.normalize('NFD'),
  'in CSV': text => `"${text.replaceAll('"', '""')}"`,
  'in SQL': text => `'${text.replaceAll("'", "''")}'`,
  'in quoted-printable': text =>
    Array.from(Buffer.from(text), byte =>
      /[ -<>-~]/.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`,
    ).join(''),
  'in two lines': text => text.replace(/(?<=\S)(?=\S)/u, '\n'),
  'letter by letter': text => Array.from(text.replaceAll(/\s/g, '')).join(' '),
  'in base64': text => Buffer.from(text).toString('base64'),
  'in base64 behind one byte': text => Buffer.from(`:${text}`).toString('base64'),
  'in base64 behind a user': text => Buffer.from(`user:${text}:more`).toString('base64'),
  'in base64 behind two bytes': text => Buffer.from(`::${text}`).toString('base64'),
  'in base64 for URLs': text => Buffer.from(`x${text}`).toString('base64url'),
}
const entities: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' }

function inHex(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(4, '0')
}

/** Secrets as people make them: letters, digits, punctuation, also other scripts and several lines. */
const secrets = fc
  .oneof(
    fc.string({ unit: fc.constantFrom(...Array.from('abcXYZ019-_./+=~')), minLength: 10, maxLength: 60 }),
    fc.string({ unit: 'grapheme-ascii', minLength: 10, maxLength: 40 }),
    fc.string({ unit: 'grapheme', minLength: 10, maxLength: 20 }),
    fc
      .array(fc.string({ unit: fc.constantFrom(...Array.from('abcXYZ019+/=')), minLength: 12, maxLength: 64 }), {
        minLength: 2,
        maxLength: 4,
      })
      .map(lines => lines.join('\n')),
  )
  .filter(value => unmaskedBecause(value) === undefined && value.isWellFormed() && !/\[redacted/.test(value))

describe('a secret is masked', () => {
  test.each(Object.entries(forms))('%s', (_name, form) => {
    fc.assert(
      fc.property(secrets, fc.constantFrom('', 'Your key is ', 'x'), (value, before) => {
        const masked = createMask([{ name: 'AGENT_KEY', value }]).text(before + form(value))
        expect(masked).toContain(mark)
        for (const line of value.split('\n')) expect(masked).not.toContain(line.trim().slice(0, 10))
      }),
      { numRuns: 40 },
    )
  })

  test('each line of several', () => {
    const key = createMask([{ name: 'AGENT_KEY', value: '-----BEGIN KEY-----\nMIIEvQIBADANBg\r\nkqhkiG9w0BAQEF\n' }])
    expect(key.text('It has kqhkiG9w0BAQEF in it.')).toBe(`It has ${mark} in it.`)
  })

  test('however long it is', () => {
    const value = `begin ${'k"+/'.repeat(90_000)} end`
    expect(createMask([{ name: 'AGENT_KEY', value }]).text(`It is ${JSON.stringify(value)}.`)).toBe(`It is "${mark}".`)
  })

  test('where it is split over texts, with white space between', () => {
    fc.assert(
      fc.property(secrets, fc.nat(), fc.constantFrom('', ' ', '\n'), (value, at, space) => {
        const text = value.trim()
        const cut = 1 + (at % (text.length - 1))
        const [first = '', second = ''] = createMask([{ name: 'AGENT_KEY', value }]).texts([
          `It is ${text.slice(0, cut)}${space}`,
          `${text.slice(cut)} now`,
        ])
        fc.pre(!/\s$/.test(text.slice(0, cut)) && !/^\s/.test(text.slice(cut)))
        expect([first, second]).toEqual([`It is ${mark}`, `${mark} now`])
      }),
    )
  })

  test('where it is told word by word, however the words are joined', () => {
    const words = fc.array(fc.stringMatching(/^[a-z0-9]{3,12}$/), { minLength: 3, maxLength: 6 })
    const spaces = fc.constantFrom(['', ''], ['', ' '], [' ', ''])
    fc.assert(
      fc.property(words, spaces, fc.boolean(), (said, [before = '', after = ''], areLines) => {
        const value = said.join(areLines ? '\n' : ' ')
        const own = createMask([{ name: 'AGENT_KEY', value }])
        const pieces = own.texts(['It is ', ...said.map(word => before + word + after), ' now'])
        for (const word of said) expect(pieces).not.toContain(before + word + after)
        expect(pieces.join(' ')).toContain(mark)
      }),
    )
  })

  test('where a cut went through it, at either end', () => {
    fc.assert(
      fc.property(secrets, fc.integer({ min: 4, max: 9 }), (value, length) => {
        const text = value.trim()
        const own = createMask([{ name: 'AGENT_KEY', value }])
        expect(own.cut(`It is ${text.slice(0, length)}`)).not.toContain(text.slice(0, length))
        expect(own.cut(`${text.slice(-length)} it is`)).not.toContain(text.slice(-length))
      }),
    )
  })

  test('in the keys, texts and whole numbers of JSON', () => {
    const own = createMask([{ name: 'PIN', value: '1234567890' }])
    expect(own.json({ '1234567890': [1234567890, -1234567890, 12345678901, 'no 1234567890'] })).toEqual({
      '[redacted PIN]': ['[redacted PIN]', '[redacted PIN]', 12345678901, 'no [redacted PIN]'],
    })
  })
})

test('what is masked is not masked again, and what has no secret comes back as the same object', () => {
  fc.assert(
    fc.property(fc.array(secrets, { minLength: 1, maxLength: 3 }), fc.string({ unit: 'grapheme' }), (values, text) => {
      const own = createMask(values.map((value, i) => ({ name: `KEY_${i}`, value })))
      const masked = own.text(`${text}${values.join(' ')}${text}`)
      expect(own.text(masked)).toBe(masked)
    }),
  )
  const plain = { a: ['nothing', { b: 1 }] }
  expect(mask.json(plain)).toBe(plain)
  expect(mask.strings(plain)).toBe(plain)
})

test('a secret is found in a long text full of escapes', () => {
  const escapes = String.raw`\"&amp;%41+\n `.repeat(10_000)
  for (const form of ['in JSON in JSON', 'in a URL, twice', 'in a form', 'in JSON in HTML'] as const) {
    const masked = createMask([{ name: 'AGENT_KEY', value: 'correct horse "battery" staple' }]).text(
      escapes + forms[form]!('correct horse "battery" staple'),
    )
    expect({ form, end: masked.slice(escapes.length - 20) }).toMatchObject({ end: expect.stringContaining(mark) as string })
  }
})

test('a mark of ours does not shield a secret', () => {
  expect(mask.text(`[redacted ${secret.value}]`)).toBe(`[redacted ${mark}]`)
})

test('our own data keep their keys, their numbers, and what stands under the keys that are kept', () => {
  const own = createMask([{ name: 'DAY_KEY', value: '2026-11-29' }])
  expect(own.strings({ 'at': '2026-11-29T10:00:00Z', '2026-11-29': 'on 2026-11-29' }, new Set(['at']))).toEqual({
    'at': '2026-11-29T10:00:00Z',
    '2026-11-29': 'on [redacted DAY_KEY]',
  })
})

test('a secret that is short when composed is found as it is', () => {
  const value = 'e\u0301'.repeat(5)
  const own = createMask([{ name: 'ACCENTS', value }])
  expect(own.text(`It is ${value}, and not xyzééééé.`)).toBe('It is [redacted ACCENTS], and not xyzééééé.')
})

test('the longest secret is masked first: one may contain another', () => {
  const own = createMask([
    { name: 'SHORT', value: 'password1' },
    { name: 'LONG', value: 'the-password1-of-all' },
  ])
  expect(own.text('the-password1-of-all password1')).toBe('[redacted LONG] [redacted SHORT]')
})

test('what is short, or one of our own words, is not masked', () => {
  for (const value of ['', 'text', '1100', 'passed', 'x'.repeat(shortestMasked - 1), 'agent_error', 'Callsheet', ' short  ']) {
    expect(createMask([{ name: 'KEY', value }])).toBe(noMask)
  }
})
