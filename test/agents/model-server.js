// The stand-in for language models: a real server of chat completions that answers by rule, and misbehaves when told to.
// As a program: node model-server.js [--port N] [--delay MS] [--key KEY] [--model NAME]... [--context TOKENS] [--rules FILE]
import { readdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { createServer, listen } from './server.js'

/**
 * What a model answers to a request: an object, sent as JSON, or a text, sent as it is.
 *
 * @typedef {(body: ChatRequest) => object | string} Rule
 *
 * @typedef {object} ChatRequest  As the API takes it; of what is not named here, anything.
 * @property {string} model
 * @property {{ role: 'system' | 'user' | 'assistant', content: string }[]} messages
 * @property {boolean} [stream]
 * @property {any} [response_format]
 * @property {number} [temperature]
 * @property {number} [seed]
 * @property {number} [max_tokens]
 *
 * What a request meets instead of an answer:
 * `status` (with `headers` and `message`), a connection `dropped` before the answer or `cut` in the middle of it, none at
 * all (`silent`), a body that is no JSON (`raw`), an answer that is this `text`, a `refusal`, one `truncated` after some
 * characters, one held back by the `filter`, or no choices (`empty`).
 *
 * @typedef {object} Mishap
 * @property {number} [status]
 * @property {Record<string, string>} [headers]
 * @property {string} [message]
 * @property {string} [code]
 * @property {true} [dropped]
 * @property {true} [cut]
 * @property {true} [silent]
 * @property {string} [raw]
 * @property {string} [text]
 * @property {string} [refusal]
 * @property {number} [truncated]
 * @property {true} [filter]
 * @property {true} [empty]
 */

/** The rules in model-rules/: each file has `rules`, by the name of the schema that is asked for. @returns {Promise<Record<string, Rule>>} */
export async function defaultRules() {
  const folder = new URL('model-rules/', import.meta.url)
  const names = (await readdir(folder)).filter(name => name.endsWith('.js'))
  const files = await Promise.all(names.map(name => import(new URL(name, folder).href)))
  return Object.assign({}, ...files.map(({ rules }) => rules))
}

/**
 * @param {object} [options]
 * @param {number} [options.port]  0 takes a free one.
 * @param {number | ((body: ChatRequest, nth: number) => number)} [options.delayMs]  Before each answer.
 * @param {number} [options.slots]  How many answers are made at once; other requests wait. Default: all.
 * @param {boolean} [options.refusesMore]  Whether a request beyond its slots is refused with 503, instead of waiting.
 * @param {string} [options.apiKey]  Who sends another is refused.
 * @param {readonly string[]} [options.models]  Those that there are; all, where left out.
 * @param {number} [options.contextTokens]  The longest question.
 * @param {number} [options.cutsAt]  After so many tokens a question is cut off without a word.
 * @param {number} [options.cachedTokens]  Of each question.
 * @param {boolean} [options.countsTokens]  Whether answers come with usage.
 * @param {boolean} [options.listsModels]  Whether GET /models is served.
 * @param {boolean} [options.keepsRequests]  Whether `requests` holds what was asked; a benchmark asks too much.
 * @param {Record<string, Rule>} [options.rules]  By the name of the schema asked for; before those of model-rules/.
 * @param {(body: ChatRequest, nth: number) => Mishap | undefined} [options.mishap]  Asked for each request, counted from 1.
 */
export async function startModelServer(options = {}) {
  const {
    port = 0,
    delayMs = 0,
    slots = Infinity,
    refusesMore = false,
    apiKey,
    models,
    contextTokens = Infinity,
    listsModels = true,
    keepsRequests = true,
  } = options
  const { countsTokens = true, cutsAt = Infinity, cachedTokens, mishap = () => undefined } = options
  const rules = { ...(await defaultRules()), ...options.rules }
  /** @type {{ body: ChatRequest, headers: import('node:http').IncomingHttpHeaders, atMs: number, isAborted: boolean }[]} */
  const requests = []
  let count = 0
  let underWay = 0
  let busy = 0
  /** @type {(() => void)[]} */
  const queue = []
  let mostUnderWay = 0
  let refused = 0
  const server = createServer(false)
  server.keepAliveTimeout = 60_000
  server.on('request', (request, response) => void serve(request, response))
  const running = await listen(server, port)
  return {
    ...running,
    url: `http://127.0.0.1:${running.port}/v1`,
    requests,
    underWay: () => underWay,
    mostUnderWay: () => mostUnderWay,
    /** How many requests were refused because all slots were taken. */
    refused: () => refused,
  }

  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   */
  async function serve(request, response) {
    let text = ''
    for await (const chunk of request) text += chunk
    const path = new URL(request.url ?? '/', 'http://models').pathname
    if (apiKey !== undefined && request.headers.authorization !== `Bearer ${apiKey}`) {
      return refuse(response, {
        status: 401,
        message: `Incorrect API key provided: ${masked(request.headers.authorization)}.`,
        code: 'invalid_api_key',
      })
    }
    if (path === '/v1/models' && listsModels) {
      return send(response, { object: 'list', data: (models ?? []).map(id => ({ id, object: 'model' })) })
    }
    if (path !== '/v1/chat/completions') return refuse(response, { status: 404, message: `There is nothing at ${path}.` })
    /** @type {ChatRequest} */
    const body = JSON.parse(text)
    const seen = { body, headers: request.headers, atMs: performance.now(), isAborted: false }
    count += 1
    if (keepsRequests) requests.push(seen)
    underWay += 1
    mostUnderWay = Math.max(mostUnderWay, underWay)
    response.on('close', () => {
      underWay -= 1
      seen.isAborted = !response.writableFinished
    })
    await answer(body, response, count)
  }

  /**
   * @param {ChatRequest} body
   * @param {import('node:http').ServerResponse} response
   * @param {number} nth
   */
  async function answer(body, response, nth) {
    const ms = typeof delayMs === 'number' ? delayMs : delayMs(body, nth)
    if (busy >= slots && refusesMore) {
      refused += 1
      return refuse(response, { status: 503, message: 'All slots are busy.' })
    }
    if (busy >= slots) await /** @type {Promise<void>} */ (new Promise(begin => queue.push(begin)))
    else busy += 1
    if (ms > 0 && !response.destroyed) await sleep(ms)
    const next = queue.shift()
    if (next) next()
    else busy -= 1
    if (response.destroyed) return
    const met = mishap(body, nth) ?? {}
    const { status, raw, text, refusal, truncated, filter } = met
    if (met.silent) return
    if (met.dropped) return void response.destroy()
    if (status !== undefined) return refuse(response, { ...met, status })
    if (raw !== undefined) return void response.writeHead(200, { 'content-type': 'application/json' }).end(raw)
    if (models && !models.includes(body.model)) {
      const message = `The model \`${body.model}\` does not exist or you do not have access to it.`
      return refuse(response, { status: 404, message, code: 'model_not_found' })
    }
    const tokens = tokensIn(JSON.stringify(body.messages))
    if (tokens > contextTokens) {
      const message = `This model's maximum context length is ${contextTokens} tokens. However, your messages resulted in ${tokens} tokens.`
      return refuse(response, { status: 400, message, code: 'context_length_exceeded' })
    }
    const rule = rules[schemaNameOf(body)]
    if (!rule && text === undefined && refusal === undefined) {
      return refuse(response, { status: 500, message: `The stand-in has no rule for ${JSON.stringify(schemaNameOf(body))}.` })
    }
    const words = text ?? inWords(rule?.(body) ?? '')
    const content = filter ? '' : words.slice(0, truncated)
    const reason = truncated !== undefined ? 'length' : filter ? 'content_filter' : 'stop'
    const message = { role: 'assistant', content: refusal === undefined ? content : null, refusal: refusal ?? null }
    const usage = countsTokens ? usageOf(Math.min(tokens, cutsAt), tokensIn(content)) : undefined
    const choices = met.empty ? [] : [{ index: 0, message, finish_reason: reason }]
    const head = { id: `chatcmpl-${nth}`, created: 0, model: body.model }
    if (body.stream) return stream(response, head, choices, usage, met.cut === true)
    const whole = JSON.stringify({ ...head, object: 'chat.completion', choices, ...(usage && { usage }) })
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(whole) })
    if (!met.cut) return void response.end(whole)
    response.write(whole.slice(0, whole.length / 2), () => response.destroy())
  }

  /** @param {number} asked @param {number} answered */
  function usageOf(asked, answered) {
    const cached = cachedTokens === undefined ? {} : { prompt_tokens_details: { cached_tokens: cachedTokens } }
    return { prompt_tokens: asked, completion_tokens: answered, total_tokens: asked + answered, ...cached }
  }
}

/** The name of the schema that an answer is to have; where none is sent, the one that the question speaks of. @param {ChatRequest} body */
export function schemaNameOf({ response_format: format, messages }) {
  const named = format?.json_schema?.name
  if (typeof named === 'string') return named
  return /in the form of (\w+):/.exec(messages.map(({ content }) => content).join('\n'))?.[1] ?? ''
}

/**
 * Server-sent events: the role, the words in pieces, the reason why they end, then what it took.
 *
 * @param {import('node:http').ServerResponse} response
 * @param {object} head
 * @param {readonly any[]} choices
 * @param {object | undefined} usage
 * @param {boolean} isCut  Whether the connection is lost in the middle.
 */
function stream(response, head, choices, usage, isCut) {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const put = (/** @type {object} */ chunk) =>
    void response.write(`data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', choices: [], ...chunk })}\n\n`)
  for (const { message, finish_reason } of choices) {
    const delta = (/** @type {object} */ part, /** @type {string | null} */ reason = null) =>
      put({ choices: [{ index: 0, delta: part, finish_reason: reason }] })
    delta({ role: 'assistant', content: '' })
    for (const piece of message.content?.match(/[^]{1,8}/gu) ?? []) {
      delta({ content: piece })
      if (isCut) return void response.write('', () => response.destroy())
    }
    if (message.refusal) delta({ refusal: message.refusal })
    delta({}, finish_reason)
  }
  if (usage) put({ usage })
  response.end('data: [DONE]\n\n')
}

/** @param {import('node:http').ServerResponse} response @param {{ status: number, headers?: Record<string, string>, message?: string, code?: string }} refusal */
function refuse(response, { status, headers = {}, message = 'It did not work out.', code }) {
  const error = { message, type: 'stand_in_error', param: null, code: code ?? null }
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify({ error }))
}

/** @param {import('node:http').ServerResponse} response @param {object} body */
function send(response, body) {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

/** As hosted endpoints quote a key that is wrong. @param {string | undefined} authorization */
function masked(authorization = '') {
  const key = authorization.replace(/^Bearer /, '')
  return `${key.slice(0, 3)}***${key.slice(-4)}`
}

/** @param {object | string} answer */
function inWords(answer) {
  return typeof answer === 'string' ? answer : JSON.stringify(answer)
}

/** @param {string} text */
function tokensIn(text) {
  return Math.ceil(text.length / 4)
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      delay: { type: 'string', default: '0' },
      context: { type: 'string', default: 'Infinity' },
      key: { type: 'string' },
      model: { type: 'string', multiple: true },
      rules: { type: 'string' },
    },
  })
  const { url } = await startModelServer({
    port: Number(values.port),
    delayMs: Number(values.delay),
    contextTokens: Number(values.context),
    ...(values.key !== undefined && { apiKey: values.key }),
    ...(values.model && { models: values.model }),
    ...(values.rules !== undefined && { rules: (await import(pathToFileURL(resolve(values.rules)).href)).rules }),
  })
  console.log(url)
}
