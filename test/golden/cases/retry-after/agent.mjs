// Too busy for the first turn, and asks for a second's patience.
import { createServer } from 'node:http'

let turns = 0
createServer((request, response) => {
  if (request.method === 'POST') turns += 1
  if (turns !== 1) return response.end('{"reply":"Hello."}')
  response.writeHead(429, { 'retry-after': '1' }).end('Slow down.')
}).listen(process.env.PORT, '127.0.0.1')
