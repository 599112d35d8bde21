import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { collectProblems } from '../../../../src/pipeline/load/problems.js'
import { createPlaces } from '../../../../src/pipeline/load/places.js'
import { parseYaml } from '../../../../src/pipeline/load/read/parse-yaml.js'
import { readValues } from '../../../../src/pipeline/load/read/read-values.js'
import type { SuiteEnvironment } from '../../../../src/pipeline/load/read/environment.js'
import { documentOf, suiteWith } from './suites.js'

function read(text: string, variables: Readonly<Record<string, string>>) {
  const environment: SuiteEnvironment = { variables, reads: new Map() }
  const problems = collectProblems()
  const document = parseYaml({ path: 'a.yaml', text }, problems)
  const value = document && readValues({ path: 'a.yaml', text }, document, { places: createPlaces(), problems, environment })
  return {
    value,
    secrets: [...environment.reads.values()].map(({ name, value: found }) => ({ name, value: found })),
    codes: problems.found().map(({ code }) => code),
  }
}

test('a plain scalar means what it would mean if the value stood there itself', () => {
  const text = 'a: ${N}\nb: ${T}\nc: ${E:-}\nd: ${F:-1.5}\ne: ${S} and more\nf: ${H}\n'

  expect(read(text, { N: '4', T: 'true', S: 'one', H: '0x10' }).value).toEqual({
    a: 4,
    b: true,
    c: null,
    d: 1.5,
    e: 'one and more',
    f: 16,
  })
})

test('quotes and block scalars keep a value a text', () => {
  const text = 'a: "${N}"\nb: \'${N}\'\nc: |\n  ${N}\nd: >-\n  ${N}\ne: !!str ${N}\n'

  expect(read(text, { N: '4' }).value).toEqual({ a: '4', b: '4', c: '4\n', d: '4', e: '4' })
})

test('$${ stands for ${, and a lone $ for itself', () => {
  const text = 'a: "$${N}"\nb: "$N ${N} $"\nc: "$$${N}"\n'

  expect(read(text, { N: '4' }).value).toEqual({ a: '${N}', b: '$N 4 $', c: '$${N}' })
})

test('an empty variable is given way to a default, and is empty without one', () => {
  expect(read('a: "${E:-default}"\nb: "${E}"\nc: "${NONE:-}"', { E: '' }).value).toEqual({ a: 'default', b: '', c: '' })
})

test('keys and comments are left as they are', () => {
  expect(read('# ${NONE}\n"${NONE}": 1 # ${NONE}\n', {})).toEqual({ value: { '${NONE}': 1 }, secrets: [], codes: [] })
})

test('what is read is a secret, once for each name; defaults and empty values are none', () => {
  const { secrets } = read('a: "${A} ${A} ${B:-x} ${C:-y} ${E}"', { A: 'one', B: 'two', E: '' })

  expect(secrets).toEqual([
    { name: 'A', value: 'one' },
    { name: 'B', value: 'two' },
  ])
})

test('names that every object has are no variables', () => {
  expect(read('a: "${constructor}"\nb: "${toString:-no}"', {})).toMatchObject({
    value: { b: 'no' },
    codes: ['ENV_MISSING'],
  })
})

test('secrets come with the document', async () => {
  const document = await documentOf(suiteWith({ suite: '{ name: "${NAME}", owner: "${OWNER_KEY}" }' }), {
    NAME: 'Clinic 7',
    OWNER_KEY: 'scheduling',
  })

  expect(document).toMatchObject({ name: 'Clinic 7', owner: 'scheduling', secrets: [{ name: 'OWNER_KEY', value: 'scheduling' }] })
})

test('no value changes the structure of what it stands in', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), value => {
      const { value: plain, codes } = read('before: 1\nx: ${V}\nlist: ["${V}", \'${V}\']\nblock: |-\n  ${V}\nafter: 2\n', { V: value })
      const read1 = plain as Record<string, unknown>
      expect(codes).toEqual([])
      expect(Object.keys(read1)).toEqual(['before', 'x', 'list', 'block', 'after'])
      expect(read1).toMatchObject({ before: 1, list: [value, value], block: value, after: 2 })
      expect(typeof read1['x'] === 'object' ? read1['x'] : null).toBeNull()
    }),
  )
})
