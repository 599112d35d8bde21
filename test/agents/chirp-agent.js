// An agent that is reached over CHIRP, and says again what it heard. As a program: node chirp-agent.js <port>
import { WebSocketServer } from 'ws'
import { createServer, listen, portOfProgram } from './server.js'

const frameBytes = 640

/**
 * It greets with a tone, hears between `speech.started` and `speech.completed`, and then says what it heard, at the speed of speech. It
 * stops when the caller speaks. With a user and a password it wants basic authentication.
 *
 * @param {{ port?: number, user?: string, password?: string }} [options]
 */
export async function startChirpAgent({ port = 0, user, password } = {}) {
  const server = createServer(false)
  const sockets = new WebSocketServer({ noServer: true })
  const wanted = user === undefined ? undefined : `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => {})
    if (wanted !== undefined && request.headers.authorization !== wanted) {
      return socket.end('HTTP/1.1 401 Unauthorized\r\nContent-Length: 12\r\n\r\nWho are you?')
    }
    sockets.handleUpgrade(request, socket, head, converse)
  })
  const running = await listen(server, port)
  return { ...running, url: `ws://127.0.0.1:${running.port}` }
}

/** @param {import('ws').WebSocket} socket */
function converse(socket) {
  let isSpoken = false
  let utterances = 0
  /** @type {Buffer[]} */
  let heard = []
  /** @type {NodeJS.Timeout | undefined} */
  let speaking
  socket.on('error', () => {})
  socket.on('close', stop)
  socket.on('message', (/** @type {Buffer} */ data, isBinary) => {
    if (isBinary) {
      if (isSpoken) heard.push(data)
      return
    }
    const { type } = JSON.parse(data.toString())
    if (type === 'speech.started') {
      isSpoken = true
      heard = []
      stop()
    }
    if (type === 'speech.completed') {
      isSpoken = false
      say(Buffer.concat(heard))
    }
  })
  say(tone())

  /** @param {Buffer} sound */
  function say(sound) {
    utterances += 1
    const id = `a${utterances}`
    const startedAt = Date.now()
    let sent = 0
    tell('speech.started', id)
    speaking = setInterval(() => {
      const due = Math.ceil((Date.now() - startedAt + 20) / 20) * frameBytes
      for (; sent < Math.min(due, sound.length); sent += frameBytes) socket.send(sound.subarray(sent, sent + frameBytes))
      if (sent < sound.length) return
      stop()
      tell('speech.completed', id)
    }, 20)
  }

  function stop() {
    clearInterval(speaking)
  }

  /** @param {string} type @param {string} utterance */
  function tell(type, utterance) {
    socket.send(JSON.stringify({ type, id: `${utterance}-${type}`, ts_ms: Date.now(), data: { utterance_id: utterance } }))
  }
}

/** Half a second of 440 Hz. */
function tone() {
  const sound = Buffer.alloc(16_000)
  for (let i = 0; i < 8_000; i += 1) sound.writeInt16LE(Math.round(8_000 * Math.sin((2 * Math.PI * 440 * i) / 16_000)), 2 * i)
  return sound
}

const port = portOfProgram(import.meta.url)
if (port !== undefined) console.log(`CHIRP agent at ${(await startChirpAgent({ port })).url}`)
