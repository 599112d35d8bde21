import type { MessagePort } from 'node:worker_threads'
import { FaultError, type Fault } from '../../../../domain/fault.js'
import { telephonyFaults } from '../../../../domain/faults/telephony-faults.js'
import type { SrtpPolicy } from '../../../../domain/trunk.js'
import type { Place } from '../../../../domain/place.js'
import type { Clock } from '../../../../ports/clock.js'
import type { CallEnd } from '../../../sip/call-end.js'
import type { CallListener, SipCall } from '../../../sip/sip-call.js'
import type { Trace } from '../../../sip/trace.js'
import { connectFault } from '../../faults.js'
import { engineFault } from '../engine-fault.js'
import type { FromSignalling, ToSignalling } from '../lines/sip/signals.js'
import { dialogueOf } from './dialogue.js'
import { endFault } from './end-fault.js'
import { ThreadMedia, type MediaPlace } from './thread-media.js'

/** A call, as its line on the media's thread is told of it. */
export interface PhoneCall {
  /** What both threads talk over. It is closed once all is said. */
  readonly signalling: MessagePort
  readonly place: Place
  readonly trunk: string | undefined
  readonly ringMs: number
  /** Whether we have a password to answer challenges with. */
  readonly hasPassword: boolean
  readonly srtp: SrtpPolicy
  /** Whether keys are told by INFO. */
  readonly keysByInfo: boolean
  readonly clock: Clock
  /** Aborts when its line may be another's by now. Absent if lines are not shared out. */
  readonly lost?: AbortSignal | undefined
  /** The SIP messages of its calls, as they begin: those that had to be placed again, or were declined meanwhile, among them. */
  readonly traces: readonly Trace[]
  /** Where its sound is. @throws When the way there cannot be found. */
  mediaPlace(signal: AbortSignal): Promise<MediaPlace>
  /** Places the call, or answers one. @throws {FaultError} when it does not come about. */
  begin(media: ThreadMedia, listener: CallListener, signal: AbortSignal): Promise<SipCall>
  /** What is worth a warning so far. It only grows. @param more  Called when it has grown. */
  warnings?(more: () => void): readonly string[]
  /** Keeps the SIP messages of the call. */
  keep(dialogue: string): void
}

/** How long a far side that is hung up on may take to say that it knows. */
const partingMs = 1_000

/** Conducts the signalling of one call until both sides know that it is over. Never throws. */
export async function conductPhoneCall(call: PhoneCall): Promise<void> {
  const own = new OwnCall(call)
  try {
    await own.conduct()
  } catch (cause) {
    own.fail(engineFault(cause))
  } finally {
    own.close()
  }
}

class OwnCall {
  readonly #use: PhoneCall
  readonly #given = new AbortController()
  #call: SipCall | undefined
  #summary: string | undefined
  /** How many warnings were told. */
  #warned = 0
  #parting: Promise<void> = Promise.resolve()

  constructor(use: PhoneCall) {
    this.#use = use
    use.signalling.on('message', (message: ToSignalling) => this.#take(message))
    // The thread is gone.
    use.signalling.once('close', () => this.#hangUp())
    use.lost?.addEventListener('abort', this.#lose, { once: true })
  }

  async conduct(): Promise<void> {
    const { place, trunk, ringMs, hasPassword, srtp } = this.#use
    const signal = this.#given.signal
    const media = await ThreadMedia.open(this.#use.signalling, await this.#mediaPlace(signal), signal)
    const call = await this.#use.begin(media, this.#listener(), signal)
    this.#call = call
    if (signal.aborted) this.#hangUp()
    if (await call.answered) this.#tell({ type: 'answered', keys: this.#use.keysByInfo ? 'info' : 'events' })
    this.#warn()
    const end = await call.ended
    if (isGood(end)) this.#tell({ type: 'ended' })
    else if (end.by !== 'us' || !signal.aborted)
      this.fail(endFault(end, { place, trunk, ringMs, hasPassword, srtp, discord: media.discord }))
    await this.#parting
  }

  /** @throws {FaultError} also when there is no way to where the call goes. */
  async #mediaPlace(signal: AbortSignal): Promise<MediaPlace> {
    try {
      return await this.#use.mediaPlace(signal)
    } catch (cause) {
      signal.throwIfAborted()
      const isOfNetwork = cause instanceof Error && 'code' in cause
      throw isOfNetwork ? new FaultError(connectFault(cause, this.#use.place)) : cause
    }
  }

  fail(fault: Fault): void {
    this.#tell({ type: 'failed', fault })
  }

  close(): void {
    this.#use.lost?.removeEventListener('abort', this.#lose)
    this.#keep()
    this.#tell({ type: 'closed' })
    this.#use.signalling.close()
  }

  readonly #lose = (): void => {
    const { place, trunk = '' } = this.#use
    this.fail(telephonyFaults.lineLost({ place, trunk }))
    this.#hangUp()
  }

  #keep(): void {
    const { traces, keep } = this.#use
    if (traces.length > 0) keep(dialogueOf(traces, this.#summary))
  }

  #warn(): void {
    const warnings = this.#use.warnings?.(() => this.#warn()) ?? []
    for (const warning of warnings.slice(this.#warned)) this.#tell({ type: 'warned', warning })
    this.#warned = warnings.length
  }

  #take(message: ToSignalling): void {
    switch (message.type) {
      case 'press':
        return void this.#press(message.digits)
      case 'summary':
        this.#summary = message.text
        return
      case 'hang_up':
        return this.#hangUp()
      default:
        return
    }
  }

  async #press(digits: string): Promise<void> {
    for (const digit of digits) {
      const isTaken = await this.#call?.press(digit)
      if (isTaken === false)
        return this.#tell({
          type: 'warned',
          warning: `${this.#use.place.name} did not take a key that was told by INFO. Press keys by RTP: leave out keys: info.`,
        })
    }
  }

  #hangUp(): void {
    if (!this.#given.signal.aborted) this.#given.abort(new Error('The call was given up.'))
    // Whoever was cut off does not wait for the rest.
    if (!this.#call) return this.#keep()
    const { clock } = this.#use
    const said = this.#call.hangUp()
    this.#keep()
    const late = new Promise<void>(resolve => void clock.after(partingMs, resolve))
    this.#parting = Promise.race([said, late])
  }

  #listener(): CallListener {
    return {
      transferred: ({ to }) =>
        this.#tell({ type: 'warned', warning: `${this.#use.place.name} transferred the call to ${this.#use.place.quote(to, 100)}.` }),
    }
  }

  #tell(message: FromSignalling): void {
    this.#use.signalling.postMessage(message, [])
  }
}

/** Whether the agent hung up an answered call. A reason of SIP names an error: the call was lost on the way. */
function isGood({ by, cause, wasAnswered, status = 200 }: CallEnd): boolean {
  return wasAnswered && by === 'them' && cause === 'hung_up' && status < 400
}
