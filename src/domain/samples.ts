/** Sound: one channel of signed samples of 16 bits. */
export interface Samples {
  /** Samples a second. */
  readonly rate: number
  readonly samples: Int16Array
}

export function secondsOf({ rate, samples }: Samples): number {
  return samples.length / rate
}
