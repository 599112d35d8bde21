import { FaultError } from '../../../domain/fault.js'
import { speechFaults } from '../../../domain/faults/speech-faults.js'
import type { Samples } from '../../../domain/samples.js'
import type { OpenAiSpeech } from '../../../domain/speech-settings.js'
import { readWav } from '../../audio/read-wav.js'
import { samplesOf } from '../../audio/write-wav.js'
import type { SpeakingEngine } from '../mouth.js'
import { openServer, type ServerUse, type SpeechAnswer } from './server.js'

/** Speech of a server's `/audio/speech`. */
export function speakByServer(settings: OpenAiSpeech, use: ServerUse): SpeakingEngine {
  const { model, rate } = settings
  const server = openServer(settings, use)
  const { place } = server

  const read = ({ body, contentType }: SpeechAnswer): Samples => {
    const isWav = body.toString('latin1', 0, 4) === 'RIFF'
    if (rate !== undefined && !isWav && !isText(contentType)) return { rate, samples: samplesOf(body) }
    const sound = readWav(body)
    if (!('problem' in sound)) return sound
    const problem = isText(contentType) ? `is ${contentType}: ${body.toString('utf8', 0, 400)}` : sound.problem
    throw new FaultError(speechFaults.notSound({ speech: 'tts', place, problem, next: nextOf(body, contentType) }))
  }

  return {
    name: `openai ${model} at ${place.name}`,
    place,
    async speak({ text, voice, speed = 1 }, attempt) {
      const body = {
        model,
        input: text,
        ...(voice !== undefined && { voice }),
        // The usual default is mp3.
        response_format: rate === undefined ? 'wav' : 'pcm',
        // Some servers know no speed.
        ...(speed !== 1 && { speed }),
      }
      return read(await server.post('/audio/speech', Buffer.from(JSON.stringify(body)), 'application/json', attempt))
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

function isText(contentType: string): boolean {
  return /^(?:text\/|application\/(?:json|xml))/i.test(contentType)
}

function nextOf(body: Buffer, contentType: string): string {
  if (isText(contentType) || body.length === 0) return 'Check that models.tts.base_url leads to a speech server.'
  const isEncoded = /^(?:ID3|OggS|fLaC)/.test(body.toString('latin1', 0, 4)) || (body[0] === 0xff && body[1]! >= 0xe0)
  if (isEncoded) return 'Use a server that makes WAV, or raw samples (models.tts.rate).'
  return 'If these are raw samples, set models.tts.rate to their rate.'
}
