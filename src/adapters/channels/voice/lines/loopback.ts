import type { Dial, Line, LineEvent } from '../../../../ports/line.js'
import { whileOpen } from './while-open.js'

/** The agent's side of a line in memory. */
export type LoopbackAgent = Pick<Line, 'send' | 'speech' | 'press' | 'reached'> & {
  /** The caller has hung up, or the line was cut off. */
  hungUp?(): void
}

/**
 * A line in memory whose other side is a function: everything passes at once, and nothing depends on time.
 *
 * @param rate  Samples a second.
 * @param answer  Takes a call. It gets what tells the caller something; nothing follows `ended` or `broke`. What it throws, `dial` throws.
 */
export function loopback(rate: number, answer: (tell: (event: LineEvent) => void) => LoopbackAgent): Dial {
  return (hear, signal) =>
    new Promise(resolve => {
      signal.throwIfAborted()
      let isOver = false
      const agent = answer(tell)
      if (!isOver) signal.addEventListener('abort', cut)
      resolve({
        ...whileOpen({ ...agent, rate }, () => !isOver),
        hangUp: () => {
          cut()
          return Promise.resolve()
        },
      })

      function tell(event: LineEvent): void {
        if (isOver) return
        if (event.type === 'ended' || event.type === 'broke') conclude()
        hear(event)
      }

      function cut(): void {
        if (isOver) return
        conclude()
        agent.hungUp?.()
      }

      function conclude(): void {
        isOver = true
        signal.removeEventListener('abort', cut)
      }
    })
}
