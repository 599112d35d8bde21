import type { Samples } from '../domain/samples.js'
import type { SelfHeard } from '../domain/sound.js'

/** Makes speech of texts. Shared by all calls of a process. */
export interface TextToSpeech extends AsyncDisposable {
  /** Engine, model and voice, for reports and for the cache: what changes the sound changes it. */
  readonly name: string
  /**
   * Speaks a text, within the engine's limits and with its retries.
   *
   * @throws {FaultError} by infra, `tts`, when the engine fails. When `use.signal` aborts, its reason.
   */
  speak(words: SpokenWords, use: SpeechUse): Promise<Samples>
}

/** Words, and how to say them. */
export interface SpokenWords {
  readonly text: string
  /** The engine's id of a voice. Default: the engine's own. */
  readonly voice?: string
  /** 1 is normal. */
  readonly speed?: number
}

/** Makes words of speech. Shared by all calls of a process. */
export interface SpeechToText extends AsyncDisposable {
  /** Engine and model, for reports. */
  readonly name: string
  /** The longest stretch it takes in one piece, in seconds. */
  readonly longestS: number
  /**
   * Hears a stretch of speech.
   *
   * @returns Its words; an empty text if it heard none.
   * @throws {FaultError} by infra, `stt`, when the engine fails. When `use.signal` aborts, its reason.
   */
  hear(sound: Samples, use: SpeechUse): Promise<Heard>
}

export interface Heard {
  readonly text: string
  /** With their times from the beginning of the stretch, in seconds, if the engine tells them. */
  readonly words?: readonly { readonly word: string; readonly startS: number; readonly endS: number }[]
}

/** Hears what our own mouth says, so that a voice which nobody understands is not held against the agent. */
export interface SelfHearing {
  /**
   * Listens to what a caller said, as its mouth made it: before noise, band and network. After about a hundred words it knows enough.
   *
   * @returns `undefined` if nothing was said.
   * @throws {FaultError} when an engine fails. When `use.signal` aborts, its reason.
   */
  listen(said: readonly SpokenWords[], use: SpeechUse): Promise<SelfHeard | undefined>
}

/** Tells speech from silence, 20 ms at a time. One for each track of a call: it remembers what it heard. */
export interface VoiceDetector {
  /** @param frame  20 ms of sound. */
  isSpeech(frame: Int16Array): boolean
  /** How long after the first voiced sample it says so, in milliseconds; subtracted from what is measured. */
  readonly onsetLagMs: number
}

/** How speech is asked for. */
export interface SpeechUse {
  readonly signal: AbortSignal
  /** The times of words are wanted, where the engine knows them. Only to hear; engines that are asked for them take longer. */
  readonly wordTimes?: boolean
  /** Called once for each request that cost something. */
  spent(usage: SpeechUsage): void
}

export interface SpeechUsage {
  readonly requests: number
  /** Of text that was spoken. */
  readonly characters: number
  /** Of sound that was heard. */
  readonly seconds: number
  readonly cost?: number
}
