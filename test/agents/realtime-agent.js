// A server of OpenAI's Realtime protocol that hears and speaks in tones, a letter each, and looks for appointments by a tool of the session:
// node realtime-agent.js <port>
import { WebSocketServer } from 'ws'
import { createServer, listen, portOfProgram } from './server.js'
import { hearTones, toneSpeech } from './tone-speech.js'

const rate = 24_000
const loud = 1_000
/** Milliseconds of quiet after which the caller's turn is over. */
const quietMs = 500

/** @param {{ port?: number }} [options] */
export async function startRealtimeAgent({ port = 0 } = {}) {
  const server = createServer(false)
  new WebSocketServer({ server }).on('connection', converse)
  const running = await listen(server, port)
  return { ...running, url: `ws://127.0.0.1:${running.port}` }
}

/** @param {import('ws').WebSocket} socket */
function converse(socket) {
  /** @type {number[]} */
  let speech = []
  let quiet = 0
  let responses = 0
  /** @type {readonly { readonly name: string }[]} */
  let tools = []
  const tell = (/** @type {object} */ event) => socket.send(JSON.stringify(event))
  socket.on('error', () => {})
  socket.on('message', (/** @type {Buffer} */ bytes) => {
    const event = JSON.parse(bytes.toString())
    if (event.type === 'session.update') tools = event.session.tools ?? []
    if (event.type === 'input_audio_buffer.append') hear(Buffer.from(event.audio, 'base64'))
    if (event.type === 'conversation.item.create') tell({ type: 'conversation.item.added', item: event.item })
    if (event.type === 'response.create') say(responses === 0 ? 'how can i help?' : 'it is cancelled.')
  })

  /** @param {Buffer} bytes */
  function hear(bytes) {
    const samples = Array.from({ length: bytes.length / 2 }, (_, i) => bytes.readInt16LE(2 * i))
    const isLoud = samples.some(sample => Math.abs(sample) > loud)
    if (isLoud && speech.length === 0) tell({ type: 'input_audio_buffer.speech_started', audio_start_ms: 0, item_id: 'u' })
    if (isLoud || speech.length > 0) speech.push(...samples)
    quiet = isLoud ? 0 : quiet + samples.length
    if (speech.length === 0 || quiet < (quietMs * rate) / 1000) return
    const words = hearTones(Int16Array.from(speech), rate)
    speech = []
    tell({ type: 'conversation.item.input_audio_transcription.completed', transcript: words })
    if (words.includes('cancel')) useTool(words)
  }

  /** @param {string} words */
  function useTool(words) {
    const [tool] = tools
    if (!tool) return say('i have no tools.')
    tell({ type: 'response.created', response: {} })
    responses += 1
    const item = { type: 'function_call', name: tool.name, call_id: `call-${responses}`, arguments: JSON.stringify({ words }) }
    tell({ type: 'response.output_item.done', item })
    tell({ type: 'response.done', response: { status: 'completed' } })
  }

  /** @param {string} text */
  function say(text) {
    responses += 1
    tell({ type: 'response.created', response: {} })
    const sound = Buffer.from(toneSpeech(text, rate).buffer)
    const item = { item_id: `item-${responses}`, content_index: 0 }
    tell({ type: 'response.output_audio.delta', ...item, delta: sound.toString('base64') })
    tell({ type: 'response.output_audio_transcript.done', ...item, transcript: text })
    tell({ type: 'response.done', response: { status: 'completed' } })
  }
}

const port = portOfProgram(import.meta.url)
if (port !== undefined) console.log(`Agent at ${(await startRealtimeAgent({ port })).url}`)
