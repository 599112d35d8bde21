import type { Span } from './source.js'

/** How far a tag reaches: to the end of the turn, to its closing tag, or over words of its own in its `text`. */
export type Scope = 'rest' | 'enclosed' | { readonly text: string }

/**
 * An effect that only sound can carry, as its tag gives it. Times are milliseconds, shares 0..1.
 *
 * - `speed`, `volume`: factors, 1 is normal.
 * - `voice`: another speaker, by the speech engine's id.
 * - `background_noise`: continues under the words; a name, or a WAV file.
 * - `noise`: one sound at this place, cut after `ms`.
 * - `audio`: a recording in place of words, by the scenario's id for it or by file.
 * - `network_simulation`: a bad line.
 * - `ivr`, `voicemail`: an announcement that cannot be interrupted; a voicemail's ends with its tone.
 * - `ignore_interruptions`: keeps speaking, whatever the agent says.
 *
 * `path` is the absolute path of a file, if the suite has it.
 */
export type SoundTag =
  | { readonly tag: 'speed' | 'volume'; readonly ratio: number; readonly scope: Scope }
  | { readonly tag: 'voice'; readonly id: string; readonly provider?: string; readonly model?: string; readonly scope: Scope }
  | { readonly tag: 'background_noise'; readonly sound: string; readonly path?: string; readonly volume?: number; readonly scope: Scope }
  | { readonly tag: 'noise'; readonly sound: string; readonly path?: string; readonly volume?: number; readonly ms?: number }
  | { readonly tag: 'audio'; readonly id: string }
  | { readonly tag: 'audio'; readonly file: string; readonly path?: string }
  | {
      readonly tag: 'network_simulation'
      readonly packetLoss?: number
      readonly jitterMs?: number
      readonly latencyMs?: number
      readonly scope: Scope
    }
  | { readonly tag: 'ivr' | 'voicemail'; readonly scope: Scope }
  | { readonly tag: 'ignore_interruptions'; readonly scope: Scope }

export type SoundTagName = SoundTag['tag']

/** A sound tag in an utterance. `Place`: how its place is given. */
export type SoundPart<Place = Span> = { readonly type: 'sound'; readonly at: Place } & SoundTag

/** The closing of a tag that encloses words. */
export interface SoundEnd {
  readonly type: 'sound_end'
  readonly tag: SoundTagName
}

/** The sound that a tag names, which may be a WAV file. */
export function soundNamed(tag: SoundTag): string | undefined {
  if ('file' in tag) return tag.file
  return 'sound' in tag ? tag.sound : undefined
}

/** The words inside the tag itself, rather than around it. */
export function textOfTag(part: SoundTag): string | undefined {
  return 'scope' in part && typeof part.scope === 'object' ? part.scope.text : undefined
}

/** Whether words are lost without sound: the tag's own, those of a recording, or an announcement. */
export function carriesWords(part: SoundTag): boolean {
  return part.tag === 'audio' || part.tag === 'ivr' || part.tag === 'voicemail' || textOfTag(part) !== undefined
}

/** The tag with its text changed, if it has one. */
export function withText(part: SoundPart, change: (text: string) => string): SoundPart {
  const text = textOfTag(part)
  return text === undefined ? part : ({ ...part, scope: { text: change(text) } } as SoundPart)
}
