import { MessageChannel } from 'node:worker_threads'
import type { SipConnection } from '../../../../domain/connection.js'
import { FaultError } from '../../../../domain/fault.js'
import { telephonyFaults } from '../../../../domain/faults/telephony-faults.js'
import { Place } from '../../../../domain/place.js'
import type { LentLine } from '../../../../ports/phone-lines.js'
import type { IncomingCall } from '../../../sip/incoming-call.js'
import { noParams } from '../../../sip/params.js'
import type { Trace } from '../../../sip/trace.js'
import type { Uri } from '../../../sip/uri.js'
import type { TelephoneLine } from '../lines/line-to.js'
import { awaitCall, callerOf, declineOthers } from './await-call.js'
import { mediaPlaceTo, srtpOf } from './media-place.js'
import { conductPhoneCall } from './phone-call.js'
import type { PhoneLineUse } from './phone-line.js'
import type { Phone } from './phones.js'
import { takeLine } from './take-line.js'
import { triggerCall } from './trigger-call.js'

/** How long an agent may take until it calls, if the suite does not say. */
const usualWindowMs = 300_000

/** So many calls that were declined are kept with a run. */
const mostDeclined = 20

/** An agent that calls us. */
export interface Expected {
  /** Its name, for faults. */
  readonly agent: string
  /** The number of ours that it is to call. Default: any that is free. */
  readonly number: string | undefined
  /** The numbers that it may call from. Anybody may, if there are none. */
  readonly callers: readonly string[]
}

/**
 * Waits for an agent to call: has a number of ours to itself meanwhile, and tells the agent to call, if there is a trigger. The time of the
 * run stands still until it does.
 *
 * @throws {FaultError} when no number is free, or the trunk does not take us. The signal's reason, when it aborts.
 */
export async function receivePhoneLine(connection: SipConnection, expected: Expected, phoneUse: PhoneLineUse): Promise<TelephoneLine> {
  const { phones, use, call, signal } = phoneUse
  const { trunk } = connection
  if (!trunk) throw new RangeError(`${expected.agent} calls over no trunk.`)
  const { callers } = expected
  const numbers = expected.number === undefined ? trunk.numbers : [expected.number]
  const lent = await takeLine(
    { trunk, numbers, isPlaced: false, peer: call.numbers?.isAlone ? undefined : callers[0] },
    { call, lines: use.phoneLines, signal, clock: use.clock },
  )
  try {
    const phone = await phones.phone(trunk, use.egress)
    await phone.trust(trunk)
    signal.throwIfAborted()
    return beginReceiving(connection, { ...expected, number: lent?.number ?? numbers[0] }, { ...phoneUse, phone, lent })
  } catch (cause) {
    lent?.giveBack()
    throw cause
  }
}

interface Receiving extends PhoneLineUse {
  readonly phone: Phone
  readonly lent: LentLine | undefined
}

function beginReceiving(connection: SipConnection, { agent, number, callers }: Expected, receiving: Receiving): TelephoneLine {
  const { use, call, phone, lent } = receiving
  const { trunk, trigger, ringMs: windowMs = usualWindowMs } = connection
  if (number === undefined) throw new FaultError(telephonyFaults.noNumber({ trunk: trunk?.key ?? '' }))
  const place = new Place(`agent "${agent}"`, use.mask)
  const { port1, port2 } = new MessageChannel()
  const traces: Trace[] = []
  const warnings: string[] = []
  let [stopDeclining, tellMore] = [(): void => {}, (): void => {}]
  const refused = (other: IncomingCall, at: string): void => {
    if (warnings.length >= mostDeclined) return
    const isTheAgents = incoming !== undefined && (callers.length === 0 || callers.includes(callerOf(other)))
    const ofNumber = isTheAgents ? 'the agent has called already' : "it is not the agent's number"
    const why = at === number ? ofNumber : 'no run waits for its call there'
    warnings.push(`${place.quote(callerOf(other), 40)} called ${place.quote(at, 40)} meanwhile, and was declined: ${why}.`)
    traces.push(other.trace)
    tellMore()
  }
  let incoming: IncomingCall | undefined
  const conducted = conductPhoneCall({
    signalling: port1,
    place,
    trunk: trunk?.key,
    ringMs: windowMs,
    hasPassword: false,
    srtp: srtpOf(connection),
    keysByInfo: connection.keys === 'info',
    clock: use.clock,
    lost: lent?.lost,
    traces,
    async mediaPlace(signal) {
      const resume = call.hold()
      const stop = new AbortController()
      const either = AbortSignal.any([signal, stop.signal])
      const called = awaitCall({
        phone,
        place,
        number,
        callers,
        windowMs,
        clock: use.clock,
        signal: either,
        refused,
      })
      call.awaits?.(number, windowMs)
      try {
        // Whoever cannot be told to call is not waited for.
        const told = trigger && triggerCall({ trigger, from: callers[0], to: number, call, signal: either }, use)
        await Promise.race([called, told?.then(() => called)])
        incoming = await called
        traces.push(incoming.trace)
        stopDeclining = declineOthers({ phone, number, refused })
        return await mediaPlaceTo(cameFrom(incoming), connection, phone)
      } catch (cause) {
        stop.abort(cause)
        await called.catch(() => undefined)
        throw cause
      } finally {
        resume()
      }
    },
    async begin(media, listener) {
      incoming!.listener = listener
      await incoming!.answer(media)
      return incoming!
    },
    warnings(more) {
      tellMore = more
      return warnings
    },
    keep: dialogue => call.keep?.(use.mask?.text(dialogue) ?? dialogue),
  })
  void conducted.finally(() => {
    stopDeclining()
    lent?.giveBack()
    // One that came and could not be answered.
    void incoming?.hangUp()
  })
  return { type: 'sip', name: place.name, signalling: port2 }
}

/** The address that a call came from. */
function cameFrom({ trace }: IncomingCall): Uri {
  const { hostname } = new URL(`http://${trace.messages[0]?.peer ?? '127.0.0.1'}`)
  return { scheme: 'sip', user: '', host: hostname.replace(/^\[(.*)\]$/, '$1'), params: noParams }
}
