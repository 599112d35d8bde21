// The agents of the measurements, each in its own process: node bench/agents.js http|websocket <latencyMs>
// Prints its address once it listens.
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { spawn } from 'node:child_process'
import { WebSocketServer } from 'ws'

/**
 * @param {'http' | 'websocket'} kind
 * @param {number} latencyMs  Between a turn and its answer.
 * @returns {Promise<{ url: string, stop: () => void }>}
 */
export function startAgent(kind, latencyMs) {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), kind, String(latencyMs)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.stdout.setEncoding('utf8').once('data', url => resolve({ url: url.trim(), stop: () => child.kill() }))
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [kind, latency] = process.argv.slice(2)
  const latencyMs = Number(latency)
  const afterLatency =
    latencyMs > 0
      ? (/** @type {() => void} */ answer) => void setTimeout(answer, latencyMs)
      : (/** @type {() => void} */ answer) => answer()
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    request.resume().on('end', () =>
      afterLatency(() => {
        response.setHeader('content-type', 'application/json')
        response.end('{"reply":"Your appointment is cancelled."}')
      }),
    )
  })
  if (kind === 'websocket') {
    new WebSocketServer({ server, perMessageDeflate: false }).on('connection', socket => {
      socket.on('message', (/** @type {Buffer} */ frame) => {
        if (frame.includes('end_call')) socket.close()
        else afterLatency(() => socket.send('{"content":"Your appointment is cancelled."}'))
      })
    })
  }
  server.listen(0, '127.0.0.1', 2048, () => {
    const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
    console.log(`${kind === 'websocket' ? 'ws' : 'http'}://127.0.0.1:${port}/`)
  })
}
