import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { hearByCommand } from '../../../src/adapters/speech/command/hear.js'
import { speakByCommand } from '../../../src/adapters/speech/command/speak.js'
import { createEars } from '../../../src/adapters/speech/ears.js'
import { createMouth } from '../../../src/adapters/speech/mouth.js'
import { createMask } from '../../../src/domain/mask.js'
import { secondsOf } from '../../../src/domain/samples.js'
import { speechDefaults, type CommandSpeech, type SpeechPreset, type SpeechRole } from '../../../src/domain/speech-settings.js'
import type { SpeechToText, TextToSpeech } from '../../../src/ports/speech.js'
import { tonesOf } from '../../agents/speech-server.js'
import { fastClock } from '../../support/fast-clock.js'
import { describeEars, describeMouth, faultOf, hear, speak } from './describe-speech.js'

const program = new URL('../../agents/speech-program.js', import.meta.url).pathname
const speaks = ['node', program, 'speak']
const hears = ['node', program, 'hear']
const secret = 'sk-speech-secret'
const cwd = mkdtempSync(join(tmpdir(), 'callsheet-test-'))
const temporary = join(cwd, 'temporary')
beforeAll(() => {
  mkdirSync(temporary)
  vi.stubEnv('TMPDIR', temporary)
})
afterAll(() => {
  vi.unstubAllEnvs()
  rmSync(cwd, { recursive: true, force: true })
})

const environment = process.env
const mask = createMask([{ name: 'SPEECH_KEY', value: secret }])
// The fake clock of some tests is so many times as fast.
const times = 20
const tools = { clock: fastClock(times), random: () => 0.5 }

function settings(role: SpeechRole, more: Partial<CommandSpeech>): CommandSpeech {
  return { role, engine: 'command', cwd, ...speechDefaults, timeoutMs: 30_000 * times, retries: 0, ...more }
}

function mouth(more: Partial<CommandSpeech>, path = environment['PATH']): TextToSpeech {
  const own = settings('tts', more)
  return createMouth(speakByCommand(own, { environment: { PATH: path }, mask }), own, tools)
}

function ears(more: Partial<CommandSpeech>, path = environment['PATH']): SpeechToText {
  const own = settings('stt', more)
  return createEars(hearByCommand(own, { environment: { PATH: path }, mask }), own, tools)
}

const sound = { rate: 16_000, samples: tonesOf('a stretch of speech', 16_000) }

describeMouth('of a program', async () => ({ engine: mouth({ command: speaks }) }), { repeats: true, otherVoice: 'deep', slowMs: 500 })
describeEars('of a program', async () => ({ engine: ears({ command: hears }) }), {
  sound: async () => sound,
  words: /^heard 1\.14 s$/,
  wordTimes: false,
})

describe('a program', () => {
  test('is given the voice, the speed and the language in its environment', async () => {
    const { sound: made } = await speak(mouth({ command: speaks, voice: 'deep' }), 'One.', { speed: 2 })
    expect(made).toEqual({ rate: 8000, samples: tonesOf('One.', 8000, 2) })
    expect((await hear(ears({ command: hears, language: 'de' }), sound)).heard.text).toBe('heard 1.14 s in de')
  })

  test('that prints something other than text heard no words', async () => {
    await expect(faultOf(hear(ears({ command: String.raw`printf '\377\376'` }), sound))).resolves.toMatchObject({
      message: expect.stringContaining('answered nothing that can be read as words: it is not UTF-8'),
    })
  })

  test('may be a line for the shell, in the folder of the suite', async () => {
    writeFileSync(join(cwd, 'say.sh'), `exec node ${program} speak\n`)
    expect(secondsOf((await speak(mouth({ command: 'cat | sh say.sh' }), 'One.')).sound)).toBeCloseTo(0.24)
  })

  test('may print raw samples, where their rate is configured', async () => {
    const { sound: made } = await speak(mouth({ command: speaks, rate: 16_000 }), 'Raw it is.')
    expect(made).toEqual({ rate: 16_000, samples: tonesOf('Raw it is.', 16_000) })
  })

  test('that leaves a child with its standard output is over when it ends', async () => {
    expect(secondsOf((await speak(mouth({ command: speaks }), 'Child.')).sound)).toBeGreaterThan(0.2)
  })

  test('is named without the folders of this machine', () => {
    writeFileSync(join(cwd, 'named.sh'), '')
    expect(mouth({ command: ['/bin/sh', join(cwd, 'named.sh')] }).name).toMatch(/^command sh named\.sh \([\da-f]{8}\)$/)
  })

  test('whatever changes its sound changes its name, and so what is kept of its speech', () => {
    const long = [...speaks, '--with', 'an option that is longer than what a report shows of a command', '--style']
    const names = [
      {},
      { language: 'de' },
      { language: 'fr' },
      { rate: 16_000 },
      { rate: 24_000 },
      { command: [...long, 'calm'] },
      { command: [...long, 'angry'] },
    ].map(more => mouth({ command: speaks, ...more }).name)
    expect(new Set(names).size).toBe(names.length)
  })

  test('is another one, by name, once its files change', () => {
    writeFileSync(join(cwd, 'a.sh'), 'one')
    const before = mouth({ command: ['sh', 'a.sh'] }).name
    writeFileSync(join(cwd, 'a.sh'), 'two')
    expect(before).toMatch(/^command sh a\.sh \([\da-f]{8}\)$/)
    expect(mouth({ command: ['sh', 'a.sh'] }).name).not.toBe(before)
  })

  test.each<[string, string, RegExp]>([
    [
      'fails',
      'Fail.',
      /^Text-to-speech \(node .*\) ended with exit code 3\. It printed: Error: no model at \/models\/voice\.onnx \(\[redacted SPEECH_KEY\]\)$/,
    ],
    ['crashes', 'Crash.', /was ended by SIGSEGV\. It printed nothing\.$/],
    ['makes nothing', 'Nothing.', /made no sound\. It printed: warning: empty voice$/],
    ['makes no WAV', 'Noise.', /its answer is not a WAV file: it begins with "not a wav"\. Let it print WAV, or set models\.tts\.rate/],
    ['makes too much', 'Endless.', /answered more than 48 MiB/],
  ])('that %s says so in one line', async (_what, text, message) => {
    process.env['SPEECH_KEY'] = secret
    const fault = await faultOf(speak(mouth({ command: speaks }), text))
    delete process.env['SPEECH_KEY']
    expect(fault).toMatchObject({ by: 'infra', code: 'tts' })
    expect(fault.message).toMatch(message)
  })

  test('that takes too long is killed, with its children', async () => {
    const fault = await faultOf(speak(mouth({ command: speaks, timeoutMs: 700 * times }), 'Late.'))
    expect(fault.message).toMatch(/did not answer within 14 s\. Raise models\.tts\.timeout/)
    expect(await sleepers()).toEqual([])
  })

  test('that fails is started again as often as the suite says', async () => {
    const beganMs = performance.now()
    await faultOf(speak(mouth({ command: speaks, retries: 1 }), 'Fail.'))
    expect(performance.now() - beganMs).toBeGreaterThan((500 * 0.75) / times)
  })

  test('that hears nothing is no fault', async () => {
    expect((await hear(ears({ command: [...hears, 'nothing'] }), sound)).heard).toEqual({ text: '' })
    expect((await faultOf(hear(ears({ command: [...hears, 'fail'] }), sound))).message).toMatch(/^Speech-to-text .* ended with exit code 3/)
  })
})

describe('a program that is not there is told before anything is asked:', () => {
  test.each<[string, SpeechRole, Partial<CommandSpeech>, RegExp]>([
    ['flite', 'tts', { preset: 'flite' }, /^Text-to-speech \(flite\) was not found\. Install it: apt install flite\.$/],
    [
      'pocketsphinx',
      'stt',
      { preset: 'pocketsphinx' },
      /^Speech-to-text \(pocketsphinx\) was not found\. Install it: apt install pocketsphinx pocketsphinx-en-us\.$/,
    ],
    [
      'a program of the suite',
      'tts',
      { command: ['./say', '--quietly'] },
      /^Text-to-speech \(\.\/say --quietly\) was not found\. Correct models\.tts\.command\.$/,
    ],
  ])('%s', async (_what, role, more, message) => {
    const open = async (): Promise<unknown> => (role === 'tts' ? mouth(more, cwd) : ears(more, cwd))
    expect(await faultOf(open())).toMatchObject({ by: 'infra', code: role, isFinal: true, message: expect.stringMatching(message) })
  })

  test('in the middle of a line for the shell, when it is run', async () => {
    expect((await faultOf(speak(mouth({ command: 'no-such-program --speak' }), 'One.'))).message).toMatch(
      /ended with exit code 127\. It printed: .*not found/,
    )
  })
})

/** A stand-in for a program that is not at hand here: it says how it was called. */
function standIn(name: string, script: string): string {
  const folder = mkdtempSync(join(cwd, 'path-'))
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`)
  chmodSync(join(folder, name), 0o755)
  return `${folder}${delimiter}${environment['PATH']}`
}

describe('presets', () => {
  test('whisper.cpp is called with its model, and its remarks are no words', async () => {
    writeFileSync(join(cwd, 'ggml-base.en.bin'), 'model')
    const path = standIn('whisper-cli', 'echo "$@" | sed "s# /[^ ]*/input# FILE#; s#/[^ ]*/ggml#ggml#"; echo "[BLANK_AUDIO]"')
    const own = ears({ preset: 'whisper.cpp', models: cwd, language: 'de-AT' }, path)
    expect((await hear(own, sound)).heard.text).toBe('-m ggml-base.en.bin -f FILE -l de -nt -np')
    expect(own.name).toMatch(/^command whisper\.cpp \([\da-f]{8}\), de-AT$/)
  })

  test('piper is called with its voice, one line of text, and the length of its sounds', async () => {
    writeFileSync(join(cwd, 'en_US-joe.onnx'), 'model')
    const path = standIn('piper', `cat > ${cwd}/said; echo "$@" | sed "s#-f .*#-f#" >&2; exit 4`)
    const fault = await faultOf(
      speak(mouth({ preset: 'piper', models: join(cwd, 'en_US-joe.onnx') }, path), 'Two\nlines.', { voice: '3', speed: 1.25 }),
    )
    expect(fault.message).toMatch(/ended with exit code 4\. It printed: -m .*en_US-joe\.onnx --length_scale 0\.8 -f$/)
  })

  test.each<[SpeechPreset, string | undefined, RegExp]>([
    [
      'piper',
      undefined,
      /cannot be used: it needs a voice of Piper \(\*\.onnx, with its \*\.onnx\.json beside it\), and models\.tts\.models is missing\. Correct models\.tts\.models\./,
    ],
    ['piper', '/no/such/folder', /and \/no\/such\/folder is not there, or has none/],
  ])('%s without a model (%s) says which it needs', async (preset, models, message) => {
    const path = standIn('piper', 'true')
    const open = async (): Promise<unknown> => mouth({ preset, ...(models !== undefined && { models }) }, path)
    expect((await faultOf(open())).message).toMatch(message)
  })

  test('leave no files behind', () => {
    expect(readdirSync(temporary)).toEqual([])
  })
})

/** Processes of `sleep 60`, once the killed ones had the time to go. */
async function sleepers(): Promise<string[]> {
  const { execFileSync } = await import('node:child_process')
  await new Promise(resolve => setTimeout(resolve, 200))
  const lines = execFileSync('ps', ['-eo', 'stat,args'], { encoding: 'utf8' }).split('\n')
  return lines.filter(line => /^[^Z]\S*\s+sleep 60$/.test(line))
}
