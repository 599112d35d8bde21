import type { AgentEvent } from '../../../ports/channel.js'
import type { Clock } from '../../../ports/clock.js'
import type { FrameDialect } from './dialect.js'

/** After a pause of so long, words without an end are whole. */
const pauseMs = 2_000

export interface PausingDialect extends FrameDialect {
  /** Words without an end, because nothing follows. */
  rest(): AgentEvent[]
  /** Waits no longer. */
  stop(): void
}

/** A dialect whose words without an end are taken for whole after a pause. */
export function withPauses(dialect: FrameDialect, clock: Clock, take: (events: readonly AgentEvent[]) => void): PausingDialect {
  let cancel: (() => void) | undefined
  let isStopped = false
  const rest = (): AgentEvent[] => (dialect.unfinished?.isThere ? dialect.unfinished.finish() : [])
  const waitAgain = (): void => {
    cancel?.()
    if (dialect.unfinished?.isThere && !isStopped) cancel = clock.after(pauseMs, () => take(rest()))
  }
  return {
    ...dialect,
    read(frame, atS) {
      const events = dialect.read(frame, atS)
      waitAgain()
      return events
    },
    say(part) {
      dialect.say(part)
      waitAgain()
    },
    rest,
    stop() {
      isStopped = true
      cancel?.()
    },
  }
}
