import type { MessagePort } from 'node:worker_threads'
import { FaultError } from '../../../../domain/fault.js'
import type { PortRange, SrtpPolicy } from '../../../../domain/trunk.js'
import { MediaDiscord, SdpNegotiation, type Discord } from '../../../rtp/sdp/negotiation.js'
import { NoCommonMedia, type CallMedia } from '../../../sip/call-media.js'
import type { FromSignalling, ToSignalling } from '../lines/sip/signals.js'

/** Where the sound of a call is, as the agent is told. */
export interface MediaPlace {
  /** The address that its sockets are opened at. */
  readonly bind: string
  /** The one that the agent is told, if another machine forwards it. */
  readonly advertise?: string | undefined
  readonly srtp: SrtpPolicy
  readonly ports?: PortRange | undefined
}

/** The sound of a call, which another thread carries: here it is only negotiated. */
export class ThreadMedia implements CallMedia {
  readonly #signalling: MessagePort
  readonly #negotiation: SdpNegotiation
  /** Why the sides could not agree, if they could not. */
  discord: Discord | undefined

  private constructor(signalling: MessagePort, negotiation: SdpNegotiation) {
    this.#signalling = signalling
    this.#negotiation = negotiation
  }

  /** Has the other thread open its sockets. @throws {FaultError} when it cannot, or is gone. */
  static async open(signalling: MessagePort, { bind, advertise, srtp, ports }: MediaPlace, signal: AbortSignal): Promise<ThreadMedia> {
    const port = await openedPort(signalling, { address: bind, ports }, signal)
    return new ThreadMedia(signalling, new SdpNegotiation({ address: advertise ?? bind, port }, srtp))
  }

  async offer(how: { readonly hold?: boolean } = {}): Promise<string> {
    return this.#negotiation.offer(how.hold)
  }

  async answer(offer: string): Promise<string> {
    return this.#agreeing(() => this.#negotiation.answer(offer))
  }

  async accept(answer: string): Promise<void> {
    this.#agreeing(() => this.#negotiation.accept(answer))
  }

  keyed(digits: string): void {
    this.#tell({ type: 'keyed', digits })
  }

  close(): void {
    // The line is told how the call ended, and closes what it has.
  }

  #agreeing<Made>(agree: () => Made): Made {
    try {
      const made = agree()
      const { agreed } = this.#negotiation
      if (agreed) this.#tell({ type: 'agreed', media: agreed })
      return made
    } catch (error) {
      if (!(error instanceof MediaDiscord)) throw error
      this.discord = error.discord
      throw new NoCommonMedia(error.discord)
    }
  }

  #tell(message: FromSignalling): void {
    this.#signalling.postMessage(message, [])
  }
}

function openedPort(signalling: MessagePort, at: { address: string; ports: PortRange | undefined }, signal: AbortSignal): Promise<number> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const stop = (): void => {
      signalling.off('message', take)
      signal.removeEventListener('abort', giveUp)
    }
    const giveUp = (): void => {
      stop()
      reject(signal.reason as Error)
    }
    const take = (message: ToSignalling): void => {
      if (message.type !== 'opened' && message.type !== 'unopened') return
      stop()
      if (message.type === 'opened') resolve(message.port)
      else reject(new FaultError(message.fault))
    }
    signalling.on('message', take)
    signal.addEventListener('abort', giveUp, { once: true })
    signalling.postMessage({ type: 'open', ...at } satisfies FromSignalling, [])
  })
}
