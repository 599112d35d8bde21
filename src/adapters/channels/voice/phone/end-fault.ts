import type { Fault } from '../../../../domain/fault.js'
import { telephonyFaults } from '../../../../domain/faults/telephony-faults.js'
import { Place } from '../../../../domain/place.js'
import { networkErrorOf } from '../../../../domain/network-error.js'
import type { SrtpPolicy, Trunk } from '../../../../domain/trunk.js'
import type { Discord } from '../../../rtp/sdp/negotiation.js'
import type { CallEnd } from '../../../sip/call-end.js'
import { connectFault } from '../../faults.js'

/** What a call was about, for the fault that ended it. */
export interface EndFacts {
  readonly place: Place
  /** The trunk that carries it; absent if the agent is called at its own address. */
  readonly trunk: string | undefined
  readonly ringMs: number
  /** Whether we have a password to answer challenges with. */
  readonly hasPassword: boolean
  readonly srtp: SrtpPolicy
  /** Why both sides could not agree on their sound. */
  readonly discord: Discord | undefined
}

/** The fault of a call that did not end by a hang-up in good order. */
export function endFault(end: CallEnd, facts: EndFacts): Fault {
  const { place, trunk, ringMs, hasPassword } = facts
  switch (end.cause) {
    case 'hung_up':
    case 'session_expired':
    case 'unacknowledged':
      return telephonyFaults.lost({ place, cause: end.cause, status: end.status })
    case 'no_answer':
    case 'cancelled':
      return telephonyFaults.noAnswer({ place, seconds: ringMs / 1000 })
    case 'unauthorized':
      return telephonyFaults.notAuthorized({ place, status: end.status ?? 401, trunk, hasPassword, asks: end.asks })
    case 'timeout':
      return telephonyFaults.noResponse({ place, datagramBytes: end.datagramBytes, unread: end.unread })
    case 'unreachable':
      if (networkErrorOf(end.error).code === 'EMSGSIZE') return telephonyFaults.tooLong({ place, bytes: end.datagramBytes ?? 0 })
      return end.error === undefined ? telephonyFaults.connectionLost({ place }) : connectFault(end.error, place)
    case 'no_common_media':
      return telephonyFaults.noCommonMedia({ place, discord: facts.discord ?? 'no sound' })
    case 'refused':
      return refusalFault(end, facts)
  }
}

/** The fault of a registration that came to nothing. */
export function registrationFault(end: Omit<CallEnd, 'wasAnswered'>, trunk: Trunk): Fault {
  const place = new Place(trunk.registrar)
  const { cause, status = 500, retryAfterMs } = end
  if (cause === 'refused') return telephonyFaults.notRegistered({ place, reason: reasonOf(end), status, trunk: trunk.key, retryAfterMs })
  const facts = { place, trunk: trunk.key, ringMs: 0, hasPassword: trunk.password !== undefined, srtp: trunk.srtp, discord: undefined }
  return endFault({ ...end, wasAnswered: false }, facts)
}

function reasonOf({ status = 500, words }: Pick<CallEnd, 'status' | 'words'>): string {
  return words === '' ? String(status) : `${status} ${words}`
}

function refusalFault(end: CallEnd, { place, trunk, ringMs, srtp }: EndFacts): Fault {
  const { status = 500, contact = '', retryAfterMs } = end
  if (status < 400) return telephonyFaults.redirected({ place, status, contact, trunk })
  const reason = reasonOf(end)
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
      return telephonyFaults.offerRefused({ place, srtp })
    default:
      return trunk === undefined
        ? telephonyFaults.notTaken({ place, reason, status, retryAfterMs })
        : telephonyFaults.notRouted({ place, reason, status, trunk, retryAfterMs })
  }
}
