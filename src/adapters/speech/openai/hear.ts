import { randomUUID } from 'node:crypto'
import { FaultError } from '../../../domain/fault.js'
import { speechFaults } from '../../../domain/faults/speech-faults.js'
import { secondsOf, type Samples } from '../../../domain/samples.js'
import type { OpenAiSpeech } from '../../../domain/speech-settings.js'
import type { Heard } from '../../../ports/speech.js'
import { writeWav } from '../../audio/write-wav.js'
import type { HearingEngine } from '../ears.js'
import { openServer, type ServerUse } from './server.js'
import { readTranscription } from './transcription.js'

/** Whisper hears 30 s at once, and most servers are made of it. Moonshine returns nothing for ten seconds and more. */
const whisperS = 30
const moonshineS = 9

/** The words of a server's `/audio/transcriptions`. */
export function hearByServer(settings: OpenAiSpeech, use: ServerUse): HearingEngine {
  const { model, language } = settings
  const server = openServer(settings, use)
  const { place } = server
  /** Whether the server refused to tell the times of words. */
  let knowsNoTimes = false

  const ask = async (sound: Samples, wordTimes: boolean, attempt: Parameters<HearingEngine['hear']>[2]): Promise<Heard> => {
    const boundary = `callsheet-${randomUUID()}`
    const fields: readonly (readonly [name: string, value: string])[] = [
      ['model', model],
      ...(language === undefined ? [] : ([['language', language]] as const)),
      ['response_format', wordTimes ? 'verbose_json' : 'json'],
      // Without its brackets it is ignored.
      ...(wordTimes ? ([['timestamp_granularities[]', 'word']] as const) : []),
    ]
    const body = formOf(fields, writeWav(sound), boundary)
    const answer = await server.post('/audio/transcriptions', body, `multipart/form-data; boundary=${boundary}`, attempt)
    const heard = readTranscription(answer.body.toString(), secondsOf(sound))
    if (!('wrong' in heard)) return heard
    throw new FaultError(speechFaults.notWords({ speech: 'stt', place, wrong: heard.wrong }))
  }

  return {
    name: `openai ${model} at ${place.name}`,
    place,
    longestS: /moonshine/i.test(model) ? moonshineS : whisperS,
    async hear(sound, { wordTimes }, attempt) {
      if (!wordTimes || knowsNoTimes) return ask(sound, false, attempt)
      try {
        return await ask(sound, true, attempt)
      } catch (cause) {
        const isRefused = cause instanceof FaultError && (cause.fault.status === 400 || cause.fault.status === 422)
        if (!isRefused) throw cause
        const heard = await ask(sound, false, attempt)
        knowsNoTimes = true
        return heard
      }
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

function formOf(fields: readonly (readonly [string, string])[], wav: Buffer, boundary: string): Buffer {
  const head = fields.map(([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`).join('')
  // Servers take the format from the name of the file.
  const file = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="speech.wav"\r\nContent-Type: audio/wav\r\n\r\n`
  return Buffer.concat([Buffer.from(head + file), wav, Buffer.from(`\r\n--${boundary}--\r\n`)])
}
