import { describe } from 'vitest'
import { systemClock } from '../../../src/adapters/clocks/system.js'
import { openNetwork } from '../../../src/adapters/network/open-network.js'
import { findProgram } from '../../../src/adapters/speech/command/find-program.js'
import { openEars, openMouth } from '../../../src/adapters/speech/open.js'
import { speechDefaults, type SpeechPreset } from '../../../src/domain/speech-settings.js'
import type { SpeechToText, TextToSpeech } from '../../../src/ports/speech.js'
import { describeEars, describeMouth, speak } from './describe-speech.js'

// The programs that Debian has.

const cwd = process.cwd()
const machine = { clock: systemClock, environment: process.env, network: openNetwork(process.env) }

function mouth(preset: SpeechPreset): Promise<TextToSpeech> {
  return openMouth({ role: 'tts', engine: 'command', preset, cwd, ...speechDefaults }, machine)
}

function ears(preset: SpeechPreset): Promise<SpeechToText> {
  return openEars({ role: 'stt', engine: 'command', preset, cwd, ...speechDefaults }, machine)
}

function has(name: string): boolean {
  return findProgram(name, process.env, cwd) !== undefined
}

describe.skipIf(!has('flite'))('with flite', () => {
  describeMouth('of flite', async () => ({ engine: await mouth('flite') }), { repeats: true, noVoice: 'nobody', otherVoice: 'slt' })
})
describe.skipIf(!has('espeak-ng'))('with espeak-ng', () => {
  describeMouth('of espeak-ng', async () => ({ engine: await mouth('espeak-ng') }), { repeats: true, noVoice: 'nobody', otherVoice: 'de' })
})
describe.skipIf(!has('flite') || !has('pocketsphinx_batch'))('with pocketsphinx', () => {
  describeEars('of pocketsphinx', async () => ({ engine: await ears('pocketsphinx') }), {
    sound: async () => (await speak(await mouth('flite'), 'Could you please cancel my subscription at the end of the month?')).sound,
    words: /cancel my subscription/,
    wordTimes: false,
  })
})
