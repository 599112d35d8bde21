// The same client libraries without Callsheet, for scale: node bench/raw.js http|websocket <url> <n> <concurrency> <turns>
// Prints how long its calls took, from the first to the last.
import { Pool } from 'undici'
import { WebSocket } from 'ws'

const [kind, url = '', n, concurrency, turns] = process.argv.slice(2)
let left = Number(n)
const startedMs = performance.now()

if (kind === 'http') {
  const pool = new Pool(new URL(url).origin, { connections: Number(concurrency) })
  const body = JSON.stringify({ message: 'Please cancel my appointment.', session: 'raw' })
  const worker = async () => {
    while (left-- > 0) {
      const response = await pool.request({ path: '/', method: 'POST', headers: { 'content-type': 'application/json' }, body })
      JSON.parse(await response.body.text())
    }
  }
  await Promise.all(Array.from({ length: Number(concurrency) }, worker))
  await pool.close()
} else {
  const worker = async () => {
    while (left-- > 0) await converse()
  }
  await Promise.all(Array.from({ length: Number(concurrency) }, worker))
}
console.log(JSON.stringify({ loopMs: performance.now() - startedMs }))

/** Conducts one conversation over a WebSocket. @returns {Promise<void>} */
function converse() {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, { perMessageDeflate: false })
    let spoken = 0
    const speak = () => {
      spoken += 1
      socket.send(
        JSON.stringify(spoken > Number(turns) ? { content: 'Bye.', type: 'end_call' } : { content: 'Please cancel my appointment.' }),
      )
    }
    socket
      .on('open', speak)
      .on('message', speak)
      .on('error', reject)
      .on('close', () => resolve())
  })
}
