// Answers two turns, and dies in the third. What it leaves behind holds the connection open until that is ended too, so
// that the death is always noticed before the silence.
import { spawn } from 'node:child_process'
import { createServer } from 'node:http'

let turns = 0
createServer((request, response) => {
  if (request.method === 'POST') turns += 1
  if (turns < 3) return response.end('{"reply":"Go on."}')
  spawn('sleep', ['60'], { stdio: ['ignore', 'ignore', 'ignore', response.socket] })
  console.error('FATAL: out of memory\n    at brain (agent.js:1)')
  process.exit(9)
}).listen(process.env.PORT, '127.0.0.1')
