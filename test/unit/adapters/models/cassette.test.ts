import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import fc from 'fast-check'
import type { CassetteUse } from '../../../../src/adapters/models/cassette/cassette.js'
import { recordCassette } from '../../../../src/adapters/models/cassette/record.js'
import { replayCassette } from '../../../../src/adapters/models/cassette/replay.js'
import { createSecretKeeper } from '../../../../src/adapters/models/cassette/secrets.js'
import type { Secret } from '../../../../src/domain/secret.js'
import type { Model, ModelUsage } from '../../../../src/domain/model.js'
import { FaultError } from '../../../../src/domain/fault.js'
import { createMask } from '../../../../src/domain/mask.js'
import { AnswerCut, AnswerUnusable, type LanguageModel, type ModelRequest } from '../../../../src/ports/language-model.js'
import { somewhere } from '../../../support/build.js'
import { fastClock } from '../../../support/fast-clock.js'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'callsheet-cassette-'))
  file = join(folder, 'cassettes', 'suite.jsonl')
})
afterEach(() => rmSync(folder, { recursive: true }))

const model: Model = {
  role: 'caller',
  at: somewhere,
  baseUrl: 'http://127.0.0.1:9/v1',
  model: 'talker',
  apiKey: 'sk-very-secret',
  headers: {},
  timeoutMs: 1000,
  stream: false,
  structured: 'json_schema',
  limits: { concurrency: 1 },
  retries: 0,
}
const never = new AbortController().signal
const took: ModelUsage = { role: 'caller', model: 'talker', requests: 1, inputTokens: 10, outputTokens: 5, cost: 0.5 }

function use(secrets: readonly Secret[] = []): CassetteUse {
  return { clock: fastClock(1000), seed: 1, secrets, mask: createMask(secrets) }
}

function asking(words: string, more: Partial<ModelRequest> = {}): ModelRequest {
  const schema = { type: 'object', properties: { say: { type: 'string' } }, required: ['say'], additionalProperties: false }
  const messages = [
    { role: 'system' as const, content: 'You are Maria.' },
    { role: 'user' as const, content: words },
  ]
  return { purpose: 'caller, turn 1', messages, answer: { name: 'move', schema, mostTokens: 200 }, ...more }
}

/** A model that answers with what it is asked, and how often. */
function parrot(): LanguageModel {
  let asked = 0
  return {
    async ask({ messages }, { signal, spent }) {
      const words = messages.at(-1)?.content ?? ''
      asked += 1
      if (words === 'hold') {
        await new Promise<void>(resolve => signal.addEventListener('abort', () => resolve()))
        spent({ ...took, outputTokens: 0 })
        throw signal.reason
      }
      spent(took)
      if (words === 'babble') throw new AnswerUnusable({ by: 'infra', code: 'judge_model', message: 'It babbled.' })
      if (words === 'stop') throw new AnswerCut({ by: 'infra', code: 'judge_model', message: 'It was cut off.' })
      if (words === 'fail') throw new FaultError({ by: 'infra', code: 'caller_model', message: 'It refused.' })
      return { say: `${words} ${asked}` }
    },
  }
}

const answerOf = (asked: Promise<unknown>): Promise<unknown> => asked.catch((cause: unknown) => cause)

/** Records what a model answers to some questions, and gives back what a replay does. */
async function taped(questions: readonly ModelRequest[], secrets: readonly Secret[] = []) {
  const recorder = recordCassette(file, false, use(secrets))
  const live = await recorder.model(model, async () => parrot())
  const recorded = []
  for (const question of questions) recorded.push(await answerOf(live.ask(question, { signal: never, spent: () => undefined })))
  const note = recorder.close('whole')
  return { recorded, note }
}

async function replaying(secrets: readonly Secret[] = [], of: Partial<Model> = {}) {
  const spent: ModelUsage[] = []
  const opened = await replayCassette(file, use(secrets)).model({ ...model, ...of }, async () => Promise.reject(new Error('it was opened')))
  return {
    spent,
    ask: (request: ModelRequest, signal = never) => answerOf(opened.ask(request, { signal, spent: usage => spent.push(usage) })),
  }
}

test('what was recorded is answered again, without the model, and took the same', async () => {
  const { recorded, note } = await taped([asking('Hello?'), asking('Name?')])
  expect(note).toBe(`Recorded 2 answers in ${file}. To replay them asks no model.`)
  const { ask, spent } = await replaying()
  expect([await ask(asking('Hello?')), await ask(asking('Name?'))]).toEqual(recorded)
  expect(spent).toEqual([took, took])
  expect(existsSync(`${file}.part`)).toBe(false)
})

test('the same question gets its answers in the order in which they were given', async () => {
  const { recorded } = await taped([asking('Hello?'), asking('Hello?'), asking('Hello?')])
  expect(new Set(recorded.map(each => JSON.stringify(each))).size).toBe(3)
  const { ask } = await replaying()
  expect([await ask(asking('Hello?')), await ask(asking('Hello?')), await ask(asking('Hello?'))]).toEqual(recorded)
  expect(await ask(asking('Hello?'))).toMatchObject({
    fault: {
      code: 'caller_model',
      isFinal: true,
      message: `${file} holds 3 answers to this question (caller, turn 1), but it was asked again. Record it again.`,
    },
  })
})

test('what a question is for plays no part, nor in which order questions come', async () => {
  const { recorded } = await taped([asking('Hello?'), asking('Name?')])
  const { ask } = await replaying()
  expect(await ask(asking('Name?', { purpose: 'something else' }))).toEqual(recorded[1])
  expect(await ask(asking('Hello?'))).toEqual(recorded[0])
})

test('a fault is replayed as a fault, with what it took', async () => {
  await taped([asking('fail once')])
  const fault = { by: 'infra', code: 'caller_model', message: 'It refused.' }
  writeFileSync(file, readFileSync(file, 'utf8').replace('"answer":{"say":"fail once 1"}', `"fault":${JSON.stringify(fault)}`))
  const { ask, spent } = await replaying()
  expect(await ask(asking('fail once'))).toMatchObject({ fault })
  expect(spent).toEqual([took])
})

test('an answer without which whoever asked goes on is replayed as such, and is no failure of the recording', async () => {
  const questions = [asking('babble', { mayBe: 'unusable' }), asking('stop', { mayBe: 'cut' }), asking('stop', { mayBe: 'unusable' })]
  const { recorded, note } = await taped(questions)
  expect(note).toContain('Recorded 3 answers')
  const { ask } = await replaying()
  for (const [i, question] of questions.entries()) {
    const told = await ask(question)
    expect(told).toEqual(recorded[i])
    expect(told).toBeInstanceOf(i === 0 ? AnswerUnusable : AnswerCut)
  }
  expect((await taped([asking('babble', { mayBe: 'cut' })])).note).toContain('The recording is not kept')
})

test('an abandoned question waits to be abandoned again, and no longer than it must', async () => {
  const recorder = recordCassette(file, false, use())
  const live = await recorder.model(model, async () => parrot())
  const leaving = new AbortController()
  const abandoned = answerOf(live.ask(asking('hold'), { signal: leaving.signal, spent: () => undefined }))
  leaving.abort(new Error('the agent said more'))
  await abandoned
  recorder.close('whole')

  const again = new AbortController()
  const { ask, spent } = await replaying()
  const asked = ask(asking('hold'), again.signal)
  again.abort(new Error('it does so again'))
  expect(await asked).toEqual(new Error('it does so again'))
  expect(spent).toEqual([{ ...took, outputTokens: 0 }])
  // ten seconds, a thousand times as fast
  expect(await (await replaying()).ask(asking('hold'))).toMatchObject({
    fault: { message: expect.stringContaining('the agent went on before the model had answered') },
  })
})

describe('a miss names what has changed', () => {
  test.each<[string, ModelRequest, string]>([
    [
      'a message',
      asking('Hello there?'),
      'In the nearest (caller, turn 1) message 2 (user) differs from character 6: recorded "Hello?", now "Hello there?".',
    ],
    [
      'an earlier message',
      {
        ...asking('Hello?'),
        messages: [
          { role: 'system', content: 'You are Mary.' },
          { role: 'user', content: 'Hello?' },
        ],
      },
      'message 1 (system) differs from character 12: recorded "You are Maria.", now "You are Mary."',
    ],
    [
      'one more message',
      { ...asking('Hello?'), messages: [...asking('Hello?').messages, { role: 'user', content: 'Well?' }] },
      'message 3 (user) is missing: "Well?"',
    ],
    [
      'one less',
      { ...asking('Hello?'), messages: asking('Hello?').messages.slice(0, 1) },
      'message 2 (user) follows, which is not asked now: "Hello?"',
    ],
    ['the seed', asking('Hello?', { vote: 1 }), 'It has the same words with seed 1 (now 2).'],
    ['the temperature', asking('Hello?', { temperature: 1 }), 'It has the same words with temperature left out (now 1).'],
    [
      'the schema',
      asking('Hello?', { answer: { name: 'move', schema: { type: 'object' }, mostTokens: 200 } }),
      'another schema for its answer, move.',
    ],
    ['the kind', asking('Hello?', { answer: { name: 'verdict', schema: {}, mostTokens: 200 } }), 'nor to any other of its kind.'],
  ])('%s', async (_what, question, message) => {
    await taped([asking('Hello?')])
    const { ask } = await replaying()
    expect(await ask(question)).toMatchObject({ fault: { message: expect.stringContaining(message) } })
  })

  test('the model', async () => {
    await taped([asking('Hello?')])
    const { ask } = await replaying([], { model: 'other' })
    expect(await ask(asking('Hello?'))).toMatchObject({ fault: { message: expect.stringContaining('with model talker (now other).') } })
  })
})

describe('the file', () => {
  test('a new recording of the same has the same bytes, in whatever order it was asked', async () => {
    await taped([asking('Hello?'), asking('Name?', { seed: 5 }), asking('And your name, please?', { seed: 5 })])
    const one = readFileSync(file, 'utf8').replaceAll(/ \d"\}/g, '"}')
    await taped([asking('And your name, please?', { seed: 5 }), asking('Hello?'), asking('Name?', { seed: 5 })])
    expect(readFileSync(file, 'utf8').replaceAll(/ \d"\}/g, '"}')).toBe(one)
    expect(one.split('\n')[0]).toBe('{"cassette":2,"entries":3}')
  })

  test('an unfinished recording of another version is refused, and stays', () => {
    mkdirSync(join(folder, 'cassettes'))
    writeFileSync(`${file}.part`, '{"cassette":3}\n{"key":"12"}\n')
    expect(() => recordCassette(file, true, use())).toThrow(`${file}.part is a cassette of version 3, and this Callsheet reads version 2.`)
    expect(readFileSync(`${file}.part`, 'utf8')).toBe('{"cassette":3}\n{"key":"12"}\n')
  })

  test('a crash loses nothing: what was answered is in .part, the old cassette is as it was, and it can be gone on with', async () => {
    await taped([asking('Hello?')])
    const before = readFileSync(file, 'utf8')
    const crashed = recordCassette(file, false, use())
    const live = await crashed.model(model, async () => parrot())
    const answer = await live.ask(asking('Name?'), { signal: never, spent: () => undefined })
    expect(readFileSync(file, 'utf8')).toBe(before)
    // the last line was torn
    writeFileSync(`${file}.part`, `${readFileSync(`${file}.part`, 'utf8')}{"key":"12`)

    const going = recordCassette(file, true, use())
    const after = await going.model(model, async () => parrot())
    await after.ask(asking('Hello?'), { signal: never, spent: () => undefined })
    expect(going.close('unfinished')).toContain(`are in ${file}.part; ${file} is unchanged. Resume the result to finish it.`)
    expect(readFileSync(file, 'utf8')).toBe(before)
    const last = recordCassette(file, true, use())
    last.close('whole')
    const { ask } = await replaying()
    expect(await ask(asking('Name?'))).toEqual(answer)
  })

  test('a recording in which the model failed does not take the place of a good one', async () => {
    await taped([asking('Hello?')])
    const before = readFileSync(file, 'utf8')
    const { note } = await taped([asking('Hello?'), asking('fail')])
    expect(note).toBe(
      `The recording is not kept: the model failed to give 1 of 2 answers (first: It refused.) Its answers so far are in ${file}.part; ${file} is unchanged. Record it again.`,
    )
    expect(readFileSync(file, 'utf8')).toBe(before)
    expect(readFileSync(`${file}.part`, 'utf8')).toContain('It refused.')
  })

  test.each<[string, (text: string) => string, string]>([
    ['cut off in a line', text => text.slice(0, -40), 'is truncated: it has 1 of its 2 answers.'],
    ['cut off between lines', text => `${text.split('\n').slice(0, 2).join('\n')}\n`, 'is truncated: it has 1 of its 2 answers.'],
    [
      'of another version',
      text => text.replace('"cassette":2', '"cassette":3'),
      'is a cassette of version 3, and this Callsheet reads version 2. Update this one, or record it again.',
    ],
    [
      'of the version before',
      text => text.replace('"cassette":2', '"cassette":1'),
      'is a cassette of version 1, and this Callsheet reads version 2. Record it again.',
    ],
    ['none at all', () => 'version: 1\n', 'is not a cassette: its first line does not say so.'],
    ['empty', () => '', 'is empty. Restore it, or record it again.'],
    [
      'of a version that is none',
      text => text.replace('"cassette":2', '"cassette":"1"'),
      'was edited: in its first line, cassette is "1" and',
    ],
    [
      'with a text for its answers',
      text => text.replace('"entries":2', '"entries":"2"'),
      'was edited: in its first line, entries is "2" and',
    ],
    [
      'with no possible number of answers',
      text => text.replace('"entries":2', '"entries":-2'),
      'entries is -2 and not a number of answers.',
    ],
    ['never finished', text => text.replace(',"entries":2', ''), 'was never finished'],
    ['with a line that is none', text => text.replace(/\n\{/, '\n!{'), ':2 is not a line of a cassette.'],
  ])('one that is %s is told before anything is asked', async (_what, spoil, message) => {
    await taped([asking('Hello?'), asking('Name?')])
    writeFileSync(file, spoil(readFileSync(file, 'utf8')))
    expect(() => replayCassette(file, use())).toThrow(message)
  })

  test.each<[string, (text: string) => string, string]>([
    [
      'an answer into another shape',
      text => text.replace('"answer":{"say":"Hello? 1"}', '"answer":{"says":1}'),
      `The answer at FILE:2 does not fit the question (caller, turn 1): the answer must have required property 'say'. Correct it, or record it again.`,
    ],
    ['a question', text => text.replace('You are Maria.', 'You are Mary.'), 'FILE:2 was edited: its key belongs to another question.'],
    [
      'what it took',
      text => text.replace('"inputTokens":10', '"inputTokens":"ten"'),
      'FILE:2 is incomplete: a part of it was edited away.',
    ],
    ['a message', text => text.replace('"content":"Hello?"', '"content":null'), 'FILE:2 is incomplete: a part of it was edited away.'],
  ])('of which %s was edited by hand names the line', async (_what, edit, message) => {
    await taped([asking('Hello?')])
    writeFileSync(file, edit(readFileSync(file, 'utf8')))
    const { ask } = await replaying()
    const expected = { fault: { code: 'caller_model', isFinal: true, message: expect.stringContaining(message.replace('FILE', file)) } }
    expect(await ask(asking('Hello?'))).toMatchObject(expected)
  })

  test.each<[string, (text: string) => string]>([
    ['a question in other signs', text => text.replace('"content":"Hello?"', '"content" : "\\u0048ello?"')],
    ['a purpose that looks like a question', text => text.replace('"purpose":"', '"purpose":"\\"model\\":\\"')],
  ])('with %s holds the same answer', async (_what, write) => {
    await taped([asking('Hello?')])
    const before = readFileSync(file, 'utf8')
    writeFileSync(file, write(before))
    expect(readFileSync(file, 'utf8')).not.toBe(before)
    const { ask } = await replaying()
    expect(await ask(asking('Hello?'))).toEqual({ say: 'Hello? 1' })
  })

  test('of which a question was edited says so where the new one is asked, too', async () => {
    await taped([asking('Hello?')])
    writeFileSync(file, readFileSync(file, 'utf8').replace('"content":"Hello?"', '"content":"Hello there?"'))
    const { ask } = await replaying()
    expect(await ask(asking('Hello there?'))).toMatchObject({ fault: { message: expect.stringContaining(`${file}:2 was edited`) } })
  })

  test('one that is not there, or cannot be written, is told with what to do', () => {
    expect(() => replayCassette(file, use())).toThrow(`There is no cassette ${file}. Record it first.`)
    expect(() => replayCassette(folder, use())).toThrow(`Cannot read the cassette ${folder}: it is not a regular file.`)
    const pipe = join(folder, 'pipe')
    execFileSync('mkfifo', [pipe])
    expect(() => replayCassette(pipe, use())).toThrow(`Cannot read the cassette ${pipe}: it is not a regular file.`)
    writeFileSync(join(folder, 'cassettes'), 'a file')
    expect(() => recordCassette(file, false, use())).toThrow(`Cannot write the cassette ${file}`)
  })
})

describe('secrets', () => {
  const here = [{ name: 'CARD', value: '4111-2222' }]
  const elsewhere = [{ name: 'CARD', value: '5555-0000' }]

  test('are in no line, and those of another machine take their place', async () => {
    await taped([asking('Your card?'), asking('Is it 4111-2222?'), asking('Say ${CARD}, or [redacted CARD].')], here)
    const text = readFileSync(file, 'utf8')
    expect(text).not.toContain('4111')
    expect(text).not.toContain('sk-very-secret')
    const { ask } = await replaying(elsewhere)
    expect(await ask(asking('Is it 5555-0000?'))).toEqual({ say: 'Is it 5555-0000? 2' })
    // what an agent talked a model into saying stays words
    expect(await ask(asking('Say ${CARD}, or [redacted CARD].'))).toEqual({ say: 'Say ${CARD}, or [redacted CARD]. 3' })
  })

  test('what is hidden is revealed again, whatever else is in a text', () => {
    const keeper = createSecretKeeper([
      ...here,
      { name: 'PART', value: '4111-2222-3' },
      { name: 'PRICE', value: '$100' },
      { name: 'TRUE', value: 'true' },
    ])
    const parts = fc.constantFrom('$', '{', '}', '${', '$${CARD}', '${PART}', '4111-2222', '4111-2222-3', '$100', 'true', 'x', '\\')
    fc.assert(
      fc.property(fc.array(parts), each => {
        const text = each.join('')
        const hidden = keeper.hide({ say: [text] })
        expect(JSON.stringify(hidden)).not.toContain('4111-2222')
        expect(keeper.reveal(hidden)).toEqual({ say: [text] })
      }),
    )
  })
})
