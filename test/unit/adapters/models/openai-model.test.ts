import { createMask } from '../../../../src/domain/mask.js'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import { openNetwork } from '../../../../src/adapters/network/open-network.js'
import type { Network } from '../../../../src/ports/network.js'
import { createOpenAiModel } from '../../../../src/adapters/models/openai-model.js'
import type { Model, ModelUsage } from '../../../../src/domain/model.js'
import { AnswerUnusable } from '../../../../src/ports/language-model.js'
import { FaultError, type Fault } from '../../../../src/domain/fault.js'
import type { ModelRequest } from '../../../../src/ports/language-model.js'
import { startModelServer } from '../../../agents/model-server.js'
import { somewhere } from '../../../support/build.js'
import { fastClock } from '../../../support/fast-clock.js'

type Options = NonNullable<Parameters<typeof startModelServer>[0]>

const schema = { type: 'object', properties: { move: { enum: ['say', 'wait'] } }, required: ['move'], additionalProperties: false }
const question: ModelRequest = {
  purpose: 'caller, turn 1',
  messages: [
    { role: 'system', content: 'You are Maria.' },
    { role: 'user', content: 'The agent said: Hello?' },
  ],
  answer: { name: 'move', schema, mostTokens: 200 },
}

/** What every request says of the shape, in words. */
const shape = 'Answer with one JSON object and nothing else, in the form of move: {"move":"<say or wait>"}'
const shapeTokens = Math.ceil(`You are Maria.\n\n${shape}`.length / 4) - 4

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  await Promise.all(stops.splice(0).map(stop => stop()))
})

/** Asks a stand-in one question, with a clock on which seconds pass in hundredths. */
async function asking(
  options: Options,
  settings: Partial<Model> = {},
  request: Partial<ModelRequest> = {},
  signal = new AbortController().signal,
) {
  const server = await startModelServer({ rules: { move: () => ({ move: 'say' }) }, ...options })
  stops.push(server.close)
  const spent: ModelUsage[] = []
  const ask = openAt(server.url, settings)
  const answer = ask({ ...question, ...request }, { signal, spent: usage => spent.push(usage) })
  return { server, spent, ask, answer: await answer.catch((cause: unknown) => cause) }
}

function openAt(baseUrl: string, settings: Partial<Model> = {}, network?: Network) {
  const model: Model = {
    role: 'caller',
    at: somewhere,
    baseUrl,
    model: 'stand-in',
    headers: {},
    timeoutMs: 60_000,
    stream: false,
    structured: 'json_schema',
    limits: { concurrency: 16 },
    retries: 2,
    ...settings,
  }
  return createOpenAiModel(model, {
    clock: fastClock(100),
    seed: 7,
    random: () => 0.5,
    keyName: 'LLM_KEY',
    mask: createMask([{ name: 'api_key', value: model.apiKey ?? '' }]),
    network,
  }).ask
}

function faultIn(answer: unknown): Fault {
  if (answer instanceof FaultError) return answer.fault
  throw new Error(`It was no fault: ${String(answer)}`)
}

describe('a question that an endpoint cuts off without a word', () => {
  const long = 'The agent has to ask for the number of the order, and then for the postcode. '.repeat(40)
  const messages = [{ role: 'user' as const, content: long }]

  test.each([256, 512])('is told by the count of what was read: %i tokens', async cutsAt => {
    const { answer, server } = await asking({ cutsAt }, {}, { messages })
    expect(answer).toBeInstanceOf(AnswerUnusable)
    expect(faultIn(answer)).toMatchObject({ isFinal: true })
    expect(faultIn(answer).message).toMatch(
      new RegExp(
        `read ${cutsAt} tokens of a question that has at least \\d+: its server cuts .*\\. Give the server a larger context \\(llama.cpp: -c`,
      ),
    )
    expect(server.requests).toHaveLength(1)
  })

  test('is told where a part of what was read was cached: that part is in the count', async () => {
    const { answer } = await asking({ cutsAt: 400, cachedTokens: 300 }, {}, { messages })
    expect(faultIn(answer).message).toContain('read 400 tokens of a question that has at least')
  })

  test('is not one of an endpoint that counts as much for a short question', async () => {
    const { ask, server } = await asking({ cutsAt: 100 }, {}, { messages: [{ role: 'user', content: 'Are you there? '.repeat(30) }] })
    expect(server.requests).toHaveLength(1)
    const use = { signal: new AbortController().signal, spent: () => undefined }
    expect(await ask({ ...question, messages }, use)).toEqual({ move: 'say' })
  })

  test.each<[string, Options, string]>([
    ['that was read whole', {}, long],
    ['of an endpoint that counts what it had cached apart', { cutsAt: 400, cachedTokens: 500 }, long],
    ['of an endpoint that does not count', { cutsAt: 1 }, long],
    ['that is short', { cutsAt: 100 }, long.slice(0, 500)],
    ['in a script without spaces', { cutsAt: 700 }, '客服必须先询问订单号，然后询问邮政编码。'.repeat(60)],
  ])('is not one %s', async (_what, options, content) => {
    expect((await asking(options, {}, { messages: [{ role: 'user', content }] })).answer).toEqual({ move: 'say' })
  })
})

describe('what is asked', () => {
  test('the shape of the answer goes as a strict JSON Schema and in words, with seed and temperature', async () => {
    const { answer, server } = await asking({}, { temperature: 0.7, maxTokens: 50, apiKey: 'sk-secret', headers: { 'X-Team': 'quality' } })
    expect(answer).toEqual({ move: 'say' })
    expect(server.requests[0]?.body).toEqual({
      model: 'stand-in',
      messages: [{ role: 'system', content: `You are Maria.\n\n${shape}` }, question.messages[1]],
      temperature: 0.7,
      seed: 7,
      max_tokens: 50,
      stream: false,
      response_format: { type: 'json_schema', json_schema: { name: 'move', strict: true, schema } },
    })
    expect(server.requests[0]?.headers).toMatchObject({ 'authorization': 'Bearer sk-secret', 'x-team': 'quality' })
  })

  test('without a key none is sent, whatever key of another endpoint the environment holds', async () => {
    process.env['OPENAI_API_KEY'] = 'sk-of-another'
    process.env['OPENAI_ORG_ID'] = 'org-of-another'
    try {
      for (const none of [{}, { apiKey: '' }]) {
        const { server } = await asking({}, none)
        expect(server.requests[0]?.headers).not.toHaveProperty('authorization')
        expect(server.requests[0]?.headers).not.toHaveProperty('openai-organization')
        expect(Object.keys(server.requests[0]?.headers ?? {}).filter(name => name.startsWith('x-stainless'))).toEqual([])
      }
    } finally {
      delete process.env['OPENAI_API_KEY']
      delete process.env['OPENAI_ORG_ID']
    }
  })

  test('votes and seeds make another question of the same words; a judge is asked at temperature 0', async () => {
    const { server, ask } = await asking({}, { role: 'judge' }, { vote: 2 })
    await ask({ ...question, seed: 100, temperature: 1 }, { signal: new AbortController().signal, spent: () => undefined })
    expect(server.requests.map(({ body: { seed, temperature } }) => ({ seed, temperature }))).toEqual([
      { seed: 9, temperature: 0 },
      { seed: 107, temperature: 1 },
    ])
  })

  test.each(['json_object', 'prompt'] as const)('an endpoint without schemas is told the shape in words: %s', async structured => {
    const { server, answer } = await asking({}, { structured })
    expect(answer).toEqual({ move: 'say' })
    const { messages, response_format } = server.requests[0]?.body ?? { messages: [] }
    expect(response_format).toEqual(structured === 'prompt' ? undefined : { type: 'json_object' })
    expect(messages.map(({ content }) => content)).toEqual([`You are Maria.\n\n${shape}`, `The agent said: Hello?\n\n${shape}`])
  })

  test('in words only, its earlier answers stand in the form that is asked for, which is repeated at the end', async () => {
    const messages = [
      ...question.messages,
      { role: 'assistant', content: 'Hi there.' },
      { role: 'user', content: 'The agent said: Yes?' },
    ] as const
    const answer = { ...question.answer, wrap: (move: string) => ({ move }) }
    const asked = async (structured: Model['structured']) => {
      const { server } = await asking({}, { structured }, { messages, answer })
      return server.requests[0]?.body.messages.slice(-2).map(({ content }) => content)
    }
    expect(await asked('prompt')).toEqual(['{"move":"Hi there."}', `The agent said: Yes?\n\n${shape}`])
    expect(await asked('json_schema')).toEqual(['Hi there.', 'The agent said: Yes?'])
  })

  test('the answer has a limit that fits the question, unless the suite sets one', async () => {
    expect((await asking({})).server.requests[0]?.body).toMatchObject({ max_tokens: 200 })
  })

  test('a model that thinks before it answers is given the room for it, from then on', async () => {
    const choices = [{ message: { content: '' }, finish_reason: 'length' }]
    const raw = JSON.stringify({ choices, usage: { prompt_tokens: 9, completion_tokens: 200 } })
    const thinking: Options = { mishap: ({ max_tokens }) => (max_tokens === undefined ? undefined : { raw }) }
    const { answer, server, ask } = await asking(thinking)
    expect(answer).toEqual({ move: 'say' })
    await ask(question, { signal: new AbortController().signal, spent: () => undefined })
    expect(server.requests.map(({ body }) => body.max_tokens)).toEqual([200, undefined, undefined])
  })

  test('bounds on lengths that the endpoint does not take are left out from then on', async () => {
    const bounded = {
      type: 'object',
      properties: { move: { type: 'string', maxLength: 3 } },
      required: ['move'],
      additionalProperties: false,
    }
    const answer = { name: 'move', schema: bounded, mostTokens: 200 }
    const strict: Options = {
      rules: { move: () => ({ move: 'longer than that' }) },
      mishap: body => (JSON.stringify(body).includes('maxLength') ? { status: 400, message: "'maxLength' is not permitted." } : undefined),
    }
    const asked = await asking(strict, {}, { answer })
    expect(asked.answer).toEqual({ move: 'longer than that' })
    expect(asked.server.requests).toHaveLength(2)
  })

  test('a default that the endpoint does not take is left out from then on; what the suite asks for is not', async () => {
    const picky: Options = {
      mishap: ({ temperature }) =>
        temperature === undefined
          ? undefined
          : { status: 400, message: "Unsupported value: 'temperature' does not support 0 with this model." },
    }
    const { answer, server, ask } = await asking(picky, { role: 'judge' })
    expect(answer).toEqual({ move: 'say' })
    await ask(question, { signal: new AbortController().signal, spent: () => undefined })
    expect(server.requests.map(({ body }) => body.temperature)).toEqual([0, undefined, undefined])
    const { answer: asked } = await asking(picky, { role: 'judge', temperature: 0.2 })
    expect(faultIn(asked)).toMatchObject({ isFinal: true, message: expect.stringContaining("'temperature' does not support") })
  })

  test('a newer endpoint is given max_completion_tokens once it asks for it', async () => {
    const { answer, server } = await asking(
      {
        mishap: ({ max_tokens }) =>
          max_tokens === undefined ? undefined : { status: 400, message: "Use 'max_completion_tokens' instead." },
      },
      { maxTokens: 99 },
    )
    expect(answer).toEqual({ move: 'say' })
    expect(server.requests.at(-1)?.body).toMatchObject({ max_completion_tokens: 99 })
  })
})

describe('what is answered', () => {
  test('an answer may come in pieces', async () => {
    const { answer, spent, server } = await asking({}, { stream: true })
    expect(answer).toEqual({ move: 'say' })
    expect(server.requests[0]?.body).toMatchObject({ stream: true, stream_options: { include_usage: true } })
    expect(spent).toEqual([{ role: 'caller', model: 'stand-in', requests: 1, inputTokens: expect.any(Number), outputTokens: 4 }])
  })

  test('is not looked for within the words that it holds', async () => {
    const words = { move: 'It said </think>{"move":"wait"}' }
    const answer = {
      name: 'move',
      schema: { type: 'object', properties: { move: { type: 'string' } }, required: ['move'] },
      mostTokens: 200,
    }
    expect((await asking({ rules: { move: () => words } }, {}, { answer })).answer).toEqual(words)
  })

  test('is asked for again where it cannot be told which of several it is: one may be what the agent said', async () => {
    const text = 'The agent wrote:\n```json\n{"move":"wait"}\n```\nSo:\n```json\n{"move":"say"}\n```'
    const { answer, server } = await asking({ mishap: (_body, nth) => (nth === 1 ? { text } : undefined) })
    expect(answer).toEqual({ move: 'say' })
    expect(server.requests).toHaveLength(2)
  })

  test('is not one of what the agent said', async () => {
    const messages = [...question.messages, { role: 'user' as const, content: 'It said {"move": "wait"} to me.' }]
    const text = 'It wants me to answer {"move":"wait"}'
    const { answer, server } = await asking({ mishap: (_body, nth) => (nth === 1 ? { text } : undefined) }, {}, { messages })
    expect(answer).toEqual({ move: 'say' })
    expect(server.requests[1]?.body.messages.at(-1)?.content).toContain('it quotes JSON of the question')
  })

  test('may be the one that could not be used before, without the words that followed it', async () => {
    const texts = ['{"move":"wait"} That is all.', '{"move":"wait"}']
    const { answer, server } = await asking({ mishap: (_body, nth) => ({ text: texts[nth - 1]! }) })
    expect(answer).toEqual({ move: 'wait' })
    expect(server.requests[1]?.body.messages.at(-1)?.content).toContain('other words follow its JSON')
  })

  test.each(['```json\n{"move":"wait"}\n```', 'Here it is: {"move":"wait"}', '<think>{"move":"say"}?</think>\n{"move":"wait"}'])(
    'the JSON is found in what a talkative model says: %s',
    async text => {
      const { answer, server } = await asking({ mishap: () => ({ text }) })
      expect(answer).toEqual({ move: 'wait' })
      expect(server.requests).toHaveLength(1)
    },
  )

  test('an answer may come in parts: those of text are read', async () => {
    const content = [
      { type: 'thinking', thinking: [{ type: 'text', text: '{' }] },
      { type: 'text', text: '{"move":' },
      { type: 'text', text: '"say"}' },
    ]
    const raw = JSON.stringify({ choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }] })
    const { answer, server } = await asking({ mishap: () => ({ raw }) })
    expect(answer).toEqual({ move: 'say' })
    expect(server.requests).toHaveLength(1)
  })

  test('an answer of another shape is asked for once more, with what was wrong with it', async () => {
    const { answer, server, spent } = await asking({ mishap: (_body, nth) => (nth === 1 ? { text: '{"move":"shout"}' } : undefined) })
    expect(answer).toEqual({ move: 'say' })
    expect(server.requests[1]?.body.messages.slice(-2)).toEqual([
      { role: 'assistant', content: '{"move":"shout"}' },
      { role: 'user', content: expect.stringContaining('/move must be equal to one of the allowed values: ["say","wait"]') },
    ])
    expect(spent).toHaveLength(2)
  })

  test.each<[string, Options['mishap'], string]>([
    [
      'nonsense twice',
      () => ({ text: 'Sure!' }),
      'did not answer in the shape asked for, twice, "Sure!": it is not JSON (caller, turn 1). Change models.caller.structured, or use another model.',
    ],
    ['no choice', () => ({ empty: true }), 'did not answer in the shape asked for, twice: there is no choice in it'],
    ['nothing', () => ({ text: '' }), 'did not answer in the shape asked for, twice: it is empty'],
    [
      'a refusal',
      () => ({ refusal: 'I cannot help with that.' }),
      'refused to answer, "I cannot help with that." (caller, turn 1). Reword',
    ],
    [
      'half an answer',
      () => ({ truncated: 5 }),
      'was cut off in its answer, at 2 tokens (caller, turn 1). Give the server a larger context',
    ],
    ['what a filter left', () => ({ filter: true }), "had its answer held back by the endpoint's content filter"],
  ])('%s is a fault of its own', async (_what, mishap, message) => {
    for (const stream of [false, true]) {
      const fault = faultIn((await asking({ ...(mishap && { mishap }) }, { stream })).answer)
      expect(fault).toMatchObject({ by: 'infra', code: 'caller_model' })
      expect(fault.message).toContain(message)
      expect(fault.isFinal).toBeUndefined()
    }
  })

  const whole = '{"move":"wait"}'

  test.each(Array.from({ length: whole.length }, (_, at) => whole.slice(0, at)))('cut after %j it is no answer', async text => {
    const { answer } = await asking({ mishap: () => ({ text }) })
    expect(faultIn(answer)).toMatchObject({ by: 'infra', code: 'caller_model' })
  })

  test.each([
    ['the example of the question', '{"move":"<say or wait>"}'],
    ['the whole question', `You are Maria.\n\n${shape}\nThe agent said: Hello?`],
    ['two answers that differ', '{"move":"wait"} or {"move":"say"}'],
    ['an answer that is taken back', '{"move":"wait"} No, wait.'],
    ['an answer with a key twice', '{"move":"say","move":"wait"}'],
    ['a thought without an end', '<think>{"move":"wait"}'],
    ['nothing but braces', '{'.repeat(100_000)],
    ['braces without an end', '{"a'.repeat(50_000)],
    ['a very deep object', `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`],
    ['one very long string', `{"move":"${'x'.repeat(1_000_000)}"}`],
    ['a list of it', '[{"move":"wait"},{"move":"say"}]'],
  ])('%s is no answer', async (_what, text) => {
    const { answer } = await asking({ mishap: () => ({ text }) })
    expect(faultIn(answer)).toMatchObject({ by: 'infra', code: 'caller_model' })
  })

  test('words that an answer repeats from its example are told', async () => {
    const free = { type: 'object', properties: { move: { type: 'string', description: 'your words' } }, required: ['move'] }
    const { answer } = await asking(
      { mishap: () => ({ text: '{"move":"<your words>"}' }) },
      {},
      { answer: { name: 'move', schema: free, mostTokens: 200 } },
    )
    expect(faultIn(answer).message).toContain('it repeats "<your words>" instead of filling it in')
  })

  test.each([
    ['the question and then an answer', `You are Maria.\n\n${shape}\nThe agent said: Hello? {"move":"wait"}`],
    ['braces in the words before', 'I think {so}. {"move":"wait"}'],
    ['the same twice', '{"move":"wait"}\n{"move":"wait"}'],
  ])('the answer is found after %s', async (_what, text) => {
    expect((await asking({ mishap: () => ({ text }) })).answer).toEqual({ move: 'wait' })
  })

  test('a schema that is made anew for each question is no trouble', async () => {
    const { ask } = await asking({ rules: { move: body => ({ turn: Number(body.messages.at(-1)?.content) }) } })
    for (const turn of [1, 2, 3]) {
      const own = { type: 'object', properties: { turn: { const: turn } }, required: ['turn'], additionalProperties: false }
      const asked = {
        ...question,
        messages: [{ role: 'user' as const, content: String(turn) }],
        answer: { name: 'move', schema: own, mostTokens: 200 },
      }
      expect(await ask(asked, { signal: new AbortController().signal, spent: () => undefined })).toEqual({ turn })
    }
  })
})

describe('what it takes', () => {
  const prices = { input: 2, output: 8, cachedInput: 0.5 }

  test('each request is told, with its cost; of what was cached, the lower price', async () => {
    const { spent } = await asking({ cachedTokens: 10 }, { prices })
    const [usage] = spent
    const [inputTokens, outputTokens] = [usage?.inputTokens ?? 0, usage?.outputTokens ?? 0]
    expect(inputTokens).toBeGreaterThan(10)
    expect(usage?.cost).toBeCloseTo(((inputTokens - 10) * 2 + 10 * 0.5 + outputTokens * 8) / 1_000_000, 12)
  })

  test.each([
    ['less than nothing', { prompt_tokens: -1e12, completion_tokens: 1 }],
    ['more than can be counted', { prompt_tokens: 1e308, completion_tokens: 1e308 }],
    ['words', { prompt_tokens: 8, completion_tokens: 'few' }],
  ])('of an endpoint that counts %s is estimated, so that max_cost still bounds it', async (_what, usage) => {
    const raw = JSON.stringify({ choices: [{ message: { content: '{"move":"say"}' } }], usage })
    const { spent } = await asking({ mishap: () => ({ raw }) }, { prices })
    expect(spent).toEqual([expect.objectContaining({ inputTokens: 18 + shapeTokens, outputTokens: 4 })])
    expect(spent[0]?.cost).toBeGreaterThan(0)
  })

  test('is told of an endpoint whose cached tokens are no number, or more than were asked', async () => {
    for (const cached of ['many', 1e9]) {
      const raw = JSON.stringify({
        choices: [{ message: { content: '{"move":"say"}', refusal: {} }, finish_reason: {} }],
        usage: { prompt_tokens: 100, completion_tokens: 10, prompt_tokens_details: { cached_tokens: cached } },
      })
      const { spent, answer } = await asking({ mishap: () => ({ raw }) }, { prices })
      expect(answer).toEqual({ move: 'say' })
      expect(spent[0]?.cost).toBeGreaterThan(0)
    }
  })

  test('where the endpoint does not count, it is estimated', async () => {
    const { spent } = await asking({ countsTokens: false }, { prices })
    expect(spent[0]?.inputTokens).toBe(4 + 4 + 4 + 6 + shapeTokens)
    expect(spent[0]?.outputTokens).toBe(4)
  })

  test('a request that is abandoned has been paid for; the endpoint is hung up on', async () => {
    const leaving = new AbortController()
    setTimeout(() => leaving.abort(new Error('the agent said more')), 30)
    const { answer, spent, server } = await asking({ mishap: () => ({ silent: true }) }, { prices }, {}, leaving.signal)
    expect(answer).toEqual(new Error('the agent said more'))
    expect(spent).toEqual([expect.objectContaining({ requests: 1, outputTokens: 0, cost: expect.any(Number) })])
    await expect.poll(() => server.requests[0]?.isAborted).toBe(true)
  })

  test('a request that failed has cost nothing', async () => {
    const { spent } = await asking({ mishap: (_body, nth) => (nth === 1 ? { status: 503 } : undefined) }, { prices })
    expect(spent).toHaveLength(1)
  })
})

describe('what fails', () => {
  test.each<[string, Options['mishap']]>([
    ['429', (_body, nth) => (nth < 3 ? { status: 429 } : undefined)],
    ['503', (_body, nth) => (nth < 3 ? { status: 503 } : undefined)],
    ['a lost connection', (_body, nth) => (nth < 3 ? { dropped: true } : undefined)],
    ['a connection lost in the middle of an answer', (_body, nth) => (nth < 3 ? { cut: true } : undefined)],
    ['something that is not JSON', (_body, nth) => (nth < 3 ? { raw: '<html>' } : undefined)],
  ])('after %s the request is sent again, as often as the model allows', async (_what, mishap) => {
    for (const stream of [false, true]) {
      const { answer, server } = await asking({ ...(mishap && { mishap }) }, { stream })
      expect(answer).toEqual({ move: 'say' })
      expect(server.requests).toHaveLength(3)
    }
  })

  test('a streamed answer may take longer than the timeout, as long as no silence does', async () => {
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      const pieces = ['{"mo', 've"', ':"s', 'ay"', '}']
      const timer = setInterval(() => {
        const content = pieces.shift()
        if (content !== undefined)
          return void response.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta: { content } }] })}\n\n`)
        clearInterval(timer)
        response.end('data: [DONE]\n\n')
      }, 100)
    })
    await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve))
    stops.push(() => new Promise(resolve => void server.close(() => resolve())))
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
    // 25 s by the clock, a quarter of a second here.
    const { answer } = await asking({}, { stream: true, timeoutMs: 25_000, baseUrl, retries: 0 })
    expect(answer).toEqual({ move: 'say' })
  })

  test('it backs off further each time', async () => {
    const { answer, server } = await asking({ mishap: () => ({ status: 500, message: 'out of memory' }) }, { retries: 2 })
    expect(faultIn(answer).message).toContain('answered 500, "out of memory" (caller, turn 1). Check the endpoint, then run again.')
    const [first, second, third] = server.requests.map(({ atMs }) => atMs)
    // 375 ms and 750 ms, a hundredth of each
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(3)
    expect((third ?? 0) - (second ?? 0)).toBeGreaterThanOrEqual(7)
  })

  test.each(['20', new Date(Date.UTC(2026, 0, 1, 0, 0, 25)).toUTCString()])(
    'it waits as long as Retry-After asks, and so do all others: %s',
    async wanted => {
      const { answer, server } = await asking({
        mishap: (_body, nth) => (nth === 1 ? { status: 429, headers: { 'retry-after': wanted } } : undefined),
      })
      expect(answer).toEqual({ move: 'say' })
      const [first, second] = server.requests.map(({ atMs }) => atMs)
      // a hundredth, and less by the time that the answer was on its way; without it, 4 ms
      expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(50)
    },
  )

  test('who is told to come back in an hour does not wait', async () => {
    const { answer, server } = await asking({ mishap: () => ({ status: 429, headers: { 'retry-after': '3600' }, message: 'Slow down.' }) })
    expect(faultIn(answer).message).toContain(
      '"Slow down.", and asked to wait for 3600 s (Retry-After) (caller, turn 1). Lower models.caller.limits to what the endpoint allows, or',
    )
    expect(server.requests).toHaveLength(1)
  })

  test('an endpoint that does not answer in time is asked again, then given up', async () => {
    const { answer, server, spent } = await asking({ mishap: () => ({ silent: true }) }, { timeoutMs: 10_000, retries: 1 })
    expect(faultIn(answer).message).toContain('did not answer within 10 s (caller, turn 1). Raise models.caller.timeout.')
    expect(server.requests).toHaveLength(2)
    expect(spent).toHaveLength(2)
    // It may still be busy with the question: 10 s until it is given up, and 5 s more, a hundredth of each.
    const [first, second] = server.requests.map(({ atMs }) => atMs)
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(140)
  })

  test('an endpoint that does not answer one of several in time is given fewer', async () => {
    const { ask } = await asking({ mishap: (_body, nth) => (nth === 1 ? undefined : { silent: true }) }, { timeoutMs: 10_000, retries: 0 })
    const use = { signal: new AbortController().signal, spent: () => undefined }
    const answers = await Promise.all([1, 2].map(() => ask(question, use).catch((cause: unknown) => cause)))
    expect(answers.map(each => faultIn(each).message)).toContainEqual(
      expect.stringContaining('within 10 s (caller, turn 1). Lower limits.concurrency of the suite'),
    )
  })

  test('many questions may wait with one signal, without a warning', async () => {
    const warnings: unknown[] = []
    const warned = (warning: Error): void => void warnings.push(warning)
    process.on('warning', warned)
    try {
      const { ask } = await asking({ delayMs: 1 }, { limits: { concurrency: 1 } })
      const { signal } = new AbortController()
      await Promise.all(Array.from({ length: 30 }, () => ask(question, { signal, spent: () => undefined })))
      await new Promise(resolve => setImmediate(resolve))
      expect(warnings).toEqual([])
    } finally {
      process.off('warning', warned)
    }
  })

  test('nothing is waited for once nobody wants the answer', async () => {
    const leaving = new AbortController()
    const mishap = () => {
      // The answer is on its way, and then it would be waited for 100 s.
      setTimeout(() => leaving.abort(new Error('hung up')), 30)
      return { status: 429, headers: { 'retry-after': '100' } }
    }
    const { answer, server } = await asking({ mishap }, {}, {}, leaving.signal)
    expect(answer).toEqual(new Error('hung up'))
    expect(server.requests).toHaveLength(1)
  })

  test.each<[string, Options, Partial<Model>, string]>([
    [
      'a wrong key',
      { apiKey: 'sk-right' },
      { apiKey: 'sk-wrong-key' },
      'answered 401, "Incorrect API key provided: sk-***-key." (caller, turn 1). Correct models.caller.api_key (read from LLM_KEY).',
    ],
    ['no key', { apiKey: 'sk-right' }, {}, 'Give it a key with models.caller.api_key.'],
    ['an unknown model', { models: ['other'] }, {}, 'Correct models.caller.model, which is stand-in, or models.caller.base_url.'],
    ['no rights', { mishap: () => ({ status: 403 }) }, { apiKey: 'k' }, 'Check what models.caller.api_key (read from LLM_KEY) may use.'],
    [
      'a conversation that is too long',
      { contextTokens: 1 },
      {},
      'The conversation is too long for stand-in. Lower max_turns, or use a model with a larger context.',
    ],
    ['no quota', { mishap: () => ({ status: 429, code: 'insufficient_quota' }) }, {}, 'The account has no quota left. Check its billing.'],
    [
      'no schemas',
      { mishap: () => ({ status: 400, message: 'response_format is not supported' }) },
      {},
      'Use models.caller.structured: json_object, or prompt.',
    ],
  ])('%s is told at once, with what to do about it', async (_what, options, settings, message) => {
    const { answer, server } = await asking(options, settings)
    const fault = faultIn(answer)
    expect(fault).toMatchObject({ by: 'infra', code: 'caller_model', isFinal: true })
    expect(fault.message).toContain(message)
    expect(server.requests.length).toBeLessThan(2)
  })

  test('a question that is too long, whatever the conversation, says what to shorten', async () => {
    const { answer } = await asking({ contextTokens: 1 }, {}, { ifTooLong: 'Shorten the expected outcome' })
    expect(faultIn(answer).message).toContain(
      'The question is too long for stand-in. Shorten the expected outcome, or use a model with a larger context.',
    )
  })

  test('a judge that fails is a fault of the judge', async () => {
    expect(faultIn((await asking({ mishap: () => ({ status: 400 }) }, { role: 'judge' })).answer).code).toBe('judge_model')
  })

  test('a key that the endpoint echoes is in no message', async () => {
    const { answer } = await asking(
      { mishap: () => ({ status: 401, message: 'The key sk-very-secret is wrong.' }) },
      { apiKey: 'sk-very-secret' },
    )
    const { message } = faultIn(answer)
    expect(message).toContain('The key [redacted api_key] is wrong.')
  })

  test.each([
    ['is broken off is tried again', (socket: Socket) => void socket.end(), 3],
    ['finds no TLS there is not', (socket: Socket) => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'), 1],
  ])('a handshake that %s', async (_, onHello, tries) => {
    let connections = 0
    const server = createTcpServer(socket => {
      connections += 1
      socket.on('error', () => undefined).once('data', () => onHello(socket))
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const answer = await openAt(`https://127.0.0.1:${(server.address() as AddressInfo).port}/v1`)(question, {
      signal: new AbortController().signal,
      spent: () => undefined,
    }).catch((cause: unknown) => cause)
    server.close()
    expect(faultIn(answer).message).toContain('TLS with https://127.0.0.1:')
    expect(connections).toBe(tries)
  })

  test('where nothing listens, that is what is told', async () => {
    const server = await startModelServer()
    await server.close()
    const ask = openAt(server.url, { retries: 0 })
    const answer = await ask(question, { signal: new AbortController().signal, spent: () => undefined }).catch((cause: unknown) => cause)
    expect(faultIn(answer).message).toMatch(
      /does not run: nothing listens at http:\/\/127.0.0.1:\d+\/v1 \(caller, turn 1\)\. Start it, or correct models.caller.base_url/,
    )
  })
})

test('an endpoint that takes a connection and says nothing is left as soon as nobody waits, and so is the queue before it', async () => {
  const deaf = createTcpServer().listen(0, '127.0.0.1', 0)
  await once(deaf, 'listening')
  const { port } = deaf.address() as AddressInfo
  deaf.on('connection', socket => void stops.push(async () => void socket.destroy()))
  stops.push(async () => void deaf.close())
  const leaving = new AbortController()
  setTimeout(() => leaving.abort(new Error('hung up')), 50)
  const ask = openAt(`http://127.0.0.1:${port}/v1`, { limits: { concurrency: 1 } })
  const use = { signal: leaving.signal, spent: () => undefined }
  const answers = await Promise.all([ask(question, use), ask(question, use)].map(each => each.catch((cause: unknown) => cause)))
  expect(answers).toEqual([new Error('hung up'), new Error('hung up')])
})

describe('a proxy that the environment names', () => {
  test('gets the question', async () => {
    const asked: (string | undefined)[] = []
    const proxy = createServer((request, response) => {
      asked.push(request.url)
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"choices":[{"message":{"content":"{\\"move\\":\\"say\\"}"}}]}')
    })
    await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve))
    stops.push(async () => void proxy.close())
    const network = openNetwork({ HTTP_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` })
    const ask = openAt('http://model.example/v1', {}, network)
    expect(await ask(question, { signal: new AbortController().signal, spent: () => undefined })).toEqual({ move: 'say' })
    expect(asked).toEqual(['http://model.example/v1/chat/completions'])
  })

  test('is left out for a model on this machine', async () => {
    const server = createServer((_, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"choices":[{"message":{"content":"{\\"move\\":\\"say\\"}"}}]}'),
    )
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    stops.push(async () => void server.close())
    const network = openNetwork({ HTTP_PROXY: 'http://127.0.0.1:1' })
    const ask = openAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, {}, network)
    expect(await ask(question, { signal: new AbortController().signal, spent: () => undefined })).toEqual({ move: 'say' })
  })

  test('and that is gone is named', async () => {
    const network = openNetwork({ HTTP_PROXY: 'http://127.0.0.1:1' })
    const ask = openAt('http://model.example/v1', { retries: 0 }, network)
    const fault = faultIn(
      await ask(question, { signal: new AbortController().signal, spent: () => undefined }).catch((cause: unknown) => cause),
    )
    expect(fault.message).toMatch(/the proxy http:\/\/127\.0\.0\.1:1 \(HTTP_PROXY\)/)
  })
})

/** Asks an endpoint that answers with a compressed body. */
async function answering(coding: string, body: Buffer, settings: Partial<Model> = {}): Promise<unknown> {
  const server = createServer((_, response) =>
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': coding }).end(body),
  )
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  stops.push(async () => void server.close())
  const ask = openAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, { retries: 0, ...settings })
  return ask(question, { signal: new AbortController().signal, spent: () => undefined }).catch((cause: unknown) => cause)
}

describe('an answer that is compressed', () => {
  const completion = JSON.stringify({ choices: [{ message: { content: '{"move":"say"}' } }] })

  test.each([
    ['gzip', gzipSync(completion)],
    ['br', brotliCompressSync(completion)],
    ['deflate', deflateSync(completion)],
  ])('with %s is decoded', async (coding, body) => {
    expect(await answering(coding, body)).toEqual({ move: 'say' })
  })

  test('is not decoded beyond its limit', async () => {
    const fault = faultIn(await answering('gzip', gzipSync(Buffer.alloc(100 << 20))))
    expect(fault).toMatchObject({ by: 'infra', message: expect.stringContaining('its answer has more than 16 MiB') })
  })

  test('in a way that is not supported is not read', async () => {
    const fault = faultIn(await answering('compress', Buffer.from(completion)))
    expect(fault).toMatchObject({
      by: 'infra',
      message: expect.stringContaining('its answer has the coding compress, which is not supported'),
    })
  })
})

test.each([
  [1, {}],
  [16, { concurrency: 16 }],
])('20 conversations with an endpoint of one slot that refuses more, asked %i at once at first, go well', async (start, limits) => {
  const { server, ask } = await asking({ delayMs: 5, slots: 1, refusesMore: true }, { limits, retries: 4 })
  const converse = async (): Promise<unknown> => {
    let said: unknown
    for (let turn = 0; turn < 6; turn += 1) said = await ask(question, { signal: new AbortController().signal, spent: () => undefined })
    return said
  }
  expect(await Promise.all(Array.from({ length: 20 }, converse))).toEqual(Array.from({ length: 20 }, () => ({ move: 'say' })))
  // Those of the first waves, and then one for each run of answers, of which each is twice as long as the one before.
  expect(server.refused()).toBeLessThanOrEqual(2 * start + 8)
})

test('all who ask share the limits', async () => {
  const { server, ask } = await asking({ delayMs: 5 }, { limits: { concurrency: 3 } })
  await Promise.all(Array.from({ length: 12 }, () => ask(question, { signal: new AbortController().signal, spent: () => undefined })))
  expect(server.mostUnderWay()).toBe(3)
  expect(server.requests).toHaveLength(13)
})
