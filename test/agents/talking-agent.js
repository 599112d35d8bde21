// A clinic's agent that talks over CHIRP, in tones: node talking-agent.js <port> [bug ...]
// Its bugs are those that only sound shows: `deaf-to-barge-in`, `dead-air`, `talks-over`, `mute`, and `hangs-up`.
import { WebSocketServer } from 'ws'
import { chirpMouth } from './chirp-mouth.js'
import { createServer, listen, portOfProgram } from './server.js'
import { hearTones, toneSpeech } from './tone-speech.js'

const rate = 16_000

/** @param {{ port?: number, bugs?: readonly string[], called?: (run: string) => void }} [options]  `called` is told the run of each call. */
export async function startTalkingAgent({ port = 0, bugs = [], called = () => {} } = {}) {
  const server = createServer(false)
  const sockets = new WebSocketServer({ server })
  sockets.on('connection', (socket, request) => {
    called(String(request.headers['x-vocera-run-id']))
    converse(socket, new Set(bugs))
  })
  const running = await listen(server, port)
  return { ...running, url: `ws://127.0.0.1:${running.port}` }
}

/** @param {string} words  What the agent answers to, in the caller's words. */
function answerTo(words) {
  if (words.includes('cancel')) return 'certainly. what is your name?'
  if (words.includes('name is')) return 'thank you. your appointment is cancelled.'
  if (words.includes('bye')) return undefined
  if (words.includes('stop')) return 'all right.'
  return 'sorry?'
}

/** @param {import('ws').WebSocket} socket @param {ReadonlySet<string>} bugs */
function converse(socket, bugs) {
  /** @type {Buffer[]} */
  let heard = []
  let isSpoken = false
  const mouth = chirpMouth(socket)
  socket.on('error', () => {})
  socket.on('message', (/** @type {Buffer} */ data, isBinary) => {
    if (isBinary) return void (isSpoken && heard.push(data))
    const { type } = JSON.parse(data.toString())
    if (type === 'speech.started') {
      isSpoken = true
      heard = []
      if (!bugs.has('deaf-to-barge-in')) mouth.stop()
      if (bugs.has('talks-over')) setTimeout(() => say('yes yes yes yes yes yes yes'), 600)
    }
    if (type === 'speech.completed') {
      isSpoken = false
      const answer = bugs.has('mute') ? undefined : answerTo(heardIn(heard))
      if (answer !== undefined) setTimeout(() => say(answer), bugs.has('dead-air') ? 12_000 : 300)
      else if (bugs.has('hangs-up')) socket.close(1000)
    }
  })
  if (!bugs.has('mute')) {
    say(
      bugs.has('deaf-to-barge-in')
        ? 'welcome to cedarwood clinic, where we have so very much to tell you today about all we do.'
        : 'cedarwood clinic, how can i help?',
    )
  }

  /** @param {string} text */
  function say(text) {
    mouth.say(Buffer.from(toneSpeech(text, rate).buffer))
  }
}

/** @param {Buffer[]} parts */
function heardIn(parts) {
  const bytes = Buffer.concat(parts)
  return hearTones(new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)), rate)
}

const port = portOfProgram(import.meta.url)
if (port !== undefined) console.log(`Agent at ${(await startTalkingAgent({ port, bugs: process.argv.slice(3) })).url}`)
