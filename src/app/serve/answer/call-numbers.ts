import type { Agent } from '../../../domain/document.js'
import type { RunRequest } from '../../../domain/run-request.js'

/** The telephone numbers of a call; `null` where its connection has none. */
export interface CallNumbers {
  /** From which the agent is called. */
  readonly from: string | null
  /** That is dialled. */
  readonly to: string | null
}

/** @param agent  As the suite declared it; absent if it is not known any more. */
export function callNumbers(agent: Agent | undefined, { reach, outboundPhoneNumber }: RunRequest): CallNumbers {
  const own = agent && reach.kind === 'own' ? agent.connection : undefined
  const isNumbered = own?.type === 'twilio_stream' || own?.type === 'media_stream'
  return {
    from: (isNumbered && own.from) || null,
    to: outboundPhoneNumber ?? ((isNumbered && (own.to ?? agent?.contactNumber)) || null),
  }
}
