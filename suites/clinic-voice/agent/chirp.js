// CHIRP: 16 kHz sound in binary messages, both ways, and messages that say when one of the two speaks.
import { conduct } from './front.js'
import { rate, samplesIn } from './mouth.js'

const frameMs = 20
const frameSamples = (rate * frameMs) / 1000

/** Sound is speech after this many bytes whose level is above the threshold. */
const onsetBytes = 12 * 2 * frameSamples
const loud = 400

export function answerChirp(socket) {
  let heard
  let loudBytes = 0
  let playing
  let utterances = 0
  const caller = conduct({ hasKeys: false, play, stop, close: () => socket.close(1000) })

  socket.on('message', (data, isBinary) => {
    if (isBinary) return listen(data)
    const { type } = JSON.parse(data)
    if (type === 'speech.started') {
      heard = []
      loudBytes = 0
    } else if (type === 'speech.completed' && heard) {
      const samples = samplesIn(Buffer.concat(heard))
      heard = undefined
      caller.said(samples).catch((error) => socket.close(1011, error.message.slice(0, 100)))
    }
  })
  socket.on('close', stop)

  function listen(sound) {
    if (!heard) return
    heard.push(sound)
    if (loudBytes >= onsetBytes || !isLoud(samplesIn(sound))) return
    loudBytes += sound.length
    if (loudBytes >= onsetBytes) caller.starts()
  }

  /** Sends the sound as fast as it is played, so that it can be stopped at once. */
  function play(samples, { isSignalled = true } = {}) {
    stop()
    utterances += 1
    const utterance = `a${utterances}`
    if (isSignalled) tell('speech.started', utterance)
    return new Promise((resolve) => {
      const since = performance.now()
      let sent = 0
      const timer = setInterval(() => {
        const due = Math.min(samples.length, Math.ceil((performance.now() - since) / frameMs) * frameSamples)
        for (; sent < due; sent += frameSamples) socket.send(samples.subarray(sent, sent + frameSamples))
        if (sent >= samples.length) finish(true)
      }, frameMs)
      playing = { finish }

      function finish(isWhole) {
        clearInterval(timer)
        playing = undefined
        if (isSignalled) tell('speech.completed', utterance)
        resolve(isWhole)
      }
    })
  }

  function stop() {
    playing?.finish(false)
  }

  function tell(type, utterance) {
    if (socket.readyState !== socket.OPEN) return
    socket.send(JSON.stringify({ type, id: `${utterance}-${type}`, ts_ms: Date.now(), data: { utterance_id: utterance } }))
  }
}

function isLoud(samples) {
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample ** 2, 0) / samples.length) > loud
}
