import { FaultError } from '../../../../domain/fault.js'
import { telephonyFaults } from '../../../../domain/faults/telephony-faults.js'
import { Place } from '../../../../domain/place.js'
import type { Listening, Trunk } from '../../../../domain/trunk.js'
import type { ChannelUse, Egress } from '../../../../ports/channel.js'
import type { Credentials } from '../../../sip/digest.js'
import type { IncomingCall } from '../../../sip/incoming-call.js'
import { noParams } from '../../../sip/params.js'
import type { Account, Registration } from '../../../sip/registration.js'
import { openSockets, type OpenSockets } from '../../../sip/sockets.js'
import { parseUri, type Uri } from '../../../sip/uri.js'
import { UserAgent } from '../../../sip/user-agent.js'
import { connectFault } from '../../faults.js'
import { egressRefusal } from './egress-refusal.js'
import { registrationFault } from './end-fault.js'

/** Whoever waits for a call. */
export interface Awaiting {
  /** Whether a call is for the number that is waited at. */
  isFor(call: IncomingCall): boolean
  /** Whether it comes from whom is waited for. */
  isFrom(call: IncomingCall): boolean
  take(call: IncomingCall): void
  /** Told of a call to its number that nobody waited for, and that was declined. */
  declined(call: IncomingCall): void
  /** Told of a call from whom is waited for, to a number that nobody waits at; it was refused. */
  strayed(call: IncomingCall): void
}

/** A user agent, with what a call needs of it beside. */
export interface Phone {
  readonly userAgent: UserAgent
  readonly publicAddress: string | undefined
  /** Takes calls of a trunk's registrar, also where we do not register. @throws {FaultError} when its name leads nowhere. */
  trust(trunk: Trunk): Promise<void>
  /** The way that a trunk wants its calls to take, as it said when we registered: values of Route. */
  serviceRoute(trunk: Trunk): readonly string[]
  /** Whoever waits longest is asked first. @returns Ends the wait. */
  await(awaiting: Awaiting): () => void
}

export type PhonesUse = Pick<ChannelUse, 'clock' | 'network'>

/** The user agents of this process: one for each way to listen, shared by all calls. They are opened when they are needed. */
export class Phones implements AsyncDisposable {
  readonly #use: PhonesUse
  readonly #phones = new Map<string, Promise<OwnPhone>>()

  constructor(use: PhonesUse) {
    this.#use = use
  }

  /**
   * The phone for calls of a trunk, or for those without one. A trunk that wants to be registered is.
   *
   * @throws {FaultError} when it cannot listen where it should, or the registrar does not take us.
   */
  async phone(trunk: Trunk | undefined, egress: Egress | undefined): Promise<Phone> {
    // Ports of sound are each call's own.
    const key = JSON.stringify([{ ...trunk?.listen, rtpPorts: undefined }, egress?.allowedHosts])
    const opening = this.#phones.get(key) ?? openPhone(trunk?.listen, egress, this.#use)
    this.#phones.set(key, opening)
    const phone = await opening.catch((cause: unknown) => {
      this.#phones.delete(key)
      throw cause
    })
    if (trunk?.register) await phone.register(trunk)
    return phone
  }

  /** Hangs up all calls, and takes registrations back. */
  async [Symbol.asyncDispose](): Promise<void> {
    const opened = [...this.#phones.values()]
    this.#phones.clear()
    await Promise.allSettled(opened.map(async opening => (await opening).userAgent.close()))
  }
}

class OwnPhone implements Phone {
  readonly userAgent: UserAgent
  readonly publicAddress: string | undefined
  readonly #awaiting = new Set<Awaiting>()
  readonly #registered = new Map<string, Promise<void>>()
  readonly #registrations = new Map<string, Registration>()

  constructor(listen: Listening, network: OpenSockets, egress: Egress | undefined, { clock }: PhonesUse) {
    this.publicAddress = listen.publicAddress
    this.userAgent = new UserAgent({
      network,
      clock,
      random: Math.random,
      ...(egress && { refusal: egressRefusal(egress) }),
      listen: listen.from === 'open' ? 'open' : 'known',
      ...(Array.isArray(listen.from) && { known: listen.from }),
      onCall: call => this.#called(call),
    })
  }

  async trust({ registrar }: Trunk): Promise<void> {
    try {
      await this.userAgent.trustServersOf(uriOf(registrar))
    } catch (cause) {
      throw new FaultError(connectFault(cause, new Place(registrar)))
    }
  }

  await(awaiting: Awaiting): () => void {
    this.#awaiting.add(awaiting)
    return () => void this.#awaiting.delete(awaiting)
  }

  serviceRoute({ key }: Trunk): readonly string[] {
    return this.#registrations.get(key)?.serviceRoute ?? []
  }

  /** Once for each trunk; one that failed is tried again with the next call. */
  register(trunk: Trunk): Promise<void> {
    const known = this.#registered.get(trunk.key)
    if (known) return known
    const registering = this.#register(trunk).catch((cause: unknown) => {
      this.#registered.delete(trunk.key)
      throw cause
    })
    this.#registered.set(trunk.key, registering)
    return registering
  }

  async #register(trunk: Trunk): Promise<void> {
    const { account, credentials } = accountOf(trunk)
    const registration = await this.userAgent.register(account, credentials)
    const { state } = registration
    this.#registrations.set(trunk.key, registration)
    if (state.kind !== 'lost' && state.kind !== 'refused') return
    await registration.end()
    throw new FaultError(registrationFault(state.end, trunk))
  }

  /** Several may wait at one number, each for another caller. */
  #called(call: IncomingCall): void {
    const there = [...this.#awaiting].filter(each => each.isFor(call))
    const meant = there.find(each => each.isFrom(call))
    if (meant) return meant.take(call)
    call.refuse(there.length > 0 ? 603 : 480)
    for (const each of there) each.declined(call)
    if (there.length > 0) return
    for (const each of this.#awaiting) if (each.isFrom(call)) each.strayed(call)
  }
}

/** Where and as whom a trunk registers. */
export function accountOf({ registrar: text, username = '', password }: Trunk): { account: Account; credentials: Credentials | undefined } {
  const registrar = uriOf(text)
  const address = { ...registrar, user: username, params: noParams }
  return { account: { registrar, address }, credentials: password === undefined ? undefined : { username, password } }
}

function uriOf(registrar: string): Uri {
  const uri = parseUri(registrar)
  if (!uri) throw new RangeError(`${registrar} is no SIP address.`)
  return uri
}

async function openPhone(listen: Listening = {}, egress: Egress | undefined, use: PhonesUse): Promise<OwnPhone> {
  try {
    return new OwnPhone(listen, await openAny(listen, use), egress, use)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new FaultError(telephonyFaults.cannotListen({ port: listen.port ?? 0, reason }))
  }
}

/** Opens sockets of both families, where the machine has both. */
async function openAny({ address, port, publicAddress }: Listening, { network }: PhonesUse): Promise<OpenSockets> {
  // Connections are only taken where a port says so.
  const ports = port === undefined ? {} : { udp: port, tcp: port }
  const tls = network?.ca && { ca: [...network.ca] }
  const options = { ports, tls, ...(publicAddress !== undefined && { publicAddress }) }
  if (address !== undefined) return openSockets({ ...options, addresses: [address] })
  try {
    return await openSockets({ ...options, addresses: ['0.0.0.0', '::'] })
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EADDRINUSE') throw cause
    return openSockets({ ...options, addresses: ['0.0.0.0'] })
  }
}
