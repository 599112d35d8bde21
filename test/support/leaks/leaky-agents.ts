import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { WebSocketServer, type WebSocket } from 'ws'
import { listen } from '../../agents/server.js'

/** What an agent lets out: where, and the text with a secret in it. */
export interface Leak {
  readonly place: string
  readonly text: string
  /** The text in two parts, the cut in the middle of the secret. */
  readonly halves: readonly [string, string]
}

export interface LeakyAgents extends AsyncDisposable {
  readonly http: string
  readonly websocket: string
}

/** Where an agent over HTTP may let a secret out, besides what it says. */
const inAnswers: Readonly<Record<string, (leak: Leak, response: ServerResponse) => void>> = {
  'says': ({ text }, response) => json(response, { reply: text }),
  'in two messages': ({ halves }, response) => json(response, { reply: halves }),
  'names a tool': ({ text }, response) => json(response, { reply: 'ok', tools: [{ name: text, arguments: {} }] }),
  'calls a tool': ({ text }, response) => json(response, { reply: 'ok', tools: [{ name: 'look', arguments: { deep: [{ of: text }] } }] }),
  'names an argument': ({ text }, response) => json(response, { reply: 'ok', tools: [{ name: 'look', arguments: { [text]: 1 } }] }),
  'has a result': ({ text }, response) => json(response, { reply: 'ok', tools: [{ name: 'look', arguments: {}, result: { of: text } }] }),
  'has metadata': ({ text }, response) => json(response, { reply: 'ok', meta: { note: text, [text]: true } }),
  'has a thread': ({ text }, response) => json(response, { reply: 'ok', thread: text }),
  'answers 500': ({ text }, response) => response.writeHead(500, { 'content-type': 'text/html' }).end(`<pre>Error: ${text}\n at app`),
  'answers 401': ({ text }, response) => response.writeHead(401).end(JSON.stringify({ error: { message: `Bad key ${text}` } })),
  'answers 302': ({ text }, response) => response.writeHead(302, { location: `/login?next=${encodeURIComponent(text)}` }).end(),
  'is no JSON': ({ text }, response) => response.end(`Hello ${text}`),
  'has no reply': ({ text }, response) => json(response, { error: text, [text]: 1 }),
  'has an odd reply': ({ text }, response) => json(response, { reply: [{ odd: text }] }),
  'has an odd tool': ({ text }, response) => json(response, { reply: 'ok', tools: [{ nam: text }] }),
}

/** Where an agent over a WebSocket may let a secret out. */
const inFrames: Readonly<Record<string, (leak: Leak, socket: WebSocket) => void>> = {
  'says': ({ text }, socket) => socket.send(JSON.stringify({ content: text })),
  'in two frames': ({ halves }, socket) => halves.forEach(content => socket.send(JSON.stringify({ content }))),
  'says last': ({ text }, socket) => socket.send(JSON.stringify({ content: text, type: 'end_call' })),
  'is no JSON': ({ text }, socket) => socket.send(text),
  'has an odd frame': ({ text }, socket) => socket.send(JSON.stringify({ [text]: text })),
  'closes with a reason': ({ text }, socket) =>
    socket.close(
      4001,
      Buffer.from(text)
        .subarray(0, 100)
        .toString('latin1')
        .replaceAll(/[^ -~]/g, ''),
    ),
  'has a result': ({ text }, socket) => {
    socket.send(JSON.stringify({ role: 'Function Call', data: { id: text, name: 'look', arguments: JSON.stringify({ of: text }) } }))
    socket.send(JSON.stringify({ role: 'Function Call Result', data: { id: text, result: JSON.stringify(text) } }))
    socket.send(JSON.stringify({ content: 'ok', metadata: { note: text } }))
  },
}

export const httpPlaces = Object.keys(inAnswers)
export const websocketPlaces = Object.keys(inFrames)
/** Of a program: `leaky-program.mjs`. */
export const programPlaces = ['says', 'complains and goes', 'is no JSON']

/** Agents that are told `Leak 7.` and let the seventh leak out. */
export async function startLeakyAgents(leaks: ReadonlyMap<number, Leak>): Promise<LeakyAgents> {
  const leakOf = (said: string): Leak => leaks.get(Number(/\d+/.exec(said)?.[0]))!
  const answers = createServer((request, response) => {
    void answer(request, response)
  })
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { message } = JSON.parse(await bodyOf(request)) as { message: string }
    const leak = leakOf(message)
    inAnswers[leak.place]!(leak, response)
  }
  const web = await listen(answers, 0)
  const frames = createServer()
  new WebSocketServer({ server: frames }).on('connection', socket =>
    socket.on('message', data => {
      const { content } = JSON.parse((data as Buffer).toString()) as { content: string }
      if (!content.startsWith('Leak')) return
      const leak = leakOf(content)
      inFrames[leak.place]!(leak, socket)
    }),
  )
  const sockets = await listen(frames, 0)
  return {
    http: `http://127.0.0.1:${web.port}/chat`,
    websocket: `ws://127.0.0.1:${sockets.port}`,
    [Symbol.asyncDispose]: async () => void (await Promise.all([web.close(), sockets.close()])),
  }
}

/** The program of the agent that is one: reads the leaks from a file beside it. */
export const leakyProgram = `import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
const leaks = new Map(JSON.parse(readFileSync(new URL('leaks.json', import.meta.url), 'utf8')))
for await (const line of createInterface({ input: process.stdin })) {
  const { content, type } = JSON.parse(line)
  if (type === 'end_call') break
  const { place, text } = leaks.get(Number(/\\d+/.exec(content)[0]))
  if (place === 'says') console.log(JSON.stringify({ content: text }))
  else if (place === 'is no JSON') console.log(text)
  else {
    console.error('Trouble with ' + text)
    process.exit(3)
  }
}
`

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of request) body += String(chunk)
  return body
}

function json(response: ServerResponse, body: object): void {
  response.setHeader('content-type', 'application/json').end(JSON.stringify(body))
}
