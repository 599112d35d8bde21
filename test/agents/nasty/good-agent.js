// A well-behaved agent over HTTP and WebSocket that measures how long callers take to go on after each answer: node good-agent.js
// prints its port. GET /gaps answers all times, in milliseconds.
import { createServer } from 'node:http'
import { WebSocketServer } from 'ws'

/** @type {{ http: number[], websocket: number[] }} */
const gaps = { http: [], websocket: [] }
/** When each session was last answered. */
const answered = new Map()
const thinkMs = 20

const server = createServer((request, response) => {
  if (request.url === '/gaps') return void response.end(JSON.stringify(gaps))
  let body = ''
  request.on('data', chunk => (body += chunk))
  request.on('end', () => {
    const { session } = JSON.parse(body)
    if (answered.has(session)) gaps.http.push(performance.now() - answered.get(session))
    setTimeout(() => {
      response.setHeader('content-type', 'application/json')
      response.end('{"reply":"I am fine."}', () => answered.set(session, performance.now()))
    }, thinkMs)
  })
})
new WebSocketServer({ server }).on('connection', socket => {
  let answeredAt = 0
  socket.on('error', () => {})
  socket.on('message', () => {
    if (answeredAt > 0) gaps.websocket.push(performance.now() - answeredAt)
    setTimeout(() => {
      socket.send('{"content":"I am fine."}')
      answeredAt = performance.now()
    }, thinkMs)
  })
})
server.listen(0, '127.0.0.1', () => console.log(/** @type {import('node:net').AddressInfo} */ (server.address()).port))
