import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemClock } from '../../../src/adapters/clocks/system.js'
import { openNetwork } from '../../../src/adapters/network/open-network.js'
import { openEars, openMouth } from '../../../src/adapters/speech/open.js'
import { resample } from '../../../src/adapters/audio/resample.js'
import type { Samples } from '../../../src/domain/samples.js'
import { speechDefaults, type OpenAiSpeech, type SpeechRole } from '../../../src/domain/speech-settings.js'
import type { SpeechToText, TextToSpeech } from '../../../src/ports/speech.js'
import { speechRig } from '../../support/speech-rig.js'
import { describeEars, describeMouth, faultOf, hear, speak } from './describe-speech.js'

// The engine `openai` with a real server and real models: examples/speech-server.

const script = new URL('../../../examples/speech-server/server.py', import.meta.url).pathname
const machine = { clock: systemClock, environment: process.env, network: openNetwork(process.env) }
const text = 'My order number is four seven one nine two zero.'

describe.skipIf(!speechRig)('with examples/speech-server', () => {
  let server: ChildProcess
  let baseUrl = ''
  beforeAll(async () => {
    server = spawn(speechRig?.python ?? '', [script, '--port', '0', '--models', speechRig?.model('') ?? ''], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    if (!server.stdout) throw new Error('It has no output.')
    ;[baseUrl] = (await once(createInterface(server.stdout), 'line')) as [string]
  })
  afterAll(async () => {
    server.kill()
    await once(server, 'exit')
  })

  const mouth = (): Promise<TextToSpeech> => openMouth({ ...settings('tts', 'kokoro', baseUrl), voice: 'am_michael' }, machine)
  const ears = (model: string): Promise<SpeechToText> => openEars(settings('stt', model, baseUrl), machine)
  let spoken: Promise<Samples> | undefined
  const sound = (): Promise<Samples> =>
    (spoken ??= mouth().then(async own => {
      const made = (await speak(own, text)).sound
      await own[Symbol.asyncDispose]()
      return made
    }))

  describeMouth('of a server with Kokoro', async () => ({ engine: await mouth() }), {
    repeats: true,
    noVoice: 'am_nobody',
    otherVoice: 'af_heart',
    slowMs: 20_000,
  })
  describeEars('of a server with Moonshine', async () => ({ engine: await ears('moonshine') }), {
    sound,
    words: /order number is 4-?7-?1-?9-?2-?0/i,
    wordTimes: false,
  })
  describeEars('of a server with Whisper', async () => ({ engine: await ears('whisper-base') }), {
    sound,
    words: /order number is 4-?7-?1-?9-?2-?0/i,
    wordTimes: true,
  })

  test('a telephone does not keep it from being understood', { timeout: 120_000 }, async () => {
    const own = await ears('moonshine')
    expect((await hear(own, await resample(await sound(), 8000))).heard.text).toMatch(/order number is 4-?7-?1-?9-?2-?0/i)
    await own[Symbol.asyncDispose]()
  })

  test('what it does not have, it says', async () => {
    const own = await ears('whisper-huge')
    const fault = await faultOf(hear(own, await sound()))
    expect(fault.message).toContain('answered 404, "There is no model "whisper-huge". There are moonshine and whisper-base."')
    await own[Symbol.asyncDispose]()
  })
})

function settings(role: SpeechRole, model: string, baseUrl: string): OpenAiSpeech {
  return { role, engine: 'openai', baseUrl, model, headers: {}, ...speechDefaults, timeoutMs: 120_000, retries: 0 }
}
