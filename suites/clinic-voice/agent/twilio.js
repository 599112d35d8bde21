// A Twilio media stream: the caller's keys, and mu-law sound of 8 kHz to it. Its words are not heard.
import { conduct } from './front.js'

const frameBytes = 160

export function answerTwilio(socket) {
  let streamSid
  let caller
  let marks = 0
  let playing

  socket.on('message', (data) => {
    const message = JSON.parse(data)
    if (message.event === 'start') {
      streamSid = message.start.streamSid
      caller = conduct({ hasKeys: true, play, stop, close: () => socket.close(1000) })
    } else if (message.event === 'dtmf') {
      caller.pressed(message.dtmf.digit).catch((error) => socket.close(1011, error.message.slice(0, 100)))
    } else if (message.event === 'mark' && message.mark.name === playing?.mark) finish(true)
  })
  socket.on('close', () => finish(false))

  /** Sends the sound at once. Twilio plays it, and then sends the mark back. */
  function play(samples) {
    finish(false)
    const bytes = muLaw(samples)
    for (let at = 0; at < bytes.length; at += frameBytes) {
      send({ event: 'media', media: { payload: bytes.subarray(at, at + frameBytes).toString('base64') } })
    }
    marks += 1
    const mark = `played ${marks}`
    send({ event: 'mark', mark: { name: mark } })
    return new Promise((resolve) => (playing = { mark, resolve }))
  }

  function stop() {
    if (!playing) return
    send({ event: 'clear' })
    finish(false)
  }

  function finish(isWhole) {
    playing?.resolve(isWhole)
    playing = undefined
  }

  function send(message) {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify({ ...message, streamSid }))
  }
}

/** @param samples  16 kHz: each two become one byte. */
function muLaw(samples) {
  return Buffer.from(Array.from({ length: samples.length >> 1 }, (_, i) => muLawByte((samples[2 * i] + samples[2 * i + 1]) / 2)))
}

/** G.711. */
function muLawByte(sample) {
  const magnitude = Math.min(32_635, Math.abs(Math.round(sample))) + 132
  const exponent = 24 - Math.clz32(magnitude)
  const mantissa = (magnitude >> (exponent + 3)) & 15
  return 255 - ((sample < 0 ? 128 : 0) | (exponent << 4) | mantissa)
}
