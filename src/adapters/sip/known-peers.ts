import { BlockList, isIP, isIPv6 } from 'node:net'
import type { Dns } from './resolve.js'

/** A name is looked up again at most that often. */
const mostAddresses = 10_000

/** The addresses whose requests are answered. Everybody else hears nothing. */
export class KnownPeers {
  #list = new BlockList()
  #count = 0

  /** @param name  An address, or a range: `192.0.2.0/24`. @throws {RangeError} if it is neither. */
  add(name: string): void {
    const [address = '', bits] = name.split('/', 2)
    const family = isIPv6(address) ? 'ipv6' : 'ipv4'
    if (isIP(address) === 0 || (bits !== undefined && !/^\d{1,3}$/.test(bits)))
      throw new RangeError(`"${name}" is not an address or a range.`)
    if (this.#count >= mostAddresses) return
    this.#count += 1
    if (bits === undefined) this.#list.addAddress(address, family)
    else this.#list.addSubnet(address, Number(bits), family)
  }

  /** Adds a range, an address, or the addresses that a name has now. @throws The error of the look-up. */
  async addHost(host: string, dns: Dns): Promise<void> {
    if (isIP(host.split('/', 1)[0] ?? '') !== 0) this.add(host)
    else for (const address of await dns.addresses(host)) this.#addOnce(address)
  }

  has(address: string): boolean {
    return isIP(address) !== 0 && this.#list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
  }

  #addOnce(address: string): void {
    if (!this.has(address)) this.add(address)
  }
}
