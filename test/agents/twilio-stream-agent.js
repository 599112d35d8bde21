// An agent on a Twilio media stream, written to Twilio's page of messages. As a program: node twilio-stream-agent.js <port>
import { WebSocketServer } from 'ws'
import { createServer, listen, portOfProgram } from './server.js'

/** Mu-law bytes whose sound is louder than this are speech. */
const loudest = 500

/**
 * A webhook that answers with TwiML, and the stream that this leads to. It greets with a tone of two seconds, and says another one each time
 * that the caller has spoken and then been silent for half a second. As Twilio's public samples do, it marks each piece of its answer, and
 * when the caller speaks while marks are pending, and only then, it sends `clear`.
 *
 * @param {{ port?: number }} [options]
 */
export async function startTwilioStreamAgent({ port = 0 } = {}) {
  const server = createServer(false)
  const sockets = new WebSocketServer({ noServer: true })
  /** @type {ReturnType<typeof converse>[]} */
  const calls = []
  server.on('request', (request, response) => {
    const stream = `ws://${request.headers.host}/media`
    response.writeHead(200, { 'content-type': 'text/xml' })
    response.end(`<?xml version="1.0"?><Response><Connect><Stream url="${stream}"/></Connect></Response>`)
  })
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => {})
    sockets.handleUpgrade(request, socket, head, accepted => calls.push(converse(accepted)))
  })
  const running = await listen(server, port)
  return { ...running, calls, webhook: `http://127.0.0.1:${running.port}/voice`, url: `ws://127.0.0.1:${running.port}/media` }
}

/** @param {import('ws').WebSocket} socket */
function converse(socket) {
  let streamSid = ''
  let pieces = 0
  let hasSpoken = false
  let quietFrames = 0
  /** @type {string[]} The marks that were sent and not yet reached. */
  const pending = []
  const seen = { clears: 0, marks: 0, keys: '', stopped: false }
  socket.on('error', () => {})
  socket.on('message', (/** @type {Buffer} */ data) => {
    const message = JSON.parse(data.toString())
    switch (message.event) {
      case 'start':
        streamSid = message.start.streamSid
        return say(2_000)
      case 'media':
        return hear(Buffer.from(message.media.payload, 'base64'))
      case 'mark':
        seen.marks += 1
        if (pending.includes(message.mark.name)) pending.splice(0, pending.indexOf(message.mark.name) + 1)
        return
      case 'dtmf':
        seen.keys += message.dtmf.digit
        return
      case 'stop':
        seen.stopped = true
    }
  })
  return Object.assign(seen, { pending, socket })

  /** @param {Buffer} sound */
  function hear(sound) {
    if (sound.some(byte => Math.abs(sampleOf(byte)) > loudest)) {
      hasSpoken = true
      quietFrames = 0
      interrupt()
    } else if (hasSpoken && ++quietFrames === 25) {
      hasSpoken = false
      say(1_000)
    }
  }

  function interrupt() {
    if (pending.length === 0) return
    send({ event: 'clear' })
    seen.clears += 1
    pending.length = 0
  }

  /** Sends a tone at once, in pieces of 200 ms with a mark after each. @param {number} ms */
  function say(ms) {
    for (let sent = 0; sent < ms; sent += 200) {
      send({ event: 'media', media: { payload: tone(1_600).toString('base64') } })
      pieces += 1
      pending.push(`piece ${pieces}`)
      send({ event: 'mark', mark: { name: `piece ${pieces}` } })
    }
  }

  /** @param {object} message */
  function send(message) {
    socket.send(JSON.stringify({ ...message, streamSid }))
  }
}

/** 500 Hz: a square wave, whose two levels are a byte each. @param {number} samples */
function tone(samples) {
  return Buffer.from(Array.from({ length: samples }, (_, i) => (i % 16 < 8 ? 0x9f : 0x1f)))
}

/** @param {number} byte */
function sampleOf(byte) {
  const bits = 255 - byte
  const level = ((2 * (bits & 15) + 33) * 2 ** ((bits >> 4) & 7) - 33) * 4
  return bits >= 128 ? -level : level
}

const port = portOfProgram(import.meta.url)
if (port !== undefined) console.log(`Twilio agent at ${(await startTwilioStreamAgent({ port })).webhook}`)
