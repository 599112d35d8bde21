// The scheduling agent of Cedarwood Family Clinic, on a WebSocket. Each connection is one conversation.
import { timingSafeEqual } from 'node:crypto'
import { on } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocketServer } from 'ws'
import { plantedBug } from './bugs.js'
import { converse } from './conversation.js'
import { listening } from './frames.js'
import { thinkingTimes } from './thinking.js'
import { openTools } from './tools.js'

/** How long after connecting the agent waits for the caller before it speaks first. */
const greetAfterMs = 100

const port = Number(process.env.CLINIC_PORT || 8765)
const secret = process.env.CLINIC_SECRET ?? ''

const server = new WebSocketServer({ host: '127.0.0.1', port, maxPayload: 64 * 1024, verifyClient: admit })
server.on('listening', () => console.log(`Cedarwood Family Clinic listens on ws://127.0.0.1:${server.address().port}`))
server.on('connection', (socket, request) => {
  conduct(socket, request).catch((error) => giveUp(socket, error))
})
server.on('error', (error) => {
  console.error(`Cannot listen on port ${port}: ${error.message}`)
  process.exit(1)
})

function admit({ req }, decide) {
  const given = Buffer.from(req.headers['x-vocera-secret'] ?? '')
  const wanted = Buffer.from(secret)
  const isWelcome = secret === '' || (given.length === wanted.length && timingSafeEqual(given, wanted))
  decide(isWelcome, 401, 'The secret is wrong')
}

/** Conducts a conversation until either side ends it. */
async function conduct(socket, { headers }) {
  const caller = hear(on(socket, 'message', { close: ['close'] }))
  const tier = headers['x-customer-tier'] ?? 'standard'
  const conversation = converse({ tier, tools: openTools({ tier }) })
  const thinkingMs = thinkingTimes(headers['x-vocera-run-id'] ?? '')

  let words
  for (;;) {
    const { value: frame } = conversation.next(words)
    if (frame === listening) {
      const heard = await caller.next()
      if (heard.done) return
      words = heard.value
      if (plantedBug === 'slow') await sleep(3000)
      continue
    }
    await sleep(thinkingMs())
    socket.send(JSON.stringify(frame))
    if (frame.type === 'end_call') return socket.close(1000)
  }
}

/** An error in one call must not affect the others. */
function giveUp(socket, error) {
  console.error(`A call broke off: ${error.message}`)
  socket.terminate()
}

/** Yields the caller's words until it hangs up. If the line stays quiet at first, yields ''. */
async function* hear(messages) {
  const first = messages.next()
  if (await Promise.race([first.then(() => false), sleep(greetAfterMs, true)])) yield ''
  for (let next = await first; !next.done; next = await messages.next()) {
    const frame = JSON.parse(next.value[0])
    if (frame.type === 'end_call') return
    yield String(frame.digits ?? frame.content ?? '')
  }
}
