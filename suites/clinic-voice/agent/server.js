// The clinic's agent on a WebSocket: node server.js <chirp | twilio | text> <port>. Each connection is one call.
import { WebSocketServer } from 'ws'
import { answerChirp } from './chirp.js'
import { canHear } from './ears.js'
import { answerText } from './text.js'
import { answerTwilio } from './twilio.js'

const [transport, port] = process.argv.slice(2)
const answer = { chirp: answerChirp, twilio: answerTwilio, text: answerText }[transport]
if (!answer) {
  console.error('Usage: node server.js <chirp | twilio | text> <port>')
  process.exit(2)
}

const server = new WebSocketServer({ host: '127.0.0.1', port: Number(port), maxPayload: 64 * 1024 })
server.on('listening', () => {
  console.log(`Cedarwood Family Clinic listens on ws://127.0.0.1:${server.address().port}`)
  if (!canHear && answer !== answerText) console.log('It hears no words, for pocketsphinx_batch is not on PATH: only keys work.')
})
server.on('connection', (socket) => {
  socket.on('error', () => socket.terminate())
  answer(socket)
})
server.on('error', (error) => {
  console.error(`Cannot listen on port ${port}: ${error.message}`)
  process.exit(1)
})
