// Files in memory, as a program of WASI opens them.

/** @typedef {{ bytes: Uint8Array, length: number }} StoredFile */

export class MemoryFiles {
  /** @type {Map<string, StoredFile>} */
  #stored
  /** By their descriptors. @type {Map<number, { file: StoredFile, at: number }>} */
  #open = new Map()
  #next

  /** @param {ReadonlyMap<string, Uint8Array>} files  By name. @param {number} next  The first descriptor of a file with a name. */
  constructor(files, next) {
    this.#stored = new Map([...files].map(([name, bytes]) => [name, { bytes, length: bytes.length }]))
    this.#next = next
    // Standard input, output and error.
    for (const descriptor of [0, 1, 2]) this.#open.set(descriptor, { file: emptyFile(), at: 0 })
  }

  /** @param {number} descriptor */
  isOpen(descriptor) {
    return this.#open.has(descriptor)
  }

  /**
   * @param {string} name @param {{ creates: boolean, truncates: boolean }} how
   * @returns {number | undefined}  Its descriptor; `undefined` if there is no such file.
   */
  open(name, { creates, truncates }) {
    let file = this.#stored.get(name)
    if (!file && !creates) return undefined
    if (!file || truncates) this.#stored.set(name, (file = emptyFile()))
    this.#open.set(this.#next, { file, at: 0 })
    this.#next += 1
    return this.#next - 1
  }

  /** @param {number} descriptor */
  close(descriptor) {
    return this.#open.delete(descriptor)
  }

  /** Reads into a part of the memory. @param {number} descriptor @param {Uint8Array} into @returns How many bytes. */
  read(descriptor, into) {
    const from = this.#open.get(descriptor)
    if (!from) return 0
    const bytes = from.file.bytes.subarray(from.at, Math.min(from.file.length, from.at + into.length))
    into.set(bytes)
    from.at += bytes.length
    return bytes.length
  }

  /** @param {number} descriptor @param {Uint8Array} part */
  write(descriptor, part) {
    const to = this.#open.get(descriptor)
    if (!to) return
    const { file, at } = to
    const end = at + part.length
    if (end > file.bytes.length) {
      const larger = new Uint8Array(Math.max(end, 2 * file.bytes.length))
      larger.set(file.bytes)
      file.bytes = larger
    }
    file.bytes.set(part, at)
    file.length = Math.max(file.length, end)
    to.at = end
  }

  /**
   * @param {number} descriptor @param {number} offset @param {number} whence  0: from the beginning, 1: from here, 2: from the end.
   * @returns {number | undefined}  Where it is then; `undefined` if that is nowhere.
   */
  seek(descriptor, offset, whence) {
    const of = this.#open.get(descriptor)
    if (!of) return undefined
    const at = offset + ([0, of.at, of.file.length][whence] ?? Number.NaN)
    if (!(at >= 0)) return undefined
    of.at = at
    return at
  }

  /** What was written to an open file so far. @param {number} descriptor */
  textOf(descriptor) {
    const of = this.#open.get(descriptor)
    return of ? Buffer.from(contentOf(of.file)).toString() : ''
  }

  /** @param {string} name */
  content(name) {
    const file = this.#stored.get(name)
    return file && contentOf(file)
  }
}

/** @returns {StoredFile} */
function emptyFile() {
  return { bytes: new Uint8Array(0), length: 0 }
}

/** @param {StoredFile} file */
function contentOf({ bytes, length }) {
  return bytes.subarray(0, length)
}
