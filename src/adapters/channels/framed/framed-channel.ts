import type { Place } from '../../../domain/place.js'
import { FaultError } from '../../../domain/fault.js'
import type { Call, Channel } from '../../../ports/channel.js'
import type { Clock } from '../../../ports/clock.js'
import { connectionFaults } from '../../../domain/faults/connection-faults.js'
import type { MakeDialect } from './dialect.js'
import type { Drop } from './framed-conversation.js'
import { contentFrames } from './frames.js'
import { openPatiently } from './open-patiently.js'
import type { PartingTimes } from './parting.js'
import type { Connect } from './transport.js'

/** How to reach an agent that exchanges frames. */
export interface FramedAgent {
  /** The agent's address, for messages. */
  readonly place: Place
  readonly parting: PartingTimes
  readonly clock: Clock
  /** Whether a handshake refused with 429 or 503 and Retry-After is tried again. */
  readonly waitsIfLimited?: boolean
  /** What a call's frames mean. Default: frames of `{ content }`. */
  dialect?(call: Call): MakeDialect
  /** Connects a call to the agent. @throws {FaultError} */
  connect(call: Call): Connect
}

/** One transport per conversation; either side can send at any time. */
export function framedChannel({
  place,
  parting,
  clock,
  waitsIfLimited = false,
  connect,
  dialect = () => contentFrames,
}: FramedAgent): Channel {
  const live = new Set<Drop>()
  return {
    open: (call, hear, signal) =>
      openPatiently({ connect: connect(call), dialect: dialect(call), place, parting, call, hear, signal, clock, live }, waitsIfLimited),
    [Symbol.asyncDispose]: async () => {
      const closed = new FaultError(connectionFaults.channelClosed({ place }))
      await Promise.all([...live].map(drop => drop(closed)))
    },
  }
}
