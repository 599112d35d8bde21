/** Something that can be read from, or not for a while. */
export interface Readable {
  pause(): void
  resume(): void
}

/** Keeps a source from being read for as long as anybody holds it. */
export class Valve {
  readonly #source: Readable
  #holders = 0

  constructor(source: Readable) {
    this.#source = source
  }

  get isHeld(): boolean {
    return this.#holders > 0
  }

  /** @returns What lets go; safe to repeat. */
  hold(): () => void {
    this.#holders += 1
    if (this.#holders === 1) this.#source.pause()
    let isHeld = true
    return () => {
      if (!isHeld) return
      isHeld = false
      this.#holders -= 1
      if (this.#holders === 0) this.#source.resume()
    }
  }

  /** To call with each piece that was read. After a large one, the source waits for its turn among all that send as much. */
  readonly took = (piece: { readonly length: number }): void => {
    if (piece.length >= largePiece) letGoInTurn(this.hold())
  }
}

/** What one read of a pipe or a socket brings at most; a source that fills it has more. */
const largePiece = 60_000

/** What lets the held sources go on. One does in each turn of the event loop, so that everybody else is served in between. */
const held: (() => void)[] = []

function letGoInTurn(release: () => void): void {
  held.push(release)
  if (held.length === 1) setImmediate(letGo)
}

function letGo(): void {
  const release = held.shift()
  if (held.length > 0) setImmediate(letGo)
  release?.()
}
