import type { CallEnd } from './call-end.js'

/** Whether a call is answered, and how it ends: each is told once. */
export class CallFate {
  readonly answered: Promise<boolean>
  readonly ended: Promise<CallEnd>
  #settleAnswered: (isAnswered: boolean) => void = () => {}
  #settleEnded: (end: CallEnd) => void = () => {}
  #isOver = false

  /** @param onEnd  Called once, before whoever waits is told. */
  constructor(private readonly onEnd: () => void) {
    this.answered = new Promise(resolve => (this.#settleAnswered = resolve))
    this.ended = new Promise(resolve => (this.#settleEnded = resolve))
  }

  get isOver(): boolean {
    return this.#isOver
  }

  answer(): void {
    this.#settleAnswered(true)
  }

  /** The first end counts. */
  end(end: CallEnd): void {
    if (this.#isOver) return
    this.#isOver = true
    this.onEnd()
    this.#settleAnswered(false)
    this.#settleEnded(end)
  }
}
