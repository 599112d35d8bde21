import type { Clock } from '../../ports/clock.js'

/** How long starts may take, in all, between two looks at timers and sockets. */
const spellMs = 1

/** When the first start since the last look began. */
let sinceMs: number | undefined
const waiting: (() => void)[] = []

/**
 * Waits until it is a call's turn to start: where many start at once, the conversations in progress would have to wait for all of
 * them.
 *
 * @returns `undefined` if it can start at once.
 */
export function turnToStart(clock: Clock): Promise<void> | undefined {
  if (waiting.length === 0) {
    if (sinceMs === undefined) {
      sinceMs = clock.now()
      setImmediate(() => (sinceMs = undefined))
      return undefined
    }
    if (clock.now() - sinceMs < spellMs) return undefined
  }
  return new Promise(resolve => {
    waiting.push(resolve)
    if (waiting.length === 1) setImmediate(() => letStart(clock))
  })
}

/** Lets as many start as the time allows. */
function letStart(clock: Clock): void {
  const untilMs = clock.now() + spellMs
  const letNext = (): void => {
    waiting.shift()?.()
    if (waiting.length === 0) return
    // Once what was let go has done all that it can do at once.
    queueMicrotask(() =>
      process.nextTick(() => {
        if (clock.now() < untilMs) letNext()
        else setImmediate(() => letStart(clock))
      }),
    )
  }
  letNext()
}
