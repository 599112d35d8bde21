/** The level of digital silence: below that of the quietest sound that 16 bits can carry, so that levels stay finite. */
export const silenceDbfs = -96

/** Mean square of a stretch of samples. @param to  Exclusive. */
export function powerOf(samples: Int16Array | Float64Array, from = 0, to = samples.length): number {
  let sum = 0
  for (let i = from; i < to; i += 1) sum += samples[i]! * samples[i]!
  return to > from ? sum / (to - from) : 0
}

/** The level of a mean square, in dB relative to full scale. A square wave at full scale is 0; a sine -3. */
export function dbfsOf(power: number): number {
  return power <= 0 ? silenceDbfs : Math.max(silenceDbfs, 10 * Math.log10(power / (32_768 * 32_768)))
}

/** The mean square of a level. */
export function powerOfDbfs(dbfs: number): number {
  return 10 ** (dbfs / 10) * 32_768 * 32_768
}
