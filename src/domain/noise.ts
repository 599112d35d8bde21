/** A kind of noise that is generated. `babble` is made of our own voices. */
export type NoiseKind = 'white' | 'pink' | 'babble' | 'hum' | 'beeps'

/** The noises that a suite can name, and the kinds each is made of. */
export const noises = {
  white: ['white'],
  pink: ['pink'],
  babble: ['babble'],
  hum: ['hum'],
  beeps: ['beeps'],
  beep: ['beeps'],
  street: ['pink', 'hum', 'beeps'],
  office: ['babble', 'hum'],
  cafe: ['babble', 'pink'],
  car: ['hum', 'pink'],
} as const satisfies Readonly<Record<string, readonly NoiseKind[]>>

export type NoiseName = keyof typeof noises

export function isNoiseName(name: string): name is NoiseName {
  return Object.hasOwn(noises, name)
}

/** Whether there is such a sound: by its name, or as a recording. */
export function isSound(sound: string): boolean {
  return isNoiseName(sound) || isWaveFile(sound)
}

/** Whether a sound is a recording rather than a name. */
export function isWaveFile(sound: string): boolean {
  return /\.wav$/i.test(sound)
}
