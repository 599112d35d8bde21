import * as fc from 'fast-check'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { readStream } from '../../../../src/adapters/models/completion.js'
import { createOpenAiModel } from '../../../../src/adapters/models/openai-model.js'
import { FaultError, type Fault } from '../../../../src/domain/fault.js'
import type { Model } from '../../../../src/domain/model.js'
import type { ModelRequest } from '../../../../src/ports/language-model.js'
import { somewhere } from '../../../support/build.js'
import { fastClock } from '../../../support/fast-clock.js'

// Answers that come in pieces, and errors in places where the API has none.

const question: ModelRequest = {
  purpose: 'judge, expected outcome',
  messages: [{ role: 'user', content: 'The agent said: Hello?' }],
  answer: {
    name: 'move',
    schema: { type: 'object', properties: { move: { enum: ['say', 'wait'] } }, required: ['move'], additionalProperties: false },
    mostTokens: 600,
  },
}

const event = (data: object, name?: string): string => `${name === undefined ? '' : `event: ${name}\n`}data: ${JSON.stringify(data)}\n\n`
const delta = (content: string, finish: string | null = null): string =>
  event({ choices: [{ index: 0, delta: { content }, finish_reason: finish }] })
const done = 'data: [DONE]\n\n'
const whole = '{"move":"say"}'

const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

/** Asks a server that answers so; by its clock, seconds pass in hundredths. */
async function asking(answer: (response: ServerResponse, nth: number) => void, settings: Partial<Model> = {}) {
  const atMs: number[] = []
  let closed = 0
  const server = createServer((request, response) => {
    request.resume()
    response.on('close', () => (closed += response.writableFinished ? 0 : 1))
    answer(response, atMs.push(performance.now()))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  stops.push(() => server.close().closeAllConnections())
  const model: Model = {
    role: 'judge',
    at: somewhere,
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    model: 'stand-in',
    headers: {},
    timeoutMs: 10_000,
    stream: true,
    structured: 'json_schema',
    limits: {},
    retries: 1,
    ...settings,
  }
  const { ask } = createOpenAiModel(model, { clock: fastClock(100), seed: 7, random: () => 0.5 })
  const asked = ask(question, { signal: new AbortController().signal, spent: () => undefined })
  return { answer: await asked.catch((cause: unknown) => cause), atMs, closed: () => closed }
}

function faultIn(answer: unknown): Fault {
  if (answer instanceof FaultError) return answer.fault
  throw new Error(`It was no fault: ${String(answer)}`)
}

function streaming(response: ServerResponse, ...pieces: readonly string[]): ServerResponse {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (const piece of pieces) response.write(piece)
  return response
}

describe('an answer that comes in pieces', () => {
  test.each<[string, (response: ServerResponse) => void]>([
    ['ends with [DONE]', response => void streaming(response, delta(whole), done).end()],
    ['ends with a reason', response => void streaming(response, delta(whole.slice(0, 4)), delta(whole.slice(4), 'stop')).end()],
    ['ends without its last line break', response => void streaming(response, delta(whole), delta('', 'stop').trimEnd()).end()],
    [
      'comes in parts',
      response =>
        void streaming(
          response,
          event({ choices: [{ delta: { content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'Hm.' }] }] } }] }),
          event({ choices: [{ delta: { content: [{ type: 'text', text: whole }] } }] }),
          done,
        ).end(),
    ],
    ['ends with [DONE] alone on its line', response => void streaming(response, delta(whole), 'data: [DONE]').end()],
    [
      'has comments and empty events',
      response => void streaming(response, ': ping\n\n', 'data:\n\n', delta(whole), ': ping\n\n', done).end(),
    ],
    [
      'has empty errors',
      response => void streaming(response, event({ error: null, choices: [{ delta: { content: whole } }] }), done).end(),
    ],
    [
      'comes whole, whatever was asked for',
      response =>
        void response
          .writeHead(200, { 'content-type': 'application/json; charset=utf-8' })
          .end(JSON.stringify({ choices: [{ message: { content: whole }, finish_reason: 'stop' }] })),
    ],
  ])('and %s is read', async (_, answer) => {
    const asked = await asking(answer)
    expect(asked.answer).toEqual({ move: 'say' })
    expect(asked.atMs).toHaveLength(1)
  })

  test('is the same however its bytes are cut', async () => {
    const content = '{"move":"„wartet“ 😀","é":"\\n"}'
    const bytes = Buffer.from(`${delta(content.slice(0, 12))}: ping\r\n\r\n${delta(content.slice(12), 'stop')}${done}`)
    const property = fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 20 }), async cuts => {
      const at = [0, ...cuts.toSorted((a, b) => a - b), bytes.length]
      const chunks = at.slice(1).map((to, i) => bytes.subarray(at[i], to))
      expect(await readStream(chunked(chunks), () => undefined)).toMatchObject({ content, finishReason: 'stop' })
    })
    expect((await fc.check(property, { numRuns: 300 })).counterexample).toBeNull()
  })

  test('is never read where it ends before it is complete', async () => {
    const bytes = Buffer.from(`${delta('{"move"')}${delta(':"say"')}${delta('}')}${delta('', 'stop')}${done}`)
    const complete = bytes.indexOf('"stop"')
    const property = fc.asyncProperty(fc.nat(complete), async to => {
      await expect(readStream(chunked([bytes.subarray(0, to)]), () => undefined)).rejects.toThrow('its answer ended early')
    })
    expect((await fc.check(property, { numRuns: 300 })).counterexample).toBeNull()
  })
})

async function* chunked(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks
}

describe('a stream that stops', () => {
  test('in the middle is timed out: what came is not read, and the server is given time', async () => {
    const { answer, atMs, closed } = await asking(response => void streaming(response, delta('{"move":"sa')))
    expect(faultIn(answer).message).toContain('did not answer within 10 s')
    expect(atMs).toHaveLength(2)
    // 10 s until it is given up, and 5 s more, a hundredth of each.
    expect(atMs[1]! - atMs[0]!).toBeGreaterThanOrEqual(140)
    await expect.poll(closed).toBe(2)
  })

  test('in the middle, with an answer that looks whole, is timed out too', async () => {
    const { answer } = await asking(response => void streaming(response, delta(whole)), { retries: 0 })
    expect(faultIn(answer).message).toContain('did not answer within 10 s')
  })

  test('and closes is a connection that was lost', async () => {
    const { answer, atMs } = await asking(response => void streaming(response, delta(whole)).end())
    expect(faultIn(answer).message).toContain('was lost (its answer ended early)')
    expect(atMs).toHaveLength(2)
  })
})

function flood(response: ServerResponse): void {
  streaming(response)
  const push = (): void => {
    while (!response.destroyed && response.write(delta('x'.repeat(1 << 16)))) continue
    if (!response.destroyed) response.once('drain', push)
  }
  push()
}

describe('a stream without end is cut', () => {
  test.each([
    ['words', () => delta('x '), 'within 50 s: its answer began, and did not end'],
    ['empty words', () => delta(''), 'within 50 s: its answer began, and did not end'],
    ['comments', () => ': ping\n\n', 'within 10 s'],
  ])('of %s', async (_, piece, within) => {
    const endless = (response: ServerResponse): void => {
      streaming(response, delta('{"move":"'))
      const timer = setInterval(() => response.write(piece()), 5)
      response.on('close', () => clearInterval(timer))
    }
    const { answer, closed } = await asking(endless, { retries: 0 })
    expect(faultIn(answer).message).toContain(`did not answer ${within}`)
    await expect.poll(closed).toBe(1)
  })

  test('of more than 16 MiB', async () => {
    const { answer } = await asking(flood, { retries: 0, timeoutMs: 1_000_000 })
    expect(faultIn(answer).message).toContain('its answer has more than 16 MiB')
  })
})

describe('an error that comes instead of an answer', () => {
  test.each<[string, (response: ServerResponse) => void, string]>([
    [
      'in the middle of a stream',
      response => void streaming(response, delta('{"mo'), event({ error: { message: 'context size exceeded', code: 500 } })).end(),
      'answered 500, "context size exceeded" (judge, expected outcome). The conversation is too long for stand-in.',
    ],
    [
      'as an event of its own',
      response => void streaming(response, event({ message: 'context size exceeded' }, 'error')).end(),
      'answered an error, "context size exceeded" (judge, expected outcome). The conversation is too long for stand-in.',
    ],
    [
      'as a whole answer',
      response =>
        void response
          .writeHead(200, { 'content-type': 'application/json' })
          .end(JSON.stringify({ error: { message: 'Prompt exceeds max length', code: '1261' } })),
      'answered an error, "Prompt exceeds max length" (judge, expected outcome). The conversation is too long for stand-in.',
    ],
  ])('%s is read, and one of length not asked again', async (_, answer, message) => {
    const asked = await asking(answer)
    expect(faultIn(asked.answer)).toMatchObject({ isFinal: true, message: expect.stringContaining(message) })
    expect(asked.atMs).toHaveLength(1)
  })

  test('that may pass is one after which the question is asked again', async () => {
    const { answer, closed } = await asking((response, nth) =>
      nth === 1 ? streaming(response, 'event: error\ndata: overloaded\n\n') : streaming(response, delta(whole), done).end(),
    )
    expect(answer).toEqual({ move: 'say' })
    // Nothing is read after the error.
    await expect.poll(closed).toBe(1)
  })

  test.each([
    ['{"error":"the request exceeds the available context size"}', '"the request exceeds the available context size"'],
    [
      '{"object":"error","message":"maximum context length is 512 tokens","type":"BadRequestError","code":400}',
      '"maximum context length is 512 tokens"',
    ],
    ['{"detail":"context too long"}', '"context too long"'],
    ['{"detail":[{"loc":["body"],"msg":"Field required"}]}', '"Field required"'],
    ['{"message":"Input is too long for requested model."}', '"Input is too long for requested model."'],
    ['{"error":{"message":{"text":"no"}}}', String.raw`"{"error":{"message":{"text":"no"}}}"`],
    ['{"errors":["bad","worse"]}', '"bad"'],
    [`${'{"error":'.repeat(5000)}1${'}'.repeat(5000)}`, '"{"error":{"error":'],
    ['<h1>Bad</h1>', '"<h1>Bad</h1>"'],
    ['', 'answered 400 (judge'],
  ])('is quoted in its own words: %s', async (body, words) => {
    const { answer } = await asking(response => void response.writeHead(400).end(body), { retries: 0 })
    expect(faultIn(answer).message).toContain('answered 400')
    expect(faultIn(answer).message).toContain(words)
  })
})

const refusing = (message: string) => asking(response => void response.writeHead(400).end(JSON.stringify({ error: { message } })))

describe('an answer that may not be as long as asked', () => {
  test('is told with the setting that bounds it', async () => {
    const { answer } = await refusing('max_tokens is too large: 600. This model supports at most 512 completion tokens')
    expect(faultIn(answer).message).toContain('It was asked for at most 600 tokens. Set models.judge.max_tokens to what the model allows.')
  })

  test('beside its question is told with both', async () => {
    const { answer, atMs } = await refusing(
      "'max_tokens' or 'max_completion_tokens' is too large: 600. This model's maximum context length is 512 tokens and your request has 83 input tokens",
    )
    expect(faultIn(answer).message).toContain(
      'Set models.judge.max_tokens lower: the conversation and an answer of 600 tokens are too long for stand-in. Lower max_turns, or use a model with a larger context. Give the server a larger context (llama.cpp: -c, Ollama: num_ctx, vLLM: --max-model-len).',
    )
    expect(atMs).toHaveLength(1)
  })
})
