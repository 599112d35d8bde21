import { usualNetwork, usualNoise, type BackgroundNoise, type CallerSound, type NetworkQuality } from '../../../domain/caller-sound.js'
import type { Delivery } from '../../../domain/spoken.js'
import type { ShapeUse } from './media/caller-shape.js'
import type { ReadSound } from './read-sound.js'

/** What one utterance goes through instead of what the call's others do: plain data. */
export type CallerSurroundings = Pick<ShapeUse, 'sound' | 'recording'>

/**
 * The caller's own room and network, but for what the tags of an utterance say; `undefined` if they say nothing.
 *
 * @throws {FaultError} when a file cannot be used.
 */
export async function surroundingsOf(
  how: Delivery | undefined,
  own: CallerSound,
  rate: number,
  read: ReadSound,
): Promise<CallerSurroundings | undefined> {
  if (!how?.backgroundNoise && !how?.network) return undefined
  const noise = how.backgroundNoise ? noiseOf(how.backgroundNoise) : own.backgroundNoise
  const network = how.network ? networkOf(how.network) : own.network
  const { burstsPerMinute, muffled, band } = own
  return {
    sound: { burstsPerMinute, muffled, ...(band && { band }), ...(noise && { backgroundNoise: noise }), ...(network && { network }) },
    ...(noise?.file !== undefined && { recording: await read(noise.file, rate) }),
  }
}

/** `undefined` for a noise that nobody hears. */
function noiseOf({ sound, path, volume }: NonNullable<Delivery['backgroundNoise']>): BackgroundNoise | undefined {
  if (volume === 0) return undefined
  const snrDb = volume === undefined ? usualNoise.snrDb : -20 * Math.log10(volume)
  return { sound, snrDb, driftDb: usualNoise.driftDb, ...(path !== undefined && { file: path }) }
}

function networkOf({ packetLoss: loss, jitterMs, latencyMs: delayMs }: NonNullable<Delivery['network']>): NetworkQuality {
  return {
    ...usualNetwork,
    ...(loss !== undefined && { loss }),
    ...(jitterMs !== undefined && { jitterMs }),
    ...(delayMs !== undefined && { delayMs }),
  }
}
