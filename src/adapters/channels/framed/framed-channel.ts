import { FaultError } from '../../../domain/fault.js'
import type { Call, Channel } from '../../../ports/channel.js'
import type { Clock } from '../../../ports/clock.js'
import { connectionFaults } from '../../../domain/faults/connection-faults.js'
import { openFramedConversation, type Drop } from './framed-conversation.js'
import type { PartingTimes } from './parting.js'
import type { Connect } from './transport.js'

/** How an agent is reached whose conversations are frames both ways. */
export interface FramedAgent {
  /** Where it is, for messages. */
  readonly place: string
  readonly parting: PartingTimes
  readonly clock: Clock
  /** Connects a call to it. @throws {FaultError} */
  connect(call: Call): Connect
}

/** A transport a conversation; either side may send at any time. */
export function framedChannel({ place, parting, clock, connect }: FramedAgent): Channel {
  const live = new Set<Drop>()
  return {
    open: (call, hear, signal) => openFramedConversation({ connect: connect(call), place, parting, call, hear, signal, clock, live }),
    [Symbol.asyncDispose]: async () => {
      const closed = new FaultError(connectionFaults.channelClosed({ place }))
      await Promise.all([...live].map(drop => drop(closed)))
    },
  }
}
