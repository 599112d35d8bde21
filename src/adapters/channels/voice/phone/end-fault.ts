import type { Fault } from '../../../../domain/fault.js'
import { telephonyFaults } from '../../../../domain/faults/telephony-faults.js'
import type { Place } from '../../../../domain/place.js'
import type { Discord } from '../../../rtp/sdp/negotiation.js'
import type { CallEnd } from '../../../sip/call-end.js'
import { connectFault } from '../../faults.js'

/** What a call was about, for the fault that ended it. */
export interface EndFacts {
  readonly place: Place
  /** The trunk that carries it; absent if the agent is called at its own address. */
  readonly trunk: string | undefined
  readonly ringMs: number
  /** Why both sides could not agree on their sound. */
  readonly discord: Discord | undefined
}

/** The fault of a call that did not end by a hang-up in good order. */
export function endFault(end: CallEnd, facts: EndFacts): Fault {
  const { place, ringMs } = facts
  switch (end.cause) {
    case 'hung_up':
    case 'session_expired':
    case 'unacknowledged':
      return telephonyFaults.lost({ place, cause: end.cause })
    case 'no_answer':
    case 'cancelled':
      return telephonyFaults.noAnswer({ place, seconds: ringMs / 1000 })
    case 'unauthorized':
      return telephonyFaults.notAuthorized({ place, status: end.status ?? 401 })
    case 'timeout':
      return telephonyFaults.noResponse({ place })
    case 'unreachable':
      return connectFault(end.error ?? new Error('no way there'), place)
    case 'no_common_media':
      return telephonyFaults.noCommonMedia({ place, discord: facts.discord ?? 'no codec' })
    case 'refused':
      return refusalFault(end, facts)
  }
}

function refusalFault({ status = 500, words, contact = '', retryAfterMs }: CallEnd, { place, trunk, ringMs }: EndFacts): Fault {
  if (status < 400) return telephonyFaults.redirected({ place, status, contact, trunk })
  const reason = words === '' ? String(status) : `${status} ${words}`
  switch (status) {
    case 486:
    case 600:
      return telephonyFaults.busy({ place, reason })
    case 603:
    case 607:
      return telephonyFaults.declined({ place, reason, status })
    case 408:
      return telephonyFaults.noAnswer({ place, seconds: ringMs / 1000 })
    case 480:
      return telephonyFaults.notAvailable({ place, reason })
    case 488:
    case 606:
      return telephonyFaults.noCommonMedia({ place, discord: 'refused' })
    default:
      return trunk === undefined
        ? telephonyFaults.declined({ place, reason, status, retryAfterMs })
        : telephonyFaults.notRouted({ place, reason, status, trunk, retryAfterMs })
  }
}
