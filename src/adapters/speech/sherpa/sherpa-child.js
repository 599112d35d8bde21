// A process that speaks or hears with sherpa-onnx: what it does not like about a model ends it, instead of us.
import { createRequire } from 'node:module'

/**
 * @typedef {{ readonly kind: 'speak', readonly id: number, readonly config: object, readonly text: string, readonly speed: number, readonly voice: string | undefined, readonly names: readonly string[] }} SpeakQuestion
 * @typedef {{ readonly kind: 'hear', readonly id: number, readonly config: object, readonly isOnline: boolean, readonly samples: Int16Array, readonly rate: number }} HearQuestion
 */

const sherpa = createRequire(import.meta.url)('sherpa-onnx-node')
/** @type {Promise<any> | undefined} */
let engine
/** One thing after another: espeak-ng, which it pronounces with, cannot do two at once. @type {Promise<void>} */
let last = Promise.resolve()

// Our parent is gone. An orderly exit would wait for the model to finish.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
process.on('message', (/** @type {SpeakQuestion | HearQuestion} */ question) => {
  last = last.then(() => answer(question))
})

/** @param {SpeakQuestion | HearQuestion} question */
async function answer(question) {
  const made = question.kind === 'speak' ? await speak(question) : await hear(question)
  process.send?.({ id: question.id, ...made })
}

/** @param {SpeakQuestion} question */
async function speak({ config, text, speed, voice, names }) {
  const tts = await (engine ??= sherpa.OfflineTts.createAsync(config))
  const sid = voice === undefined ? 0 : names.includes(voice) ? names.indexOf(voice) : Number(voice)
  if (!(Number.isInteger(sid) && sid >= 0 && sid < tts.numSpeakers)) return { voices: tts.numSpeakers }
  const { samples, sampleRate } = await tts.generateAsync({ text, sid, speed, enableExternalBuffer: false })
  return { rate: sampleRate, samples: Int16Array.from(samples, sample => Math.round(Math.max(-1, Math.min(1, sample)) * 32_767)) }
}

/** @param {HearQuestion} question */
async function hear({ config, isOnline, samples, rate }) {
  const create = () => (isOnline ? new sherpa.OnlineRecognizer(config) : sherpa.OfflineRecognizer.createAsync(config))
  const recognizer = await (engine ??= create())
  const stream = recognizer.createStream()
  stream.acceptWaveform({ samples: Float32Array.from(samples, sample => sample / 32_768), sampleRate: rate })
  if (!isOnline) return { text: (await recognizer.decodeAsync(stream)).text }
  // It needs to hear what comes after the last word, too.
  stream.acceptWaveform({ samples: new Float32Array(rate / 2), sampleRate: rate })
  stream.inputFinished()
  while (recognizer.isReady(stream)) recognizer.decode(stream)
  return { text: recognizer.getResult(stream).text }
}
