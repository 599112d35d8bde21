// An agent that uses the tools it is told to: "use look_up {"q":"x"}" calls that tool, and says what came back; "report ..."
// tells of the call over its own protocol too. Tools are where the turn says (`tools`), else where the environment says.
// As a program: node tool-agent.js <port>, over HTTP; node tool-agent.js lines, over standard input and output.
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { createServer, listen } from './server.js'

/**
 * @typedef {{ id: string, name: string, arguments: object, result: unknown }} ToolCall
 * @typedef {{ say: string, calls: ToolCall[], isTold: boolean }} Done
 */

/**
 * @param {string} words
 * @param {{ url?: string | undefined, headers?: Record<string, string> }} tools
 * @returns {Promise<Done>}
 */
export async function act(words, { url = process.env['CALLSHEET_MOCK_TOOLS_URL'], headers = {} }) {
  /** @type {ToolCall[]} */
  const calls = []
  const said = []
  for (const [, , name = '', args = '{}'] of words.matchAll(/(use|report) (\S+)(?: (\{[^;]*\}))?/g)) {
    const response = await fetch(`${url}/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: args,
    })
    const text = await response.text()
    calls.push({ id: `t${calls.length + 1}`, name, arguments: JSON.parse(args), result: JSON.parse(text) })
    said.push(`${response.status} ${text}`)
  }
  return { say: said.join(' ') || `You said: ${words}`, calls, isTold: words.startsWith('report') }
}

/** Over HTTP: `{ message, run, tools }` -> `{ reply, tools }`. @param {{ port?: number }} [options] */
export async function startToolAgent({ port = 0 } = {}) {
  const server = createServer(false)
  server.on('request', (request, response) => void answer(request, response))
  const running = await listen(server, port)
  return { ...running, url: `http://127.0.0.1:${running.port}/` }
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
async function answer(request, response) {
  let text = ''
  for await (const chunk of request) text += chunk
  const { message = '', run, tools } = text ? JSON.parse(text) : {}
  const done = await act(message, { url: tools ?? undefined, headers: run ? { 'X-Callsheet-Run-Id': run } : {} })
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({ reply: done.say, ...(done.isTold && { tools: done.calls }) }))
}

async function talkInLines() {
  for await (const line of createInterface({ input: process.stdin })) {
    const { content, type } = JSON.parse(line)
    if (type === 'end_call') return
    const { say, calls, isTold } = await act(content, {})
    for (const { id, name, arguments: args, result } of isTold ? calls : []) {
      send({ role: 'Function Call', data: { id, name, arguments: args } })
      send({ role: 'Function Call Result', data: { id, result } })
    }
    send({ content: say })
  }
}

/** @param {object} frame */
function send(frame) {
  console.log(JSON.stringify(frame))
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  if (process.argv[2] === 'lines') await talkInLines()
  else await startToolAgent({ port: Number(process.argv[2]) })
}
