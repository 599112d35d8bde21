import type { SoundTag, SoundTagName } from './sound-tag.js'
import type { TextPart, Utterance } from './utterance.js'

/** How words are said, where sound carries them. */
export interface Delivery {
  /** The speech engine's id of a voice. */
  readonly voice?: string
  /** Factors; 1 is normal. */
  readonly speed?: number
  readonly volume?: number
  /** Goes on speaking, whatever the agent says. */
  readonly insists?: true
  /** An announcement of a machine; that of a voicemail ends with its tone. */
  readonly announcement?: 'ivr' | 'voicemail'
  /** Under the words. */
  readonly backgroundNoise?: { readonly sound: string; readonly volume?: number }
  readonly network?: { readonly packetLoss?: number; readonly jitterMs?: number; readonly latencyMs?: number }
}

/** A sound that is no speech. */
export type PlayedSound =
  | { readonly type: 'noise'; readonly sound: string; readonly volume?: number; readonly ms?: number }
  | { readonly type: 'audio'; readonly id?: string; readonly file?: string }

/** A part of the caller's turn where sound carries it. */
export type SpokenPart =
  | Exclude<TextPart, { readonly type: 'text' }>
  | { readonly type: 'text'; readonly text: string; readonly how?: Delivery }
  | PlayedSound

type Manner = Extract<SoundTag, { readonly scope: unknown }>

/** An utterance with its sound: each text says how it is spoken. A tag without an end reaches to the end of the turn. */
export function withSound(utterance: Utterance): readonly SpokenPart[] {
  const active: Manner[] = []
  const parts: SpokenPart[] = []
  for (const part of utterance) {
    if (part.type === 'text') say(parts, part.text, active)
    else if (part.type === 'sound_end') end(active, part.tag)
    else if (part.type !== 'sound') parts.push(part)
    else if (part.tag === 'noise') parts.push(noiseOf(part))
    else if (part.tag === 'audio') parts.push('id' in part ? { type: 'audio', id: part.id } : { type: 'audio', file: part.file })
    else if (typeof part.scope === 'object') say(parts, part.scope.text, [...active, part])
    else active.push(part)
  }
  return parts
}

function noiseOf({ sound, volume, ms }: Extract<SoundTag, { readonly tag: 'noise' }>): PlayedSound {
  return { type: 'noise', sound, ...(volume !== undefined && { volume }), ...(ms !== undefined && { ms }) }
}

function end(active: Manner[], tag: SoundTagName): void {
  const at = active.findLastIndex(each => each.tag === tag)
  if (at !== -1) active.splice(at, 1)
}

/** Blanks between tags are no words. */
function say(parts: SpokenPart[], text: string, active: readonly Manner[]): void {
  if (text.trim() === '') return
  const how = active.reduce<Delivery>((so, tag) => ({ ...so, ...deliveryOf(tag) }), {})
  parts.push({ type: 'text', text: text.trim(), ...(active.length > 0 && { how }) })
}

function deliveryOf(tag: Manner): Delivery {
  switch (tag.tag) {
    case 'speed':
      return { speed: tag.ratio }
    case 'volume':
      return { volume: tag.ratio }
    case 'voice':
      return { voice: tag.id }
    case 'background_noise':
      return { backgroundNoise: { sound: tag.sound, ...(tag.volume !== undefined && { volume: tag.volume }) } }
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
      return { announcement: tag.tag, insists: true }
    case 'ignore_interruptions':
      return { insists: true }
  }
}
