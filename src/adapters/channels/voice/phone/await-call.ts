import { FaultError } from '../../../../domain/fault.js'
import { telephonyFaults } from '../../../../domain/faults/telephony-faults.js'
import { normalisePhoneNumber } from '../../../../domain/phone-number.js'
import type { Place } from '../../../../domain/place.js'
import type { Clock } from '../../../../ports/clock.js'
import type { IncomingCall } from '../../../sip/incoming-call.js'
import { parseNameAddr } from '../../../sip/name-addr.js'
import { parseUri, userOf } from '../../../sip/uri.js'
import type { Phone } from './phones.js'

/** A call that is waited for. */
export interface CallAwaited {
  readonly phone: Phone
  readonly place: Place
  /** The number of ours that is to be called. */
  readonly number: string
  /** Who may call; anybody if it is empty. */
  readonly callers: readonly string[]
  readonly windowMs: number
  readonly clock: Clock
  readonly signal: AbortSignal
  /** Told of a call that was refused. @param at  The number that it called. */
  refused(call: IncomingCall, at: string): void
}

/**
 * Waits for an agent to call. Others who call the number meanwhile, and whom nobody else waits for, are declined (603).
 *
 * @throws {FaultError} when nobody called in time. When the signal aborts, its reason.
 */
export function awaitCall({ phone, place, number, callers, windowMs, clock, signal, refused }: CallAwaited): Promise<IncomingCall> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    let other: string | undefined
    let elsewhere: string | undefined
    const leave = (): void => {
      stopWaiting()
      stopTimer()
      signal.removeEventListener('abort', giveUp)
    }
    const stopWaiting = phone.await({
      isFor: call => numbersCalled(call).includes(number),
      isFrom: call => callers.length === 0 || numbersCalling(call).some(each => callers.includes(each)),
      take(call) {
        leave()
        resolve(call)
      },
      declined(call) {
        other = callerOf(call)
        refused(call, number)
      },
      strayed(call) {
        // Whoever may be anybody may have meant somebody else.
        if (callers.length === 0) return
        elsewhere = numberCalled(call)
        refused(call, elsewhere)
      },
    })
    const stopTimer = clock.after(windowMs, () => {
      leave()
      reject(new FaultError(telephonyFaults.notCalled({ place, number, seconds: windowMs / 1000, other, elsewhere })))
    })
    signal.addEventListener('abort', giveUp, { once: true })

    function giveUp(): void {
      leave()
      reject(signal.reason as Error)
    }
  })
}

/**
 * Declines (603) whoever else calls a number, while the call that it waited for is under way.
 *
 * @returns Ends it.
 */
export function declineOthers({ phone, number, refused }: Pick<CallAwaited, 'phone' | 'number' | 'refused'>): () => void {
  return phone.await({
    isFor: call => numbersCalled(call).includes(number),
    isFrom: () => false,
    take() {},
    declined: call => refused(call, number),
    strayed() {},
  })
}

/** Who calls, as far as a call says. */
export function callerOf(call: IncomingCall): string {
  return numbersCalling(call)[0] ?? 'nobody'
}

/** What to name of the numbers that were called. */
function numberCalled(call: IncomingCall): string {
  const called = numbersCalled(call)
  return called.find(number => number.startsWith('+')) ?? called[0]!
}

/** The number that was called: a registrar puts our own address into the request, and leaves the number in To. */
function numbersCalled({ to, headers }: IncomingCall): string[] {
  return [to.user, ...['To', 'P-Called-Party-ID'].flatMap(name => userIn(headers.get(name)))].map(spelled)
}

function numbersCalling({ from, headers }: IncomingCall): string[] {
  return [from.user, ...userIn(headers.get('P-Asserted-Identity'))].map(spelled)
}

function userIn(value: string | undefined): string[] {
  const uri = value === undefined ? undefined : parseUri(parseNameAddr(value)?.uri ?? '')
  return uri ? [userOf(uri)] : []
}

/** A number as it is written in a suite, if it is one. */
function spelled(user: string): string {
  return normalisePhoneNumber(user) ?? normalisePhoneNumber(`+${user}`) ?? user
}
