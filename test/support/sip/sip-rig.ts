import { seededRandom } from '../../../src/adapters/clocks/system.js'
import { NoCommonMedia, type CallMedia } from '../../../src/adapters/sip/call-media.js'
import type { CallOrder } from '../../../src/adapters/sip/call-order.js'
import type { Credentials } from '../../../src/adapters/sip/digest.js'
import type { Dns } from '../../../src/adapters/sip/resolve.js'
import type { SipCall } from '../../../src/adapters/sip/sip-call.js'
import { parseUri, type Uri } from '../../../src/adapters/sip/uri.js'
import { UserAgent, type UserAgentOptions } from '../../../src/adapters/sip/user-agent.js'
import type { Clock } from '../../../src/ports/clock.js'
import { virtualClock } from '../virtual-clock.js'
import { MemoryNetwork, type Weather } from './memory-network.js'
import { RawPeer } from './raw-peer.js'

/** Media that only writes down what it was asked. */
export class PaperMedia implements CallMedia {
  readonly done: string[] = []
  #version = 0

  constructor(
    readonly name: string,
    private readonly refuses: (description: string) => boolean = () => false,
  ) {}

  async offer(how?: { readonly hold?: boolean }): Promise<string> {
    this.#version += 1
    this.done.push(how?.hold === undefined ? 'offer' : `offer ${how.hold ? 'hold' : 'resume'}`)
    return descriptionOf(`offer ${this.name} ${this.#version}`)
  }

  async answer(offer: string): Promise<string> {
    if (this.refuses(offer)) throw new NoCommonMedia('no codec in common')
    this.#version += 1
    this.done.push(`answer to ${subjectOf(offer)}`)
    return descriptionOf(`answer ${this.name} ${this.#version}`)
  }

  async accept(answer: string): Promise<void> {
    if (this.refuses(answer)) throw new NoCommonMedia('no codec in common')
    this.done.push(`accept ${subjectOf(answer)}`)
  }

  keyed(digits: string): void {
    this.done.push(`keyed ${digits}`)
  }

  close(): void {
    this.done.push('close')
  }
}

export function descriptionOf(subject: string): string {
  return `v=0\r\no=- 1 1 IN IP4 10.0.0.1\r\ns=${subject}\r\nt=0 0\r\n`
}

function subjectOf(description: string): string {
  return /^s=(.*?)\r?$/m.exec(description)?.[1] ?? description
}

export function uriOf(text: string): Uri {
  const uri = parseUri(text)
  if (!uri) throw new Error(`${text} is no URI`)
  return uri
}

/** Names that lead nowhere, unless a test gives them addresses. */
export function dnsOf(hosts: Readonly<Record<string, string[]>>, services: Awaited<ReturnType<Dns['services']>> = []): Dns {
  return {
    async addresses(host) {
      const found = hosts[host]
      if (!found) throw Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: 'ENOTFOUND' })
      return found
    },
    services: async () => services,
    pointers: async () => [],
  }
}

/** Agents and scripted peers on one network in memory, in virtual time. */
export interface SipRig {
  readonly clock: Clock
  readonly network: MemoryNetwork
  agent(address: string, options?: Partial<UserAgentOptions>): UserAgent
  /** A peer that says what the test wants it to. */
  raw(address: string): RawPeer
  /** Calls `sip:desk@10.0.0.2`, unless told otherwise. */
  dial(agent: UserAgent, order?: Partial<CallOrder>, credentials?: Credentials): { call: SipCall; media: PaperMedia }
  wait(ms: number): Promise<void>
}

export function sipRig(weather: Weather = {}, seed = 1): SipRig {
  const clock = virtualClock()
  const random = seededRandom(seed)
  const network = new MemoryNetwork(clock, random, weather)
  return {
    clock,
    network,
    agent: (address, options = {}) =>
      new UserAgent({ network: network.host(address), clock, random, dns: dnsOf({}), listen: 'open', ...options }),
    raw: address => new RawPeer(network.host(address), address),
    dial(agent, order = {}, credentials) {
      const media = new PaperMedia('caller')
      const call = agent.place(
        { to: uriOf('sip:desk@10.0.0.2'), from: uriOf('sip:+15555550111@10.0.0.1'), media, ringMs: 60_000, ...order },
        credentials,
      )
      return { call, media }
    },
    wait: ms => new Promise(resolve => clock.after(ms, resolve)),
  }
}
