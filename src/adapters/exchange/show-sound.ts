import { textOfTag, type SoundTag } from '../../domain/sound-tag.js'
import { unreachable } from '../../domain/unreachable.js'

/** A sound's tag in suite syntax. */
export function showSound(sound: SoundTag): string {
  const attributes: Attributes = { ...attributesOf(sound), text: textOfTag(sound) }
  const shown = Object.entries(attributes).flatMap(([name, value]) => (value === undefined ? [] : ` ${name}=${quoted(String(value))}`))
  const end = 'scope' in sound && sound.scope === 'enclosed' ? '>' : '/>'
  return `<${sound.tag}${shown.join('')}${end}`
}

type Attributes = Readonly<Record<string, string | number | undefined>>

function attributesOf(sound: SoundTag): Attributes {
  switch (sound.tag) {
    case 'speed':
    case 'volume':
      return { ratio: sound.ratio }
    case 'voice':
      return { provider: sound.provider, id: sound.id, model: sound.model }
    case 'background_noise':
      return { sound: sound.sound, volume: sound.volume }
    case 'noise':
      return { sound: sound.sound, volume: sound.volume, time: sound.ms }
    case 'audio':
      return 'id' in sound ? { id: sound.id } : { file: sound.file }
    case 'network_simulation':
      return {
        packet_loss: sound.packetLoss === undefined ? undefined : showPercent(sound.packetLoss),
        jitter: sound.jitterMs,
        latency: sound.latencyMs,
      }
    case 'ivr':
    case 'voicemail':
    case 'ignore_interruptions':
      return {}
    default:
      return unreachable(sound)
  }
}

/** Removes the rounding error of dividing and multiplying by 100. */
function showPercent(share: number): number {
  return Number((share * 100).toPrecision(12))
}

/** A value contains at most one kind of quotation mark, because the other kind surrounded it. */
function quoted(value: string): string {
  return value.includes('"') ? `'${value}'` : `"${value}"`
}
