import { isUtf8 } from 'node:buffer'
import { FaultError } from '../../../domain/fault.js'
import { speechFaults } from '../../../domain/faults/speech-faults.js'
import { speechPresets, type CommandSpeech } from '../../../domain/speech-settings.js'
import { littleEndian, writeWav } from '../../audio/write-wav.js'
import type { HearingEngine } from '../ears.js'
import { openCommand, type CommandUse } from './open-command.js'
import { hearingPresets, type Files, type HearingPreset } from './presets.js'

const usualLongestS = 30

/**
 * The words of a program: WAV on standard input, text on standard output. Its environment has CALLSHEET_LANGUAGE, if there is one.
 *
 * @throws {FaultError} when the program is not there, or what it needs.
 */
export function hearByCommand(given: CommandSpeech, use: CommandUse): HearingEngine {
  const preset = presetOf(given)
  const { name, place, settings, run } = openCommand(given, preset, use)
  const { language } = settings
  const env = language === undefined ? {} : { CALLSHEET_LANGUAGE: language }

  return {
    name,
    place,
    longestS: preset?.longestS ?? usualLongestS,
    ...(preset && { rate: preset.rate }),
    async hear(sound, _how, attempt) {
      const input = preset?.takes === 'samples' ? littleEndian(sound.samples) : writeWav(sound)
      const task = preset ? { input, files: preset.files, args: (files: Files) => preset.args(files, settings) } : { input, env }
      const { output } = await run(task, attempt)
      if (!isUtf8(output)) throw new FaultError(speechFaults.notWords({ speech: 'stt', place, wrong: 'it is not UTF-8' }))
      const text = output.toString()
      return { text: preset ? preset.read(text) : text }
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  }
}

function presetOf({ preset }: CommandSpeech): HearingPreset | undefined {
  const name = speechPresets.stt.find(each => each === preset)
  return name && hearingPresets[name]
}
