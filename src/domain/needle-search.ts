/** Where one of many texts stands in another. */
export interface Found<T> {
  readonly start: number
  readonly end: number
  readonly of: T
}

/** The shortest text that can be looked for: its first characters lead to it. */
const anchorLength = 8
const buckets = 0x1_00_00

/**
 * Looks for many texts at once, in one pass that takes as long for a thousand as for one: a hash of the last eight characters
 * (each leaves it by being shifted out) leads to those that begin with them (after Karp and Rabin, 1987).
 */
export class NeedleSearch<T> {
  readonly #needles: readonly { readonly text: string; readonly of: T }[]
  /** By hash, one more than the index of the first needle that begins with it; 0 if none does. */
  readonly #first = new Int32Array(buckets)
  /** One more than the index of the next needle with the same hash. */
  readonly #next: Int32Array

  /** @param needles  Texts of at least eight characters. */
  constructor(needles: readonly { readonly text: string; readonly of: T }[]) {
    this.#needles = needles
    this.#next = new Int32Array(needles.length)
    for (const [i, { text }] of needles.entries()) {
      let hash = 0
      for (let at = 0; at < anchorLength; at += 1) hash = ((hash << 2) ^ text.charCodeAt(at)) & 0xff_ff
      this.#next[i] = this.#first[hash]!
      this.#first[hash] = i + 1
    }
  }

  /** All places, also those within others. */
  find(text: string): Found<T>[] {
    const found: Found<T>[] = []
    let hash = 0
    for (let at = 0; at < text.length; at += 1) {
      hash = ((hash << 2) ^ text.charCodeAt(at)) & 0xff_ff
      const first = this.#first[hash]!
      if (first !== 0 && at >= anchorLength - 1) this.#collect(found, text, at - anchorLength + 1, first)
    }
    return found
  }

  #collect(found: Found<T>[], text: string, start: number, first: number): void {
    for (let next = first; next !== 0; next = this.#next[next - 1]!) {
      const needle = this.#needles[next - 1]!
      if (text.startsWith(needle.text, start)) found.push({ start, end: start + needle.text.length, of: needle.of })
    }
  }
}
