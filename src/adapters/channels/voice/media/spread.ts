/** How far numbers are from their mean. */
export class Spread {
  #count = 0
  #mean = 0
  #squares = 0

  get count(): number {
    return this.#count
  }

  /** The standard deviation; 0 without numbers. */
  get deviation(): number {
    return this.#count === 0 ? 0 : Math.sqrt(this.#squares / this.#count)
  }

  /** By Welford's method, which loses no digits (Technometrics 4, 1962, 419-420). */
  add(value: number): void {
    this.#count += 1
    const distance = value - this.#mean
    this.#mean += distance / this.#count
    this.#squares += distance * (value - this.#mean)
  }

  clear(): void {
    this.#count = 0
    this.#mean = 0
    this.#squares = 0
  }
}
