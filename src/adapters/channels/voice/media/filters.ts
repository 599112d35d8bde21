import { muLaw } from '../../../audio/g711.js'
import { saturated } from '../../../audio/mix.js'

/** Changes 20 ms of samples in place. Remembers those before. */
export type Filter = (samples: Float64Array) => void

/** What a telephone carries: 300 to 3400 Hz, 24 dB an octave below and above, through mu-law and back. */
export function telephoneBand(rate: number): Filter {
  const high = (q: number): Biquad => highPass(rate, 300, q)
  const bands =
    rate > 6800 ? butterworth.map(q => pair(high(q), lowPass(rate, 3400, q))) : [pair(high(butterworth[0]), high(butterworth[1]))]
  const coded = (muLawRoundTrip ??= muLaw.decode(muLaw.encode(Int16Array.from({ length: 65_536 }, (_, i) => i - 32_768))))
  return samples => {
    for (const band of bands) band(samples)
    for (let i = 0; i < samples.length; i += 1) samples[i] = coded[saturated(samples[i]!) + 32_768]!
  }
}

/** What is left of each sample from -32768 to 32767 after mu-law. */
let muLawRoundTrip: Int16Array | undefined

/** A hand, a scarf or a wall before the mouth: little is left above 800 Hz. */
export function muffled(rate: number): Filter {
  return alone(lowPass(rate, 800, Math.SQRT1_2))
}

/** Far less than a sample of 16 bits can tell. */
const inaudible = 1e-6

/** The quality of the two parts of a Butterworth filter of the fourth order. */
const butterworth = [0.541_196_1, 1.306_563] as const

/** Robert Bristow-Johnson's biquads. @see https://www.w3.org/TR/audio-eq-cookbook/ */
function lowPass(rate: number, hz: number, q: number): Biquad {
  const { cos, alpha } = angles(rate, hz, q)
  return biquad([(1 - cos) / 2, 1 - cos, (1 - cos) / 2], [1 + alpha, -2 * cos, 1 - alpha])
}

function highPass(rate: number, hz: number, q: number): Biquad {
  const { cos, alpha } = angles(rate, hz, q)
  return biquad([(1 + cos) / 2, -(1 + cos), (1 + cos) / 2], [1 + alpha, -2 * cos, 1 - alpha])
}

function angles(rate: number, hz: number, q: number): { cos: number; alpha: number } {
  const omega = (2 * Math.PI * hz) / rate
  return { cos: Math.cos(omega), alpha: Math.sin(omega) / (2 * q) }
}

type Three = readonly [number, number, number]

interface Biquad {
  readonly before: Three
  readonly after: readonly [number, number]
}

function biquad(before: Three, [whole, one, two]: Three): Biquad {
  return { before: [before[0] / whole, before[1] / whole, before[2] / whole], after: [one / whole, two / whole] }
}

function alone({ before, after }: Biquad): Filter {
  // Numbers in arrays, and local in the loop: those of a closure are read again for each sample, which takes six times as long.
  const numbers = Float64Array.of(...before, ...after)
  const memory = new Float64Array(2)
  return samples => {
    const [b0, b1, b2, a1, a2] = [numbers[0]!, numbers[1]!, numbers[2]!, numbers[3]!, numbers[4]!]
    let [first, second] = [memory[0]!, memory[1]!]
    for (let i = 0; i < samples.length; i += 1) {
      const input = samples[i]!
      const output = b0 * input + first
      first = b1 * input - a1 * output + second
      second = b2 * input - a2 * output
      samples[i] = output
    }
    memory[0] = audible(first)
    memory[1] = audible(second)
  }
}

/** Two filters, one after the other, in one pass: a processor works on both at once, which takes two thirds of the time. */
function pair(one: Biquad, other: Biquad): Filter {
  const numbers = Float64Array.of(...one.before, ...one.after, ...other.before, ...other.after)
  const memory = new Float64Array(4)
  return samples => {
    const [b0, b1, b2, a1, a2] = [numbers[0]!, numbers[1]!, numbers[2]!, numbers[3]!, numbers[4]!]
    const [d0, d1, d2, c1, c2] = [numbers[5]!, numbers[6]!, numbers[7]!, numbers[8]!, numbers[9]!]
    let [first, second, third, fourth] = [memory[0]!, memory[1]!, memory[2]!, memory[3]!]
    for (let i = 0; i < samples.length; i += 1) {
      const input = samples[i]!
      const between = b0 * input + first
      first = b1 * input - a1 * between + second
      second = b2 * input - a2 * between
      const output = d0 * between + third
      third = d1 * between - c1 * output + fourth
      fourth = d2 * between - c2 * output
      samples[i] = output
    }
    memory[0] = audible(first)
    memory[1] = audible(second)
    memory[2] = audible(third)
    memory[3] = audible(fourth)
  }
}

/** A filter never forgets, and numbers that are nearly zero are slow. */
function audible(value: number): number {
  return Math.abs(value) < inaudible ? 0 : value
}
