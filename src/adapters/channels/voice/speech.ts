import { FaultError } from '../../../domain/fault.js'
import { soundFaults } from '../../../domain/faults/sound-faults.js'
import type { SelfHeard } from '../../../domain/sound.js'
import type { PlayedSound } from '../../../domain/spoken.js'
import { spokenWords } from '../../../domain/spoken-form.js'
import type { Aside, CallAloud, SaidWords } from '../../../ports/channel.js'
import type { Random } from '../../../ports/clock.js'
import type { SpeechToText, SpeechUse, SpokenWords, TextToSpeech } from '../../../ports/speech.js'
import { amplify } from '../../audio/mix.js'
import { resample } from '../../audio/resample.js'
import { beep } from '../../audio/tones.js'
import { cough } from './cough.js'
import { voicedSpan } from './media/voiced-span.js'
import { soundOf } from './played-sound.js'
import { createSoundFiles } from './read-sound.js'
import { surroundingsOf, type CallerSurroundings } from './surroundings.js'

/** Something to say or play, at the rate of the line. */
export interface Sounding {
  readonly samples: Int16Array
  /** What it goes through instead of the call's own room and network. */
  readonly through?: CallerSurroundings
}

/** The caller's mouth and ears in one call. */
export interface CallSpeech {
  readonly mouth: TextToSpeech | undefined
  readonly ears: SpeechToText | undefined
  readonly spent: SpeechUse['spent']
  /** What the mouth is asked for. */
  asked(words: SaidWords): SpokenWords
  /** What our own ears made of what was said; `undefined` if too little was, or nothing could listen. */
  selfHeard(said: readonly SpokenWords[], signal: AbortSignal): Promise<SelfHeard | undefined>
  /** Makes words before they are needed, and looks for files. @throws {FaultError} when the engine fails, or a file cannot be used. */
  prepare(known: CallAloud['known'], signal: AbortSignal): Promise<void>
  /** Speaks words, or plays a sound. @throws {FaultError} when the engine fails, or a file cannot be used. */
  sound(said: SaidWords | PlayedSound, rate: number, signal: AbortSignal): Promise<Sounding>
  /** What a transport says for the agent; `undefined` if there is no mouth. @throws {FaultError} when the engine fails. */
  voice(text: string, rate: number, signal: AbortSignal): Promise<Int16Array | undefined>
  /** What slips out. @throws {FaultError} when the engine fails. */
  aside(aside: Aside, rate: number, signal: AbortSignal): Promise<Sounding>
  /** How long the agent may speak over it; `Infinity` if it does not yield. */
  yieldAfterMs(said: SaidWords | PlayedSound): number
}

/** @param draw  Random numbers by name. */
export function createCallSpeech(
  { mouth, ears, sound: own, turns, spent, selfHearing }: CallAloud,
  draw: (name: string) => Random,
): CallSpeech {
  const files = createSoundFiles()
  let played = 0
  let coughs = 0
  const asked = ({ text, how = {} }: SaidWords): SpokenWords => {
    const voice = how.voice ?? own.voice
    return { text, ...(voice !== undefined && { voice }), speed: (how.speed ?? 1) * own.speed }
  }
  const say = (words: SaidWords, signal: AbortSignal): ReturnType<TextToSpeech['speak']> => {
    if (!mouth) throw new FaultError(soundFaults.noMouth())
    return mouth.speak(asked(words), { signal, spent })
  }
  const samplesOf = async (said: SaidWords | PlayedSound, rate: number, signal: AbortSignal): Promise<Int16Array> => {
    if (said.type !== 'text') return soundOf(said, { rate, random: draw(`played ${(played += 1)}`), read: files.read })
    const spoken = await say(said, signal)
    return withoutSilence((await resample(spoken, rate)).samples, rate)
  }

  const voice: CallSpeech['voice'] = async (text, rate, signal) =>
    mouth && (await resample(await mouth.speak({ text }, { signal, spent }), rate)).samples.slice()

  const sound: CallSpeech['sound'] = async (said, rate, signal) => {
    const { how } = said
    const samples = await samplesOf(said, rate, signal)
    const volume = said.type === 'noise' ? 1 : (how?.volume ?? 1) * own.volume
    if (volume !== 1) amplify(samples, volume)
    const through = await surroundingsOf(how, own, rate, files.read)
    return { samples: how?.tone ? joined(samples, beep(rate)) : samples, ...(through && { through }) }
  }

  return {
    mouth,
    ears,
    spent,
    asked,
    voice,
    sound,
    async selfHeard(said, signal) {
      if (!selfHearing || spokenWords(said.map(({ text }) => text).join(' ')).length < selfHearing.leastWords) return undefined
      // What cannot be heard now is not known, and the call counts as it is.
      return selfHearing.hearing.listen(said, { signal, spent }).catch(() => undefined)
    },
    async aside({ kind, text }, rate, signal) {
      if (text === undefined) return { samples: cough(rate, draw(`cough ${(coughs += 1)}`)) }
      return sound({ type: 'text', text, ...(kind === 'tic' && { how: { volume: volumeToOthers } }) }, rate, signal)
    },
    async prepare(known, signal) {
      const words = mouth ? known.filter(each => each.type === 'text') : []
      await Promise.all([...words.map(each => say(each, signal)), ...known.flatMap(filesOf).map(files.ahead)])
    },
    yieldAfterMs(said) {
      if (said.type === 'noise' || said.how?.insists) return Infinity
      return said.type === 'text' && said.kind === 'barge_in' ? turns.insistMs : turns.yieldAfterMs
    },
  }
}

function filesOf(said: SaidWords | PlayedSound): string[] {
  const { path } = said.how?.backgroundNoise ?? {}
  return [...(path === undefined ? [] : [path]), ...(said.type === 'text' || said.path === undefined ? [] : [said.path])]
}

/** Words to somebody else are not meant for the telephone. */
const volumeToOthers = 0.7
/** How much of the silence around a clip is left, so that nothing of its words is lost. */
const marginS = 0.04

/**
 * Engines put silence around what they say. The agent would be told of speech before there is any, and wait for its end. A copy: what a cache
 * keeps is not changed, and what is sent is gone.
 */
function withoutSilence(samples: Int16Array, rate: number): Int16Array {
  const { first, end } = voicedSpan(samples, rate)
  const margin = Math.round(marginS * rate)
  return end > first ? samples.slice(Math.max(0, first - margin), end + margin) : samples.slice()
}

function joined(one: Int16Array, other: Int16Array): Int16Array {
  const both = new Int16Array(one.length + other.length)
  both.set(one)
  both.set(other, one.length)
  return both
}
