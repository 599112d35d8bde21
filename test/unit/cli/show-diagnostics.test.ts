import { stripVTControlCharacters } from 'node:util'
import { describe, expect, test } from 'vitest'
import { showDiagnostics } from '../../../src/cli/show-diagnostics.js'
import type { Diagnostic } from '../../../src/domain/diagnostic.js'
import type { SourceFile } from '../../../src/domain/source.js'

const suite: SourceFile = {
  path: 'suites/clinic.yaml',
  text: ['version: 1', 'runs:', '  - agent: clinc', '    tags: [smok]', '  - agent: clinic', ''].join('\n'),
}

function at(words: string, file = suite): Diagnostic['at'] & object {
  const start = file.text.indexOf(words)
  return { file, start, end: start + words.length }
}

const unknownAgent: Diagnostic = {
  code: 'AGENT_UNKNOWN',
  severity: 'error',
  message: 'There is no agent "clinc".',
  hint: 'Did you mean "clinic"?',
  at: at('clinc'),
}

const plain = { colour: false }

test('a diagnostic says what, where and what next', () => {
  expect(showDiagnostics([unknownAgent], plain)).toBe(`\
error AGENT_UNKNOWN: There is no agent "clinc".
 --> suites/clinic.yaml:3:12
  |
3 |   - agent: clinc
  |            ^^^^^ Did you mean "clinic"?

1 error`)
})

test('several are sorted by file and position, and counted', () => {
  const other: SourceFile = { path: 'suites/people.yaml', text: 'a: 1\n' }
  const shown = showDiagnostics(
    [
      { code: 'TAG_NOT_THERE', severity: 'warning', message: 'No such tag.', at: at('smok') },
      { code: 'KEY_UNKNOWN', severity: 'error', message: 'No such key.', at: at('a', other) },
      unknownAgent,
      { code: 'FILE_MISSING', severity: 'error', message: 'No such file.', hint: 'Make one.' },
    ],
    plain,
  )

  expect(shown.split('\n').filter(line => /^(error|warning|\d)/.test(line))).toEqual([
    'error FILE_MISSING: No such file.',
    'error AGENT_UNKNOWN: There is no agent "clinc".',
    '3 |   - agent: clinc',
    'warning TAG_NOT_THERE: No such tag.',
    '4 |     tags: [smok]',
    'error KEY_UNKNOWN: No such key.',
    '1 | a: 1',
    '3 errors, 1 warning',
  ])
  expect(shown).toContain('error FILE_MISSING: No such file.\n  Make one.\n\n')
})

test('another place that has to do with it has a frame of its own', () => {
  const shown = showDiagnostics(
    [{ ...unknownAgent, related: { note: 'Here it is right.', at: at('clinic', { ...suite, text: suite.text }) } }],
    plain,
  )

  expect(shown).toContain(`
  |            ^^^^^ Did you mean "clinic"?
 --> suites/clinic.yaml:5:12
  |
5 |   - agent: clinic
  |            ^^^^^^ Here it is right.`)
})

test('of what goes on over several lines, the first is shown', () => {
  const shown = showDiagnostics(
    [{ ...unknownAgent, at: { file: suite, start: suite.text.indexOf('agent'), end: suite.text.length } }],
    plain,
  )

  expect(shown).toContain('3 |   - agent: clinc\n  |     ^^^^^^^^^^^^ Did')
})

test('an empty place is pointed at all the same, also behind the last line', () => {
  const { length } = suite.text
  const shown = showDiagnostics([{ ...unknownAgent, at: { file: suite, start: length, end: length } }], plain)

  expect(shown).toContain(' --> suites/clinic.yaml:6:1\n  |\n6 | \n  | ^ Did')
})

test('carets stand under their words behind tabs, and no control character reaches the terminal', () => {
  const file: SourceFile = { path: 'a.yaml', text: 'a:\t\u001b[2Jclinc\r\nb: 1\n' }
  const shown = showDiagnostics([{ ...unknownAgent, at: at('clinc', file) }], plain)

  expect(shown).toContain('1 | a:\t\ufffd[2Jclinc\n  |   \t    ^^^^^ Did')
  expect(shown).not.toContain('\u001b')
})

test('a very long line is cut around its mistake', () => {
  const file: SourceFile = { path: 'a.yaml', text: `${'x'.repeat(5000)}clinc${'y'.repeat(5000)}` }
  const lines = showDiagnostics([{ ...unknownAgent, at: at('clinc', file) }], plain).split('\n')

  expect(lines[3]?.length).toBeLessThan(200)
  expect(lines[4]?.indexOf('^')).toBe(lines[3]?.indexOf('clinc'))
})

test('colour only adds colour', () => {
  const coloured = showDiagnostics([unknownAgent], { colour: true })

  expect(coloured).toContain('\u001b[31merror AGENT_UNKNOWN\u001b[0m')
  expect(stripVTControlCharacters(coloured)).toBe(showDiagnostics([unknownAgent], plain))
})

test('of very many, a hundred are shown and all are counted', () => {
  const shown = showDiagnostics(
    Array.from({ length: 250 }, () => unknownAgent),
    plain,
  )

  expect(shown.match(/error AGENT_UNKNOWN/g)).toHaveLength(100)
  expect(shown.endsWith('\n\nand 150 more\n\n250 errors')).toBe(true)
})

describe('keys that are written in a suite', () => {
  test.each([
    [
      'in a flow map',
      'model',
      'judge: { model: x, api_key: sk-literal-key, votes: 3 }',
      '1 | judge: { model: x, api_key: ••••••••••••••, votes: 3 }',
    ],
    ['in quotes', 'secret', 'secret: "one two"', '1 | secret: "••• •••"'],
    ['of several lines', 'literal', 'api_key: >-\n  sk-\n  literal\nb: 1\n', '3 |   •••••••'],
    ['as a default', 'api_key', 'api_key: ${LLM_KEY:-sk-literal}', '1 | api_key: ${LLM_KEY:-••••••••••}'],
    [
      'in headers',
      'Bearer',
      'headers:\n  X-Team: quality\n  authorization: Bearer abc ${TOKEN}',
      '3 |   authorization: •••••• ••• ${TOKEN}',
    ],
    ['in an address', 'url', 'url: https://ann:pa:ss@example.com/a@b', '1 | url: https://•••••••••@example.com/a@b'],
    ['where a file is no YAML', 'x', 'a: [\napi_key:sk-literal x', '2 | api_key:•••••••••• •'],
    ['nested too deep', 'api_key', `${'['.repeat(20_000)}\napi_key: sk-literal`, '2 | api_key: ••••••••••'],
  ])('%s are blanked', (_, words, text, line) => {
    const shown = showDiagnostics([{ ...unknownAgent, at: at(words, { path: 'a.yaml', text }) }], plain)
    expect(shown.split('\n')[3]).toBe(line)
  })

  test('leave the carets where they belong, and names of variables to be read', () => {
    const file = { path: 'a.yaml', text: 'judge: { api_key: sk-literal, model: "${JUDGE}" }' }
    expect(showDiagnostics([{ ...unknownAgent, at: at('${JUDGE}', file) }], plain)).toContain(
      '1 | judge: { api_key: ••••••••••, model: "${JUDGE}" }\n  |                                       ^^^^^^^^ Did',
    )
  })
})
