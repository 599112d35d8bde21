// An agent that is reached over CHIRP, and says again what it heard. As a program: node chirp-agent.js <port>
import { WebSocketServer } from 'ws'
import { chirpMouth } from './chirp-mouth.js'
import { createServer, listen, portOfProgram } from './server.js'

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
  /** @type {Buffer[]} */
  let heard = []
  const mouth = chirpMouth(socket)
  socket.on('error', () => {})
  socket.on('message', (/** @type {Buffer} */ data, isBinary) => {
    if (isBinary) {
      if (isSpoken) heard.push(data)
      return
    }
    const { type } = JSON.parse(data.toString())
    if (type === 'speech.started') {
      isSpoken = true
      heard = []
      mouth.stop()
    }
    if (type === 'speech.completed') {
      isSpoken = false
      mouth.say(Buffer.concat(heard))
    }
  })
  mouth.say(tone())
}

/** Half a second of 440 Hz. */
function tone() {
  const sound = Buffer.alloc(16_000)
  for (let i = 0; i < 8_000; i += 1) sound.writeInt16LE(Math.round(8_000 * Math.sin((2 * Math.PI * 440 * i) / 16_000)), 2 * i)
  return sound
}

const port = portOfProgram(import.meta.url)
if (port !== undefined) console.log(`CHIRP agent at ${(await startChirpAgent({ port })).url}`)
