// Mu-law as textbooks have it, to compare with ours: ITU-T G.711, table 2.

/** @param byte  0..255 */
export function muLawDecoded(byte: number): number {
  const bits = 255 - byte
  const segment = (bits >> 4) & 7
  const level = ((2 * (bits & 15) + 33) * 2 ** segment - 33) * 4
  return bits >= 128 && level > 0 ? -level : level
}

const levels = Array.from({ length: 256 }, (_, byte) => muLawDecoded(byte))

const known = new Map<number, number>()

/** The byte whose sample is nearest. Of several, the last: silence is 0xFF. */
export function muLawEncoded(sample: number): number {
  const seen = known.get(sample)
  if (seen !== undefined) return seen
  let best = 255
  for (let byte = 254; byte >= 0; byte -= 1) {
    if (Math.abs(levels[byte]! - sample) < Math.abs(levels[best]! - sample)) best = byte
  }
  known.set(sample, best)
  return best
}
