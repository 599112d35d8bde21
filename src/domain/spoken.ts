import type { SoundTag, SoundTagName } from './sound-tag.js'
import type { TextPart, Utterance } from './utterance.js'

/** How something is said, where sound carries it. */
export interface Delivery {
  /** The speech engine's id of a voice. */
  readonly voice?: string
  /** Factors; 1 is normal. */
  readonly speed?: number
  readonly volume?: number
  /** Goes on speaking, whatever the agent says. */
  readonly insists?: true
  /** Ends with the tone of an answering machine. */
  readonly tone?: true
  /** Under the words, instead of the caller's own. `volume`: of the noise to the words, 0..1. `path`: of a file. */
  readonly backgroundNoise?: { readonly sound: string; readonly path?: string; readonly volume?: number }
  /** Instead of the caller's own. */
  readonly network?: { readonly packetLoss?: number; readonly jitterMs?: number; readonly latencyMs?: number }
}

/**
 * A sound at its place: a `noise` is no speech, an `audio` is a recording in place of words. `path` is the absolute path of a file, `ms` how
 * much is played.
 */
export type PlayedSound =
  | {
      readonly type: 'noise'
      readonly sound: string
      readonly path?: string
      readonly volume?: number
      readonly ms?: number
      readonly how?: Delivery
    }
  | { readonly type: 'audio'; readonly id?: string; readonly file?: string; readonly path?: string; readonly how?: Delivery }

/** A part of the caller's turn where sound carries it. */
export type SpokenPart =
  | Exclude<TextPart, { readonly type: 'text' }>
  | { readonly type: 'text'; readonly text: string; readonly how?: Delivery }
  | PlayedSound

type Manner = Extract<SoundTag, { readonly scope: unknown }>

/** An utterance with its sound: each part says how it is spoken. A tag without an end reaches to the end of the turn. */
export function withSound(utterance: Utterance): readonly SpokenPart[] {
  const active: Manner[] = []
  const parts: SpokenPart[] = []
  for (const part of utterance) {
    if (part.type === 'text') say(parts, part.text, active)
    else if (part.type === 'sound_end') end(parts, active, part.tag)
    else if (part.type !== 'sound') parts.push(part)
    else if (part.tag === 'noise') parts.push({ ...noiseOf(part), ...manner(active) })
    else if (part.tag === 'audio') parts.push({ ...recordingOf(part), ...manner(active) })
    else if (typeof part.scope === 'object') {
      say(parts, part.scope.text, [...active, part])
      if (part.tag === 'voicemail') addTone(parts)
    } else active.push(part)
  }
  return parts
}

/** A sound as a transcript shows it. */
export function shownSound(played: PlayedSound): string {
  return played.type === 'noise' ? `[noise: ${played.sound}]` : `[audio: ${played.id ?? played.file ?? ''}]`
}

/** Whether a transcript's text is a noise, which is no speech. */
export function isShownNoise(text: string): boolean {
  return /^\[noise: [^\]]*\]$/.test(text)
}

function noiseOf({ sound, path, volume, ms }: Extract<SoundTag, { readonly tag: 'noise' }>): PlayedSound {
  return {
    type: 'noise',
    sound,
    ...(path !== undefined && { path }),
    ...(volume !== undefined && { volume }),
    ...(ms !== undefined && { ms }),
  }
}

function recordingOf(tag: Extract<SoundTag, { readonly tag: 'audio' }>): PlayedSound {
  if ('id' in tag) return { type: 'audio', id: tag.id }
  return { type: 'audio', file: tag.file, ...(tag.path !== undefined && { path: tag.path }) }
}

function end(parts: SpokenPart[], active: Manner[], tag: SoundTagName): void {
  const at = active.findLastIndex(each => each.tag === tag)
  if (at !== -1) active.splice(at, 1)
  if (tag === 'voicemail') addTone(parts)
}

function addTone(parts: SpokenPart[]): void {
  const last = parts.at(-1)
  if (last?.type === 'text' || last?.type === 'audio') parts[parts.length - 1] = { ...last, how: { ...last.how, tone: true } }
}

/** Blanks between tags are no words. */
function say(parts: SpokenPart[], text: string, active: readonly Manner[]): void {
  if (text.trim() !== '') parts.push({ type: 'text', text: text.trim(), ...manner(active) })
}

function manner(active: readonly Manner[]): { readonly how?: Delivery } {
  return active.length > 0 ? { how: active.reduce<Delivery>((so, tag) => ({ ...so, ...deliveryOf(tag) }), {}) } : {}
}

function deliveryOf(tag: Manner): Delivery {
  switch (tag.tag) {
    case 'speed':
      return { speed: tag.ratio }
    case 'volume':
      return { volume: tag.ratio }
    case 'voice':
      return { voice: tag.id }
    case 'background_noise': {
      const { sound, path, volume } = tag
      return { backgroundNoise: { sound, ...(path !== undefined && { path }), ...(volume !== undefined && { volume }) } }
    }
    case 'network_simulation': {
      const { packetLoss, jitterMs, latencyMs } = tag
      return {
        network: {
          ...(packetLoss !== undefined && { packetLoss }),
          ...(jitterMs !== undefined && { jitterMs }),
          ...(latencyMs !== undefined && { latencyMs }),
        },
      }
    }
    case 'ivr':
    case 'voicemail':
    case 'ignore_interruptions':
      return { insists: true }
  }
}
