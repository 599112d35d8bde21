import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { resample } from '../../../src/adapters/audio/resample.js'
import { loadSilero } from '../../../src/adapters/audio/silero-detector.js'
import { tone } from '../../../src/adapters/audio/tones.js'
import { systemClock } from '../../../src/adapters/clocks/system.js'
import { createEars } from '../../../src/adapters/speech/ears.js'
import { speakByFlite } from '../../../src/adapters/speech/flite/speak.js'
import { createMouth } from '../../../src/adapters/speech/mouth.js'
import { sherpaVersion } from '../../../src/adapters/speech/sherpa/child.js'
import { hearBySherpa } from '../../../src/adapters/speech/sherpa/hear.js'
import { speakBySherpa } from '../../../src/adapters/speech/sherpa/speak.js'
import type { Fault } from '../../../src/domain/fault.js'
import { speechDefaults, type SherpaSpeech, type SpeechRole } from '../../../src/domain/speech-settings.js'
import type { SpeechToText, TextToSpeech } from '../../../src/ports/speech.js'
import { tonesOf } from '../../agents/speech-server.js'
import { speechRig } from '../../support/speech-rig.js'
import { inParts, silence, whiteNoise } from '../../support/voice-like.js'
import { describeEars, describeMouth, faultOf, hear, speak } from './describe-speech.js'

const folder = mkdtempSync(join(tmpdir(), 'callsheet-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function settings(role: SpeechRole, models: string): SherpaSpeech {
  return { role, engine: 'sherpa', models, ...speechDefaults, retries: 0 }
}

function mouth(models: string): TextToSpeech {
  const own = settings('tts', models)
  return createMouth(speakBySherpa(own), own, { clock: systemClock })
}

function ears(models: string): SpeechToText {
  const own = settings('stt', models)
  return createEars(hearBySherpa(own), own, { clock: systemClock })
}

const moonshine = [model('moonshine'), model('moonshine-tiny-en')].find(path => existsSync(path)) ?? ''

test('what is not there is told before anything is asked', async () => {
  const empty = join(folder, 'empty')
  mkdirSync(empty)
  expect((await open(() => mouth('/no/such/folder'))).message).toBe(
    'Text-to-speech (sherpa, folder) cannot be used: /no/such/folder is not a folder. Correct models.tts.models.',
  )
  expect((await open(() => mouth(empty))).message).toContain(`${empty} has no tokens.txt. Correct models.tts.models.`)
  writeFileSync(join(empty, 'tokens.txt'), '')
  expect((await open(() => mouth(empty))).message).toContain(`${empty} has no *.onnx. Correct`)
  expect((await open(() => ears(empty))).message).toContain(
    'has no model of Moonshine, Whisper, Zipformer or SenseVoice. Correct models.stt.models.',
  )
  writeFileSync(join(empty, 'model.onnx'), '')
  expect((await open(() => mouth(empty))).message).toContain('has no espeak-ng-data, nor is it beside the folder, nor a lexicon.txt')
  expect(await open(() => sherpaVersion({ speech: 'stt' }, none))).toMatchObject({
    code: 'stt',
    isFinal: true,
    message: 'A model of sherpa-onnx needs packages that are not installed. Install them: npm install --save-dev sherpa-onnx-node@1.13.8',
  })
})

describe('a model that ends its process', () => {
  test('is a fault with its last words, also the next time', async () => {
    const broken = join(folder, 'broken')
    mkdirSync(broken)
    writeFileSync(join(broken, 'tokens.txt'), 'a 0\n')
    writeFileSync(join(broken, 'lexicon.txt'), 'a a\n')
    writeFileSync(join(broken, 'model.onnx'), 'no model')
    const own = mouth(broken)
    for (let i = 0; i < 2; i += 1) {
      const fault = await faultOf(speak(own, 'Hello.'))
      expect(fault).toMatchObject({ by: 'infra', code: 'tts' })
      expect(fault.message).toMatch(/^Text-to-speech \(sherpa, broken\) (?:ended with exit code \d+|was ended by SIG\w+)\. It printed: .*/)
    }
    await own[Symbol.asyncDispose]()
  })
})

/** The models of ../shared/speech have a voice of Piper, too; it is not free for every use. */
const hasPiper = speechRig !== undefined && existsSync(speechRig.model('piper-joe'))

describe.skipIf(!hasPiper)('with a voice of Piper', () => {
  describeMouth('of sherpa with Piper', async () => ({ engine: mouth(model('piper-joe')) }), {
    repeats: false,
    noVoice: 'nobody',
    slowMs: 4000,
  })
})

describe.skipIf(!speechRig)('with the models of examples/speech-server', () => {
  describeEars('of sherpa with Moonshine', async () => ({ engine: ears(moonshine) }), {
    sound: async () => {
      const own = createMouth(speakByFlite(), { role: 'tts', engine: 'flite', ...speechDefaults }, { clock: systemClock })
      const { sound } = await speak(own, 'Could you please cancel my subscription at the end of the month?')
      await own[Symbol.asyncDispose]()
      return sound
    },
    words: /cancel my subscription/i,
    wordTimes: false,
  })

  test('Kokoro speaks with its voices by name', { timeout: 120_000 }, async () => {
    const own = mouth(model('kokoro'))
    const { sound } = await speak(own, 'My order number is four seven one.', { voice: 'am_michael' })
    const fault = await faultOf(speak(own, 'Hello.', { voice: 'am_nobody' }))
    await own[Symbol.asyncDispose]()
    expect(own.name).toMatch(/^sherpa 1\.13\.8, kokoro kokoro \([\da-f]{8}\)$/)
    expect(fault.message).toMatch(/has no voice am_nobody\. Use one of af_\w+, .* and \d+ more\.$/)
    const listener = ears(moonshine)
    expect((await hear(listener, sound)).heard.text).toMatch(/order number is (?:4-?7-?1|four,? seven,? one)/i)
    await listener[Symbol.asyncDispose]()
  })

  test('a process that dies in the middle is a fault, and another one takes the next request', { timeout: 120_000 }, async () => {
    const own = mouth(model('kokoro'))
    await speak(own, 'Hello.')
    const speaking = faultOf(speak(own, 'A long sentence that takes a while. '.repeat(10)))
    await new Promise(resolve => setTimeout(resolve, 100))
    for (const pid of children()) process.kill(pid, 'SIGKILL')
    expect((await speaking).message).toMatch(/was ended by SIGKILL\. It printed/)
    expect((await speak(own, 'Hello.')).sound.samples.length).toBeGreaterThan(5000)
    await own[Symbol.asyncDispose]()
    expect(children()).toEqual([])
  })

  test('a process of ours that is killed takes the one of its model along', { timeout: 120_000 }, async () => {
    const child = spawn(process.execPath, [new URL('child.js', import.meta.url).pathname, model('kokoro')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(createInterface(child.stdout), 'line')
    const [own] = children(child.pid)
    expect(own).toBeGreaterThan(0)
    child.kill('SIGKILL')
    await once(child, 'exit')
    await vi.waitFor(() => expect(isRunning(own ?? 0)).toBe(false), 5000)
  })

  test('a model without its end is a fault', { timeout: 60_000 }, async () => {
    const half = join(folder, 'half')
    cpSync(moonshine, half, { recursive: true, dereference: true })
    truncateSync(join(half, 'encoder_model.ort'), 100_000)
    const own = ears(half)
    const fault = await faultOf(hear(own, { rate: 16_000, samples: tonesOf('Hello', 16_000) }))
    expect(fault.message).toMatch(/^Speech-to-text \(sherpa, half\) (?:ended|was ended)/)
    await own[Symbol.asyncDispose]()
  })
})

test.skipIf(!speechRig)('a model may lie behind a link', async () => {
  const link = join(folder, 'linked')
  symlinkSync(moonshine, link)
  expect(ears(link).name).toContain('moonshine linked')
})

function open(of: () => unknown): Promise<Fault> {
  return faultOf((async () => of())())
}

function none(): never {
  throw new Error('Cannot find module')
}

function model(name: string): string {
  return speechRig?.model(name) ?? ''
}

function isRunning(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
  return stdout.trim() !== '' && !stdout.startsWith('Z')
}

/** Processes of sherpa that a process of ours started. */
function children(of = process.pid): number[] {
  const lines = execFileSync('ps', ['-eo', 'pid,ppid,stat,args'], { encoding: 'utf8' }).split('\n')
  return lines.flatMap(line => {
    const [, pid, parent, state] = /^\s*(\d+)\s+(\d+)\s+(\S+).*sherpa-child/.exec(line) ?? []
    return Number(parent) === of && !state?.startsWith('Z') ? [Number(pid)] : []
  })
}

const silero = speechRig && [speechRig.model('vad/silero_vad.onnx'), speechRig.model('silero_vad.onnx')].find(path => existsSync(path))

describe.skipIf(!silero)('Silero', () => {
  test.each([8000, 16_000])('tells speech from a tone and from noise at %i samples a second', async rate => {
    const make = await loadSilero(silero ?? '')
    const { samples } = await resample(
      (
        await speak(
          createMouth(speakByFlite(), { role: 'tts', engine: 'flite', ...speechDefaults }, { clock: systemClock }),
          'I would like to book a table for two.',
        )
      ).sound,
      rate,
    )
    const detector = await make(rate)
    const share = (sound: Int16Array): number => {
      const heard = inParts(sound, rate / 50).filter(frame => frame.length === rate / 50 && detector.isSpeech(frame))
      return (heard.length * (rate / 50)) / sound.length
    }
    expect(share(tone([440], 2_000, rate, 0.3))).toBeLessThan(0.05)
    expect(share(whiteNoise(2_000, rate, -30))).toBeLessThan(0.05)
    expect(share(samples)).toBeGreaterThan(0.5)
    expect(share(silence(2_000, rate).subarray(rate / 2))).toBeLessThan(0.1)
    detector.free()
  })
})
