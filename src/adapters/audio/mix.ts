/** Adds sound to other sound. What is too loud is cut at full scale. @param gain  1: as loud as it is. */
export function mixInto(target: Int16Array, source: Int16Array, gain = 1): void {
  const length = Math.min(target.length, source.length)
  for (let i = 0; i < length; i += 1) target[i] = saturated(target[i]! + source[i]! * gain)
}

/** Changes the volume in place. */
export function amplify(samples: Int16Array, gain: number): void {
  for (let i = 0; i < samples.length; i += 1) samples[i] = saturated(samples[i]! * gain)
}

/** A sample of 16 bits: rounded, and cut at full scale. */
export function saturated(value: number): number {
  if (value > 32_767) return 32_767
  if (value < -32_768) return -32_768
  return Math.round(value)
}

/** Fades sound to nothing in place, evenly, from its beginning; after `length` samples there is silence. */
export function fadeOut(samples: Int16Array, length: number): void {
  for (let i = 0; i < samples.length; i += 1) samples[i] = i < length ? Math.round(samples[i]! * (1 - (i + 1) / length)) : 0
}

/** Fades sound in from nothing in place, evenly, over its first `length` samples. */
export function fadeIn(samples: Int16Array, length: number): void {
  const end = Math.min(length, samples.length)
  for (let i = 0; i < end; i += 1) samples[i] = Math.round((samples[i]! * (i + 1)) / length)
}
