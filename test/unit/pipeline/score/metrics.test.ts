import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { builtinMetrics, type BuiltinMetric, type Metric, type MetricSource } from '../../../../src/domain/metric.js'
import type { Moment, Transcript } from '../../../../src/domain/transcript.js'
import type { MetricScore } from '../../../../src/domain/verdict.js'
import { wordsOf } from '../../../../src/pipeline/score/metrics/words.js'
import { agent, caller, calls, digits, ended, returns, score, transcript } from './conversations.js'

function measure(held: Transcript, metric: Partial<Metric> & { source: MetricSource }): MetricScore {
  const measured = score(held, { metrics: ['m'] }, [{ key: 'm', name: 'M', type: 'numeric', ...metric }]).metrics.at(0)
  if (!measured) throw new Error('nothing was measured')
  return measured
}

function builtin(held: Transcript, name: BuiltinMetric, statistic: 'mean' | 'p90' | 'max' = 'mean'): MetricScore {
  const type = name === 'appropriate_termination' ? 'binary' : 'numeric'
  return measure(held, { type, source: { kind: 'builtin', builtin: name, statistic } })
}

const chat = transcript([agent('Hello, clinic here'), caller('I want to cancel'), agent('Done'), caller('Bye')])

function said(by: 'agent' | 'caller', turn: number, startS: number, endS = startS): Moment {
  return { type: 'said', by, turn, startS, endS, text: 'words' }
}

function heldOf(moments: Moment[]): Transcript {
  return { moments, metadata: {}, ending: ended('caller', 'Testing agent-ended-call') }
}

describe('latency_ms', () => {
  test('is measured from the end of what the caller said to the first words of the answer, turn by turn', () => {
    const held = heldOf([
      said('agent', 0, 0, 1),
      said('caller', 1, 1, 1.2),
      said('agent', 1, 1.234, 2),
      said('agent', 1, 3),
      said('caller', 2, 4, 5),
      said('caller', 2, 6, 7),
      said('agent', 2, 7.1),
      said('caller', 3, 8, 9),
    ])
    expect(builtin(held, 'latency_ms')).toMatchObject({ value: 67, samples: [34, 100] })
    expect(builtin(held, 'latency_ms', 'max').value).toBe(100)
  })

  test('counts one answer a turn, even if the caller goes on', () => {
    const held = heldOf([said('caller', 1, 0, 1), said('agent', 1, 1.5), said('caller', 1, 2, 3), said('agent', 1, 9)])
    expect(builtin(held, 'latency_ms').samples).toEqual([500])
  })

  test('is nothing where the agent spoke before the caller was done', () => {
    expect(builtin(heldOf([said('caller', 1, 0, 2), said('agent', 1, 1.5)]), 'latency_ms').samples).toEqual([0])
  })

  test('takes digits for words of the caller, and tool calls and blank texts for no words of the agent', () => {
    expect(builtin(transcript([digits('1'), calls('x'), agent(' '), agent('Thanks')]), 'latency_ms').samples).toEqual([3000])
  })

  test('is not scored where no turn was answered', () => {
    expect(builtin(transcript([agent('Hello'), caller('Hi')]), 'latency_ms')).toMatchObject({ value: null })
  })

  test('can be held to a figure of its own', () => {
    const held = heldOf([said('caller', 1, 0), said('agent', 1, 0.1), said('caller', 2, 1), said('agent', 2, 1.3)])
    const metric: Metric = {
      key: 'm',
      name: 'M',
      type: 'numeric',
      source: { kind: 'builtin', builtin: 'latency_ms', statistic: 'mean' },
    }
    const expects = [
      { kind: 'metric' as const, name: 'm', bounds: { min: 200, max: 200 } },
      { kind: 'metric' as const, name: 'm', statistic: 'p90' as const, bounds: { max: 299 } },
    ]
    expect(score(held, { expect: expects }, [metric]).checks.slice(1)).toMatchObject([
      { assertion: 'metric m exactly 200', holds: 'yes' },
      { assertion: 'metric m p90 <= 299', holds: 'no', because: 'it was 300' },
    ])
  })
})

test('turns, duration, words and talk ratio are counted', () => {
  expect(builtin(chat, 'turns').value).toBe(2)
  expect(builtin(chat, 'duration_s').value).toBe(4)
  expect(builtin({ ...chat, ending: { ...chat.ending, thoughtS: 1.5 } }, 'duration_s').value).toBe(2.5)
  expect(builtin(chat, 'words').value).toBe(4)
  expect(builtin(chat, 'talk_ratio').value).toBe(4 / 9)
  expect(builtin(transcript([digits('1')]), 'talk_ratio')).toMatchObject({ value: null, because: 'nobody said a word' })
})

describe('words', () => {
  test.each<[string, number]>([
    ["Don't pay $1,200.50 - well-known!", 5],
    ['  ', 0],
    ['naïve café, Größe', 3],
    ['cafe\u0301', 1],
    ['мама мыла раму', 3],
    ['… ?! 😀', 0],
    ['yes,no', 2],
    ['ok...fine', 2],
  ])('%j holds %d', (text, count) => {
    expect(wordsOf(text)).toHaveLength(count)
  })

  test('in scripts without spaces are told apart', () => {
    expect(wordsOf('你好，世界').length).toBeGreaterThan(1)
    expect(wordsOf('สวัสดีชาวโลก').length).toBeGreaterThan(1)
  })

  test('are those of Unicode for words of letters and digits', () => {
    const segmenter = new Intl.Segmenter('en', { granularity: 'word' })
    const letters = fc.stringMatching(/^[a-zA-ZäöüéßñДжя]{1,8}$/)
    const gap = fc.constantFrom(' ', ', ', '. ', '! ', '? ', ' - ', '; ', '\n', ' "', '-')
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.oneof(letters, fc.nat().map(String)), gap)), pairs => {
        const text = pairs.flat().join('')
        expect(wordsOf(text)).toEqual([...segmenter.segment(text)].filter(each => each.isWordLike).map(each => each.segment))
      }),
    )
  })
})

describe('repetition', () => {
  test('is the share of messages that nearly repeat an earlier one', () => {
    const held = transcript([
      caller('Hi'),
      agent('I am sorry, I did not understand that.'),
      caller('Cancel'),
      agent('I am sorry, I did not understand THAT!'),
      caller('Cancel'),
      agent('Which appointment would you like to cancel?'),
      caller('Mine'),
      agent('Your appointment is cancelled now.'),
    ])
    expect(builtin(held, 'repetition').value).toBe(0.25)
  })

  test('finds a long message with one word changed, and leaves a short one with one word changed alone', () => {
    const long = 'please tell me your full name and date of birth so that I can find your record in our system today'
    const nearly = transcript([caller('Hi'), agent(long), agent(long.replace('today', 'now'))])
    expect(builtin(nearly, 'repetition').value).toBe(0.5)
    const different = transcript([caller('Hi'), agent('Is it for Monday then?'), agent('Is it for Tuesday then?')])
    expect(builtin(different, 'repetition').value).toBe(0)
  })

  test('takes no acknowledgement for a repetition', () => {
    expect(builtin(transcript([caller('Hi'), agent('One moment please.'), agent('One moment please.')]), 'repetition').value).toBe(0)
  })

  test('is not scored where the agent said nothing', () => {
    expect(builtin(transcript([caller('Hi')]), 'repetition')).toMatchObject({
      value: null,
      because: 'the agent said nothing',
    })
  })
})

describe('tool_call_success', () => {
  test('is the share of calls with a result that is no error', () => {
    const held = transcript([
      caller('Hi'),
      calls('a', {}, '1'),
      calls('b', {}, '2'),
      calls('c'),
      calls('d'),
      returns({ ok: true, error: null }, { id: '2' }),
      returns({ error: 'no such patient' }, { id: '1' }),
      returns('done', { name: 'c' }),
      agent('Done.'),
    ])
    expect(builtin(held, 'tool_call_success').value).toBe(0.5)
  })

  test.each([
    { error: { code: 1 } },
    { isError: true },
    { is_error: true },
    { success: false },
    { ok: false },
    { status: 'error' },
    'Error: none',
  ])('%j is an error', result => {
    expect(builtin(transcript([caller('Hi'), calls('a'), returns(result)]), 'tool_call_success').value).toBe(0)
  })

  test.each([null, 0, '', [], {}, { error: '' }, { error: false }, 'errorless'])('%j is none', result => {
    expect(builtin(transcript([caller('Hi'), calls('a'), returns(result)]), 'tool_call_success').value).toBe(1)
  })

  test('takes two results for one call as one, and a result without a call as none', () => {
    const held = transcript([
      caller('Hi'),
      calls('a', {}, '1'),
      calls('a', {}, '2'),
      returns(1, { id: '1' }),
      returns(1, { id: '1' }),
      returns(1, { id: '9' }),
    ])
    expect(builtin(held, 'tool_call_success').value).toBe(0.5)
  })

  test('is not scored where no tool was called', () => {
    expect(builtin(chat, 'tool_call_success')).toMatchObject({ value: null, because: 'no tool was called' })
  })
})

describe('appropriate_termination', () => {
  const hungUp = ended('agent', 'Main agent-ended-call')
  const polite = ended('agent', 'Main agent-ended-call-after-message-spoken')

  test.each<[string, Transcript, boolean]>([
    ['the caller hung up', chat, true],
    ['the agent said goodbye and hung up', transcript([caller('Bye'), agent('Goodbye.')], { ending: polite }), true],
    ['the agent hung up on the caller', transcript([agent('Hello'), caller('I need')], { ending: hungUp }), false],
    ['the agent hung up on digits', transcript([agent('Press'), digits('1')], { ending: hungUp }), false],
    ['the agent hung up on its own question', transcript([caller('Hi'), agent('What is your name? ')], { ending: hungUp }), false],
    ['nobody said anything', transcript([], { ending: hungUp }), false],
    ['silence ended it', transcript([caller('Hi')], { ending: ended('limit', 'Main agent-silence-timed-out') }), false],
    ['a limit ended it', transcript([caller('Hi'), agent('Hi')], { ending: ended('limit', 'exceeded-max-turns') }), false],
  ])('when %s', (_title, held, value) => {
    expect(builtin(held, 'appropriate_termination').value).toBe(value)
  })

  test('is not scored where the call broke', () => {
    const held = transcript([caller('Hi'), agent('Hi')], { ending: ended('limit', 'call-failed-unknown-error') })
    expect(builtin(held, 'appropriate_termination')).toMatchObject({ value: null })
  })
})

describe('metrics of the suite', () => {
  test('are binary where they look for words or tool calls', () => {
    const held = transcript([caller('Hi'), calls('book'), agent('Goodbye')])
    const binary = (source: MetricSource): unknown => measure(held, { type: 'binary', source }).value
    expect(binary({ kind: 'agent_says', matcher: { matches: '(?i)good ?bye' } })).toBe(true)
    expect(binary({ kind: 'caller_says', matcher: { contains: 'bye' } })).toBe(false)
    expect(binary({ kind: 'tool_called', call: { name: 'book' } })).toBe(true)
    expect(binary({ kind: 'tool_called', call: { name: 'cancel' } })).toBe(false)
  })

  test.each<[Metric['type'], unknown, boolean]>([
    ['binary', true, true],
    ['binary', 'true', false],
    ['numeric', 1.5, true],
    ['numeric', '1.5', false],
    ['rating', 100, true],
    ['rating', 101, false],
    ['enum', 'book', true],
    ['enum', 'sell', false],
  ])('a %s of the metadata that is %j is scored: %s', (type, value, isScored) => {
    const held = { ...chat, metadata: { a: { b: value } } }
    const found = measure(held, { type, values: ['book', 'cancel'], source: { kind: 'metadata', pointer: '/a/b' } })
    expect(found.value).toBe(isScored ? value : null)
    expect(found.because === undefined).toBe(isScored)
  })

  test('are not scored where the metadata has nothing there, or a judge is asked', () => {
    expect(measure(chat, { source: { kind: 'metadata', pointer: '/x' } })).toMatchObject({
      value: null,
      because: 'the metadata has no /x',
    })
    expect(measure(chat, { source: { kind: 'judge', question: 'Was it kind?' } }).value).toBeNull()
  })

  test('can be asserted: true counts as 1, a text has no bounds', () => {
    const metric: Metric = { key: 'kind', name: 'Kind', type: 'enum', source: { kind: 'metadata', pointer: '/kind' } }
    const held = { ...chat, metadata: { kind: 'book' } }
    const ask = (asked: { bounds: { min?: number }; equals?: string }): unknown =>
      score(held, { expect: [{ kind: 'metric', name: 'kind', ...asked }] }, [metric]).checks.at(1)?.holds
    expect(ask({ bounds: {}, equals: 'book' })).toBe('yes')
    expect(ask({ bounds: {}, equals: 'cancel' })).toBe('no')
    expect(ask({ bounds: { min: 1 } })).toBe('unknown')
    const bye: Metric = {
      key: 'bye',
      name: 'Bye',
      type: 'binary',
      source: { kind: 'caller_says', matcher: { contains: 'bye' } },
    }
    expect(score(chat, { expect: [{ kind: 'metric', name: 'bye', bounds: { min: 1 } }] }, [bye]).holds).toBe('yes')
  })
})

test('every built-in metric of every conversation is a value of its type, or says why not', () => {
  const line = fc.oneof(
    fc.string({ unit: 'grapheme' }).map(agent),
    fc.string().map(caller),
    fc.constant(digits('12#')),
    fc.jsonValue().map(value => calls('tool', value)),
    fc.jsonValue().map(value => returns(value)),
  )
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), lines => {
      for (const name of builtinMetrics) {
        const { value, because = '', samples = [] } = builtin(transcript(lines), name)
        expect(value === null).toBe(because !== '')
        const most = ['talk_ratio', 'repetition', 'tool_call_success'].includes(name) ? 1 : Infinity
        for (const each of [Number(value), ...samples]) {
          expect(each).toBeGreaterThanOrEqual(0)
          expect(each).toBeLessThanOrEqual(most)
        }
      }
    }),
  )
})
