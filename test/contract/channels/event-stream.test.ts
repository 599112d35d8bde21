import { createServer, type ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { httpChannel } from '../../../src/adapters/channels/http.js'
import { openaiChannel } from '../../../src/adapters/channels/openai.js'
import { systemClock } from '../../../src/adapters/clocks/system.js'
import type { HttpConnection } from '../../../src/domain/connection.js'
import type { AgentEvent, Channel } from '../../../src/ports/channel.js'
import { listen, type RunningAgent } from '../../agents/server.js'
import { agent } from '../../support/build.js'
import { faultOf, openCall, wordsIn } from './conduct-call.js'

// Real agents that stream, well and badly. The caller's words choose how.

const sse = { 'content-type': 'text/event-stream' }
const chunk = (delta: object, finish?: string): string =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: finish ?? null }] })}\n\n`
const said = (...words: readonly string[]): string => words.map(content => chunk({ content })).join('')

type Answer = (response: ServerResponse) => void | Promise<void>

const answers: Readonly<Record<string, Answer>> = {
  // as http agents stream
  words: response =>
    void response.writeHead(200, sse).end('data: {"reply":"Sure. "}\n\ndata: {"reply":"It is "}\n\ndata: {"reply":"done."}\n\n'),
  odd_lines: response =>
    void response
      .writeHead(200, sse)
      .end(
        '\ufeff: hello\r\rretry: 5\r\nid: 1\revent: delta\rdata: {"reply":\rdata: "Sure. "}\r\rdata\n\nevent: ping\n\ndata: {"reply":"Done."}\r\n\r\n',
      ),
  split_utf8: async response => {
    const bytes = Buffer.from('data: {"reply":"Größe: "}\n\ndata: {"reply":"漢字 👍"}\n\n')
    response.writeHead(200, sse)
    for (const byte of bytes) {
      response.write(Buffer.of(byte))
      await wait(0)
    }
    response.end()
  },
  gzip: response =>
    void response
      .writeHead(200, { ...sse, 'content-encoding': 'gzip' })
      .end(gzipSync('data: {"reply":"Sure. "}\n\ndata: {"reply":"Done."}\n\n')),
  tool: response =>
    void response
      .writeHead(200, sse)
      .end(
        'data: {"reply":"Let me "}\n\ndata: {"reply":"look."}\n\ndata: {"tools":[{"name":"look_up","arguments":{"q":1}}]}\n\ndata: {"reply":"Found it.","done":true}\n\n',
      ),
  no_words: response => void response.writeHead(200, sse).end('data: {"other":1}\n\n'),
  no_events: response => void response.writeHead(200, sse).end(': nothing\n\n'),
  not_json: response => void response.writeHead(200, sse).end('data: Sure.\n\n'),
  error_event: response => void response.writeHead(200, sse).end('data: {"reply":"Sure"}\n\nevent: error\ndata: out of memory\n\n'),
  error_json: response => void response.writeHead(200, sse).end('data: {"reply":"Sure"}\n\ndata: {"error":{"message":"overloaded"}}\n\n'),
  error_type: response => void response.writeHead(200, sse).end('data: {"reply":"Sure"}\n\ndata: {"type":"error"}\n\n'),
  failed_event: response => void response.writeHead(200, sse).end('data: {"reply":"Sure"}\n\nevent: failed\ndata: {"why":"lost"}\n\n'),
  torn: response => void response.writeHead(200, sse).end('data: {"reply":"Sure. "}\n\ndata: {"reply":"It is'),
  unclosed: response => void response.writeHead(200, sse).end('data: {"reply":"Sure. "}\n\ndata: {"reply":"Done."}'),
  broken: async response => {
    response.writeHead(200, sse).write('data: {"reply":"Sure. "}\n\n')
    await wait(20)
    response.destroy()
  },
  latin: response => void response.writeHead(200, sse).end(Buffer.from('data: {"reply":"Gr\xf6\xdfe"}\n\n', 'latin1')),
  one_large: response => void response.writeHead(200, sse).end(`data: ${'x'.repeat(1_100_000)}`),
  many_large: response => void response.writeHead(200, sse).end(`data: {"reply":"${'x'.repeat(100_000)}"}\n\n`.repeat(11)),
  flood: async response => {
    response.writeHead(200, sse)
    for (let i = 0; i < 400 && !response.destroyed; i += 1) {
      response.write(`: ${'x'.repeat(100_000)}\n\n`)
      await wait(0)
    }
    response.end()
  },
  plain: response =>
    void response
      .writeHead(200, { 'content-type': 'application/json' })
      .end('{"reply":"As ever.","choices":[{"message":{"content":"As ever."}}]}'),
  plain_error: response =>
    void response
      .writeHead(200, { 'content-type': 'application/json' })
      .end('{"choices":[{"message":{"content":"Sure"},"finish_reason":"stop"}],"error":{"message":"overloaded"}}'),
  refused: response => void response.writeHead(500, sse).end('data: no\n\n'),
  slow: async response => {
    response.writeHead(200, sse)
    for (const word of ['One ', 'two ', 'three.']) {
      await wait(100)
      response.write(`data: {"reply":"${word}"}\n\n`)
    }
    response.end()
  },

  // as chat completions stream
  stays_open: response => void response.writeHead(200, sse).write(`${said('Sure. ', 'Done.')}data: [DONE]\n\n`),
  no_done: response => void response.writeHead(200, sse).end(said('Sure. ', 'Done.') + chunk({}, 'stop')),
  cut: response => void response.writeHead(200, sse).end(said('Sure. ', 'I')),
  length: response => void response.writeHead(200, sse).end(`${said('Sure. ', 'I')}${chunk({}, 'length')}data: [DONE]\n\n`),
  filtered: response => void response.writeHead(200, sse).end(`${said('Sure. ')}${chunk({}, 'content_filter')}data: [DONE]\n\n`),
  error_chunk: response => void response.writeHead(200, sse).end(`${said('Sure')}data: {"error":{"message":"overloaded"}}\n\n`),
  error_by_type: response =>
    void response
      .writeHead(200, sse)
      .end(`${said('Sure')}data: {"type":"error","message":"overloaded"}\n\n${chunk({}, 'stop')}data: [DONE]\n\n`),
  native: response =>
    void response
      .writeHead(200, sse)
      .end(`${said('Sure')}data: {"choices":[{"finish_reason":"stop","native_finish_reason":"length","delta":{}}]}\n\ndata: [DONE]\n\n`),
  incomplete: response =>
    void response
      .writeHead(200, sse)
      .end(`${said('Sure')}data: {"status":"incomplete","choices":[{"finish_reason":"stop","delta":{}}]}\n\ndata: [DONE]\n\n`),
  calls: response =>
    void response.writeHead(200, sse).end(
      chunk({ content: 'One moment.' }) +
        chunk({ tool_calls: [{ index: 0, id: 'a', function: { name: 'book', arguments: '{"at"' } }] }) +
        chunk({ tool_calls: [{ index: 1, id: 'b', function: { name: 'pay' } }] }) +
        chunk({ tool_calls: [{ index: 0, function: { arguments: ':10}' } }] }) +
        // Some servers give every call the index 0.
        chunk({ tool_calls: [{ index: 0, id: 'c', function: { name: 'mail', arguments: '{}' } }] }) +
        `${chunk({}, 'tool_calls')}data: [DONE]\n\n`,
    ),
  thinks: async response => {
    response
      .writeHead(200, sse)
      .write(chunk({ reasoning_content: 'First ' }) + chunk({ reasoning_content: 'this.' }) + said('<thi', 'nk>Then ', 'that.'))
    await wait(100)
    response.end(`${said('</think>', '\n', 'It is ', 'done.')}${chunk({}, 'stop')}data: [DONE]\n\n`)
  },
  no_chunks: response => void response.writeHead(200, sse).end('data: {"reply":"x"}\n\ndata: [DONE]\n\n'),
}

let running: RunningAgent
beforeAll(async () => {
  running = await listen(
    createServer((request, response) => {
      const [, name = ''] = /^\/([^/]*)/.exec(request.url ?? '') ?? []
      request.resume().on('end', () => void answers[name]?.(response))
    }),
    0,
  )
})
afterAll(() => running.close())

const use = { clock: systemClock, concurrency: 1 }

async function httpTo(name: string, more: Partial<HttpConnection> = { stream: 'sse' }): Promise<Channel> {
  const url = `http://127.0.0.1:${running.port}/${name}`
  return httpChannel(agent({ connection: { type: 'http', url, toolCalls: '/tools', end: '/done', ...more } }), use)
}

async function openaiTo(name: string): Promise<Channel> {
  const baseUrl = `http://127.0.0.1:${running.port}/${name}`
  return openaiChannel(agent({ connection: { type: 'openai', baseUrl, model: 'm', stream: 'sse' } }), use)
}

/** What the agent did. */
async function heardFrom(channel: Channel): Promise<AgentEvent[]> {
  await using opened = channel
  await using call = await openCall(opened)
  return await call.ask('Hi')
}

describe('an http agent that streams', () => {
  test.each([
    ['words', 'Sure. It is done.'],
    ['odd_lines', 'Sure. Done.'],
    ['split_utf8', 'Größe: 漢字 👍'],
    ['gzip', 'Sure. Done.'],
    ['unclosed', 'Sure. Done.'],
    ['plain', 'As ever.'],
  ])('%s', async (name, text) => {
    const events = await heardFrom(await httpTo(name))
    expect(wordsIn(events)).toEqual([text])
    expect(events.at(-1)).toEqual({ type: 'yielded' })
  })

  test('a tool call stands between the words before and after it', async () => {
    const events = await heardFrom(await httpTo('tool'))
    expect(events.map(event => ('text' in event ? event.text : event.type))).toEqual(['Let me look.', 'tool_called', 'Found it.', 'ended'])
  })

  test('the first words come when their first piece does, and the last when the last does', async () => {
    const [words] = await heardFrom(await httpTo('slow'))
    if (words?.type !== 'said') throw new Error('It said nothing.')
    expect(words.text).toBe('One two three.')
    expect(words.startS).toBeGreaterThan(0.08)
    expect(words.endS - words.startS).toBeGreaterThan(0.15)
  })

  test.each([
    ['no_words', 'pointer_missed', 'agent'],
    ['no_events', 'pointer_missed', 'agent'],
    ['not_json', 'not_json', 'agent'],
    ['latin', 'invalid_utf8', 'agent'],
    ['one_large', 'too_large', 'agent'],
    ['many_large', 'too_large', 'agent'],
    ['flood', 'too_large', 'agent'],
    ['refused', 'http_status', 'agent'],
  ])('%s is %s', async (name, code, by) => {
    await using channel = await httpTo(name)
    expect(await faultOf(channel)).toMatchObject({ code, by })
  })

  test.each([
    ['error_event', 'Sure', 'with an error: "out of memory"'],
    ['failed_event', 'Sure', 'with an error: "{"why":"lost"}"'],
    ['error_json', 'Sure', 'with an error: "overloaded"'],
    ['error_type', 'Sure', 'with an error: "{"type":"error"}"'],
    ['torn', 'Sure. ', 'in the middle of an answer'],
    ['broken', 'Sure. ', 'closed the connection in the middle'],
  ])('%s is no answer, and the words so far are heard', async (name, text, message) => {
    const events = await heardFrom(await httpTo(name))
    expect(wordsIn(events)).toEqual([text])
    expect(events.at(-1)).toMatchObject({ type: 'broke', fault: { code: 'closed', message: expect.stringContaining(message) as unknown } })
  })

  test('that nobody asked to is told apart, and how to ask', async () => {
    await using channel = await httpTo('words', {})
    expect(await faultOf(channel)).toMatchObject({
      by: 'agent',
      code: 'not_json',
      message: expect.stringContaining('Set stream: sse') as unknown,
    })
  })
})

describe('chat completions that stream', () => {
  test.each([
    ['stays_open', 'Sure. Done.'],
    ['no_done', 'Sure. Done.'],
    ['plain', 'As ever.'],
  ])('%s', async (name, text) => {
    const events = await heardFrom(await openaiTo(name))
    expect(wordsIn(events)).toEqual([text])
    expect(events.at(-1)).toEqual({ type: 'yielded' })
  })

  test('a stream that stays open holds up no later request for long', async () => {
    await using channel = await openaiTo('stays_open')
    await using call = await openCall(channel)
    await call.ask('Hi')
    expect(wordsIn(await call.ask('Again'))).toEqual(['Sure. Done.'])
  })

  test('tool calls are put together from their pieces', async () => {
    const called = (await heardFrom(await openaiTo('calls'))).filter(event => event.type === 'tool_called')
    expect(called).toMatchObject([
      { id: 'a', name: 'book', arguments: { at: 10 } },
      { id: 'b', name: 'pay' },
      { id: 'c', name: 'mail', arguments: {} },
    ])
  })

  test('what the model thinks is told apart, and is no first word', async () => {
    const events = await heardFrom(await openaiTo('thinks'))
    expect(events).toMatchObject([
      { type: 'thought', text: 'First this.' },
      { type: 'thought', text: 'Then that.' },
      { type: 'said', text: 'It is done.' },
      { type: 'yielded' },
    ])
    const [thought, , words] = events
    if (thought?.type !== 'thought' || words?.type !== 'said') throw new Error('It did something else.')
    expect(words.startS - thought.atS).toBeGreaterThan(0.08)
  })

  test.each([
    ['cut', 'Sure. I', 'closed'],
    ['length', 'Sure. I', 'cut_off'],
    ['filtered', 'Sure. ', 'cut_off'],
    ['error_chunk', 'Sure', 'closed'],
    ['error_by_type', 'Sure', 'closed'],
    ['native', 'Sure', 'cut_off'],
    ['incomplete', 'Sure', 'cut_off'],
    ['plain_error', 'Sure', 'cut_off'],
  ])('%s is no answer, and the words so far are heard', async (name, text, code) => {
    const events = await heardFrom(await openaiTo(name))
    expect(wordsIn(events)).toEqual([text])
    expect(events.at(-1)).toMatchObject({ type: 'broke', fault: { by: 'agent', code } })
  })

  test('events that are no chunks are no answer', async () => {
    await using channel = await openaiTo('no_chunks')
    expect(await faultOf(channel)).toMatchObject({ code: 'pointer_missed' })
  })
})
