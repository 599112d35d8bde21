// The same client libraries without Callsheet, for scale: node bench/raw.js http|websocket|models <url> <n> <concurrency> <turns> [model] [file]
// Prints how long its calls took, from the first to the last. With models, each call sends the questions in the file before, between and after
// its turns, the last two at once.
import { readFileSync } from 'node:fs'
import { Pool } from 'undici'
import { WebSocket } from 'ws'

const [kind, url = '', n, concurrency, turns, model = '', file = ''] = process.argv.slice(2)
let left = Number(n)
const startedMs = performance.now()

const turn = JSON.stringify({ message: 'Please cancel my appointment.', session: 'raw' })

if (kind === 'http') {
  const agent = openClient(url, '/', Number(concurrency))
  const worker = async () => {
    while (left-- > 0) await agent.post(turn)
  }
  await Promise.all(Array.from({ length: Number(concurrency) }, worker))
  await agent.close()
} else if (kind === 'models') {
  const agent = openClient(url, '/', Number(concurrency))
  const asked = openClient(model, `${new URL(model).pathname}/chat/completions`, 2 * Number(concurrency))
  /** @type {unknown[]} */
  const questions = JSON.parse(readFileSync(file, 'utf8'))
  const ask = (/** @type {unknown} */ question) => asked.post(JSON.stringify(question))
  const worker = async () => {
    while (left-- > 0) {
      for (const question of questions.slice(0, Number(turns))) {
        await ask(question)
        await agent.post(turn)
      }
      await Promise.all(questions.slice(Number(turns)).map(ask))
    }
  }
  await Promise.all(Array.from({ length: Number(concurrency) }, worker))
  await Promise.all([agent.close(), asked.close()])
} else {
  const worker = async () => {
    while (left-- > 0) await converse()
  }
  await Promise.all(Array.from({ length: Number(concurrency) }, worker))
}
console.log(JSON.stringify({ loopMs: performance.now() - startedMs }))

/** @param {string} at @param {string} path @param {number} connections */
function openClient(at, path, connections) {
  const pool = new Pool(new URL(at).origin, { connections })
  return {
    close: () => pool.close(),
    /** @param {string} body */
    async post(body) {
      const response = await pool.request({ path, method: 'POST', headers: { 'content-type': 'application/json' }, body })
      return JSON.parse(await response.body.text())
    },
  }
}

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
