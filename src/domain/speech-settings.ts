import type { Span } from './source.js'

/** What an engine does in a suite: `tts` speaks for the caller, `stt` hears the agent. */
export type SpeechRole = 'tts' | 'stt'

/** How a suite has words spoken or heard: `models.tts` and `models.stt`. Paths are absolute. */
export type SpeechSettings = OpenAiSpeech | SherpaSpeech | CommandSpeech | FliteSpeech

export type SpeechEngine = SpeechSettings['engine']

interface AnySpeech {
  readonly role: SpeechRole
  /** Where the suite declares it; absent if the suite names none, and the best engine of this machine was taken. */
  readonly at?: Span
  /** The engine's id of the voice of callers whose personality names none. Default: the engine's own. Only to speak. */
  readonly voice?: string
  /** Of all callers; a personality's speed multiplies it. 1 is normal. Only to speak. */
  readonly speed?: number
  /** As in BCP 47: `en`, `pt-BR`. Default: the engine's own. */
  readonly language?: string
  /** Of one request, without its retries. */
  readonly timeoutMs: number
  /** How often a failed request is retried. */
  readonly retries: number
  /** Without `concurrency`, as many requests at once as {@link usualConcurrency} says. */
  readonly limits: { readonly concurrency?: number; readonly requestsPerMinute?: number }
  readonly prices?: SpeechPrices
}

/** A server of `/audio/speech` or `/audio/transcriptions`, as OpenAI's. */
export interface OpenAiSpeech extends AnySpeech {
  readonly engine: 'openai'
  /** Without `/audio/...`. */
  readonly baseUrl: string
  readonly model: string
  readonly apiKey?: string
  readonly headers: Readonly<Record<string, string>>
  /** Asks for raw samples of 16 bits, and takes them to have this rate. Without it, asks for WAV. Only to speak. */
  readonly rate?: number
}

/** Models in a folder of this machine, run by sherpa-onnx. */
export interface SherpaSpeech extends AnySpeech {
  readonly engine: 'sherpa'
  /** The folder of one model. */
  readonly models: string
}

/** A program: text on standard input and WAV on standard output, or the other way round. */
export interface CommandSpeech extends AnySpeech {
  readonly engine: 'command'
  /** One of these two. A text is for the shell; a list is a program and its arguments. */
  readonly command?: string | readonly string[]
  readonly preset?: SpeechPreset
  /** A model's file or folder, for presets that need one. */
  readonly models?: string
  /** The program prints raw samples of 16 bits with this rate, instead of WAV. Only to speak. */
  readonly rate?: number
  /** The folder of the suite, in which the program runs. */
  readonly cwd: string
}

/** The voices of Flite, inside this process. */
export interface FliteSpeech extends AnySpeech {
  readonly engine: 'flite'
}

/** Programs that Callsheet knows how to call, by what they do. */
export const speechPresets = {
  tts: ['flite', 'espeak-ng', 'piper'],
  stt: ['pocketsphinx', 'whisper.cpp'],
} as const satisfies Record<SpeechRole, readonly string[]>

export type SpeechPreset = (typeof speechPresets)[SpeechRole][number]

/** In the suite's currency. A price that is absent is 0. */
export interface SpeechPrices {
  /** Of text that is spoken. */
  readonly perCharacter?: number
  /** Of sound that is made or heard. */
  readonly perSecond?: number
}

/** What counts where a suite says nothing else. */
export const speechDefaults = { timeoutMs: 30_000, retries: 2, limits: {} } as const satisfies Partial<SpeechSettings>

/**
 * Requests at once, where the suite sets no limit: engines on this machine share its cores, and most do one thing at a time.
 *
 * @param isLocal  Whether a server is on this machine.
 */
export function usualConcurrency(engine: SpeechEngine, isLocal: boolean): number {
  switch (engine) {
    case 'openai':
      return isLocal ? 2 : 8
    case 'command':
      return 2
    case 'sherpa':
    case 'flite':
      return 1
  }
}
