import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createMockTables } from '../../../../src/adapters/tools/mock-table.js'
import type { MockCase, MockTool } from '../../../../src/domain/mock-tool.js'
import { somewhere } from '../../../support/build.js'

const when = (input: MockCase['input'], output: unknown, more: Partial<MockCase> = {}): MockCase => ({
  input,
  gives: { output },
  delayMs: 0,
  ...more,
})
const tool = (cases: readonly MockCase[], more: Partial<MockTool> = {}): MockTool => ({ name: 'look_up', cases, at: somewhere, ...more })
const lookIn = (tools: readonly MockTool[], args: unknown, name = 'look_up') => createMockTables(tools, { tier: 'gold' }).look(name, args)

test('the first case whose input the call holds answers it, with its delay', () => {
  const mock = tool([when({ who: { id: 7 } }, 'seven', { delayMs: 200 }), when({ who: {} }, 'anyone'), when({}, 'nobody')])
  expect(lookIn([mock], { who: { id: 7, name: 'Maria' }, more: true })).toEqual({
    answer: { result: 'seven', isError: false, isUnmatched: false },
    delayMs: 200,
  })
  expect(lookIn([mock], { who: { id: 8 } }).answer.result).toBe('anyone')
  expect(lookIn([mock], {}).answer.result).toBe('nobody')
})

test('a case that is used up makes room for the next: a tool fails once, and then works', () => {
  const down = { input: {}, gives: { error: 'Down.' }, delayMs: 0, times: 1 } as const
  const tables = createMockTables([tool([down, when({}, 'up')])], {})
  const answers = [1, 2, 3].map(() => tables.look('look_up', {}).answer)
  expect(answers.map(({ result }) => result)).toEqual([{ error: 'Down.' }, 'up', 'up'])
  expect(answers.map(({ isError }) => isError)).toEqual([true, false, false])
})

test('what no case is for is answered otherwise; without that it is an error, and unmatched', () => {
  const otherwise = { gives: { error: { code: 'not_found' } }, delayMs: 5 } as const
  expect(lookIn([tool([when({ id: 1 }, 'one')], { otherwise })], { id: 2 })).toEqual({
    answer: { result: { error: { code: 'not_found' } }, isError: true, isUnmatched: false },
    delayMs: 5,
  })
  expect(lookIn([tool([when({ id: 1 }, 'one')])], { id: 2 }).answer).toEqual({
    result: { error: 'No case of the mock tool "look_up" matches these arguments.' },
    isError: true,
    isUnmatched: true,
  })
})

test.each([
  ['a tool that is not there', {}, 'lok_up', 'There is no tool "lok_up", only: look_up.'],
  ['arguments that are text', '{', 'look_up', 'The arguments of "look_up" must be a JSON object.'],
  ['arguments that are a list', [1], 'look_up', 'The arguments of "look_up" must be a JSON object.'],
])('%s matches nothing', (_what, args, name, error) => {
  const { answer } = lookIn([tool([when({}, 'any')])], args, name)
  expect(answer).toEqual({ result: { error }, isError: true, isUnmatched: true })
})

test('an output is filled in with the arguments and the agent variables, each with its own type where it stands alone', () => {
  const output = {
    id: '{{input.who.id}}',
    text: 'For {{input.who.id}}, {{ test_profile.tier }}: {{input.list}}',
    none: '{{input.none}}',
    [`a`]: ['{{input.list}}'],
  }
  expect(lookIn([tool([when({}, output)])], { who: { id: 7 }, list: [1, 'a'] }).answer.result).toEqual({
    id: 7,
    text: 'For 7, gold: [1,"a"]',
    none: null,
    a: [[1, 'a']],
  })
})

test('an argument cannot bring in placeholders of its own, and has no more than it was given', () => {
  expect(lookIn([tool([when({}, '{{input.a}}!')])], { a: '{{test_profile.tier}}' }).answer.result).toBe('{{test_profile.tier}}!')
  expect(lookIn([tool([when({}, '{{input.toString}}')])], {}).answer.result).toBeNull()
})

test('an input may ask for an agent variable', () => {
  const mock = tool([when({ tier: '{{test_profile.tier}}' }, 'yes')])
  expect(lookIn([mock], { tier: 'gold' }).answer.result).toBe('yes')
  expect(lookIn([mock], { tier: 'silver' }).answer.isUnmatched).toBe(true)
})

test('more arguments never unmatch a call, and a call matches the case that has its arguments', () => {
  const anyArguments = fc.dictionary(fc.string(), fc.jsonValue() as fc.Arbitrary<unknown>)
  fc.assert(
    fc.property(anyArguments, anyArguments, (input, more) => {
      const mock = tool([{ input, gives: { output: 'matched' }, delayMs: 0 }])
      fc.pre(!JSON.stringify(input).includes('{{'))
      expect(lookIn([mock], input).answer.result).toBe('matched')
      expect(lookIn([mock], { ...more, ...input }).answer.result).toBe('matched')
    }),
  )
})
