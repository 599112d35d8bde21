const width = 64

/** Which of the last 64 packets came, so that none counts twice (RFC 3711, 3.3.2). */
export class ReplayWindow {
  #highest = -1
  /** Of the packets at and below the highest: 32 bits each. */
  #near = 0
  #far = 0

  /** Whether it is new, and not too old to tell. */
  isNew(index: number): boolean {
    const behind = this.#highest - index
    if (behind < 0) return true
    if (behind >= width) return false
    return behind < 32 ? ((this.#near >>> behind) & 1) === 0 : ((this.#far >>> (behind - 32)) & 1) === 0
  }

  add(index: number): void {
    const ahead = index - this.#highest
    if (ahead > 0) this.#move(ahead)
    const behind = Math.max(0, -ahead)
    if (behind < 32) this.#near |= 1 << behind
    else if (behind < width) this.#far |= 1 << (behind - 32)
  }

  #move(by: number): void {
    this.#highest += by
    if (by >= width) this.#near = this.#far = 0
    else if (by >= 32) {
      this.#far = by === 32 ? this.#near : this.#near << (by - 32)
      this.#near = 0
    } else {
      this.#far = (this.#far << by) | (this.#near >>> (32 - by))
      this.#near <<= by
    }
  }
}
