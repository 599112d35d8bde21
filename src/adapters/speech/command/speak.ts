import { FaultError } from '../../../domain/fault.js'
import { speechFaults } from '../../../domain/faults/speech-faults.js'
import type { Samples } from '../../../domain/samples.js'
import { speechPresets, type CommandSpeech } from '../../../domain/speech-settings.js'
import type { SpokenWords } from '../../../ports/speech.js'
import { readWav } from '../../audio/read-wav.js'
import { samplesOf } from '../../audio/write-wav.js'
import type { SpeakingEngine } from '../mouth.js'
import type { Attempt } from '../requests.js'
import { openCommand, type CommandUse, type Made } from './open-command.js'
import { speakingPresets, type SpeakingPreset } from './presets.js'

/**
 * Speech of a program: the text on one line on standard input, WAV on standard output. Its environment has CALLSHEET_VOICE, if there is one,
 * CALLSHEET_SPEED and CALLSHEET_LANGUAGE, if there is one.
 *
 * @throws {FaultError} when the program is not there, or what it needs.
 */
export function speakByCommand(given: CommandSpeech, use: CommandUse): SpeakingEngine {
  const preset = presetOf(given)
  const program = openCommand(given, preset, use)
  const { place, settings } = program
  const asked = { speech: 'tts', place } as const
  /** Its voices, once it was asked. */
  let known: readonly string[] | undefined

  const read = ({ output, said }: Made): Samples => {
    if (output.length === 0) throw new FaultError(speechFaults.programFailed({ ...asked, how: 'made no sound', output: said }))
    const isWav = output.toString('latin1', 0, 4) === 'RIFF'
    if (settings.rate !== undefined && !isWav) return { rate: settings.rate, samples: samplesOf(output) }
    const sound = readWav(output)
    if (!('problem' in sound)) return sound
    const next = 'Let it print WAV, or set models.tts.rate to the rate of its raw samples.'
    throw new FaultError(speechFaults.notSound({ ...asked, problem: sound.problem, next }))
  }

  /** Some programs take their usual voice for one that they do not have. */
  const checkVoice = async (voice: string | undefined, attempt: Attempt): Promise<void> => {
    // With a slash it is a file of the user's.
    if (voice === undefined || !preset?.voices || voice.includes('/')) return
    known ??= namesIn(await program.print(preset.voices, attempt))
    if (!known.includes(voice)) throw new FaultError(speechFaults.voiceMissing({ ...asked, voice, known }))
  }

  return {
    name: program.name,
    place,
    ...(preset?.voice !== undefined && { usualVoice: preset.voice }),
    async speak(words, attempt) {
      await checkVoice(words.voice, attempt)
      const line = { ...words, text: words.text.replaceAll(/\s+/g, ' ').trim() }
      const input = Buffer.from(`${line.text}\n`)
      try {
        return read(
          await program.run(
            preset ? { input, args: files => preset.args(line, files, settings) } : { input, env: variables(line, settings) },
            attempt,
          ),
        )
      } catch (cause) {
        const isVoice = cause instanceof FaultError && preset?.noVoice?.test(cause.fault.message)
        throw isVoice && words.voice !== undefined
          ? new FaultError(speechFaults.voiceMissing({ ...asked, voice: words.voice, known: [] }))
          : cause
      }
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  }
}

function presetOf({ preset }: CommandSpeech): SpeakingPreset | undefined {
  const name = speechPresets.tts.find(each => each === preset)
  return name && speakingPresets[name]
}

/** The names after a colon, apart by white space. */
function namesIn(list: string): readonly string[] {
  return list.replace(/^.*?:/s, '').trim().split(/\s+/)
}

function variables({ voice, speed = 1 }: SpokenWords, { language }: CommandSpeech): Record<string, string> {
  return {
    CALLSHEET_SPEED: String(speed),
    ...(voice !== undefined && { CALLSHEET_VOICE: voice }),
    ...(language !== undefined && { CALLSHEET_LANGUAGE: language }),
  }
}
