import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileJson, compileText, placeholdersIn, type Facts } from '../../../../../src/adapters/channels/http/template.js'
import { callWith } from '../../../../contract/channels/conduct-call.js'

function facts(more: Partial<Facts> = {}): Facts {
  return { call: callWith(), message: 'Hi', history: [], captured: {}, ...more }
}

describe('a template', () => {
  test('without placeholders is the JSON value it was, whatever that is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        fc.pre(!JSON.stringify(value).includes('{{'))
        expect(JSON.parse(compileJson(value, [])(facts()))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  test('carries any message, alone and inside a text', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(0xffff)), units => {
        const message = String.fromCharCode(...units)
        const filled = compileJson({ alone: '{{message}}', inside: ['< {{message}} | {{ message }} >'] }, [])(facts({ message }))
        expect(JSON.parse(filled)).toEqual({ alone: message, inside: [`< ${message} | ${message} >`] })
      }),
    )
  })

  test('gives a captured value its own type alone, and its JSON inside a text', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        const sent = JSON.parse(JSON.stringify(value))
        const filled = compileJson(['{{captured.x}}', ':{{captured.x}}'], ['x'])(facts({ captured: { x: sent } }))
        const asText = sent === null ? '' : typeof sent === 'string' ? sent : JSON.stringify(sent)
        expect(JSON.parse(filled)).toEqual([sent, `:${asText}`])
      }),
    )
  })

  test('leaves out a key and an item of its own that are not captured yet', () => {
    const fill = compileJson(
      {
        thread: '{{captured.thread?}}',
        nested: { list: ['{{ captured.thread? }}', '{{message}}', '{{captured.thread}}'], only: { thread: '{{captured.thread?}}' } },
        text: 'in {{captured.thread?}}',
        last: '{{captured.other?}}',
      },
      ['thread', 'other'],
    )
    expect(JSON.parse(fill(facts()))).toEqual({ nested: { list: ['Hi', null], only: {} }, text: 'in ' })
    expect(JSON.parse(fill(facts({ captured: { thread: 7, other: null } })))).toEqual({
      thread: 7,
      nested: { list: [7, 'Hi', 7], only: { thread: 7 } },
      text: 'in 7',
      last: null,
    })
  })

  test('knows nothing of what every object has', () => {
    const filled = compileJson(['{{captured.constructor}}', '{{test_profile.toString}}'], ['constructor'])(facts())
    expect(JSON.parse(filled)).toEqual([null, null])
  })

  test('of a text encodes each value, and tells whether all of them are there', () => {
    const template = compileText('a/{{message}}?b={{captured.x}}', ['x'], encodeURIComponent)
    if (typeof template === 'string') throw new Error('It was taken for a plain text.')
    expect(template.isComplete(facts())).toBe(false)
    expect(template.fill(facts({ message: 'c d' }))).toBe('a/c%20d?b=')
    expect(template.isComplete(facts({ captured: { x: 0 } }))).toBe(true)
    expect(template.fill(facts({ captured: { x: '&' } }))).toBe('a/Hi?b=%26')
  })

  test('names its placeholders, each once, at any depth', () => {
    expect(placeholdersIn({ a: ['{{message}} {{ run.id }}'], b: { c: '{{message}}' }, d: 1, e: null })).toEqual(['message', 'run.id'])
  })

  test.each(['', 'mesage', 'captured.y', 'captured.y?', 'message?', 'captured', 'test_profile', 'run', 'scenario.name', 'constructor'])(
    'refuses {{%s}}, which it does not know',
    name => {
      expect(() => compileJson(`{{${name}}}`, ['x'])).toThrow(`Unknown placeholder {{${name}}}`)
    },
  )
})
