/** Below this there is rumble, hum and wind, and little that a telephone carries of a voice. */
const cornerHz = 250

/** Takes the low frequencies out of sound, of which background noise has most, and which wander most. */
export class HighPass {
  readonly #keep: number
  #input = 0
  #output = 0

  constructor(rate: number) {
    this.#keep = Math.exp((-2 * Math.PI * cornerHz) / rate)
  }

  /** Forgets what was before. @param first  The sample that comes next, so that no jump to it is heard. */
  restart(first: number): void {
    this.#input = first
    this.#output = 0
  }

  /** @param into  As long as the frame, or longer. */
  pass(frame: Int16Array, into: Float64Array): void {
    const keep = this.#keep
    let [input, output] = [this.#input, this.#output]
    for (let i = 0; i < frame.length; i += 1) {
      const next = frame[i]!
      output = next - input + keep * output
      input = next
      into[i] = output
    }
    this.#input = input
    // Numbers that are nearly zero are slow.
    this.#output = Math.abs(output) < 1e-6 ? 0 : output
  }
}
