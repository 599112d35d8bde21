import { isIPv6 } from 'node:net'
import type { FastifyRequest } from 'fastify'
import { Refusal } from '../app/serve/refusal.js'
import type { Service } from '../app/serve/service.js'

/** A token bucket per sender: allows a burst, and on average no more than the rate. */
export interface RateLimit {
  readonly perSecond: number
  /** @throws {Refusal} 429, with Retry-After. */
  take(from: string, tokens?: number): void
}

/** The burst, in seconds of the rate. */
const burstS = 2
/** From this many buckets on, full ones are dropped; at `mostBuckets`, all are. */
const manyBuckets = 10_000
const mostBuckets = 10 * manyBuckets

interface Bucket {
  tokens: number
  atMs: number
}

/** @param perSecond  Tokens added to each bucket per second; 0: no limit. */
export function createRateLimit(perSecond: number, { clock }: Pick<Service, 'clock'>): RateLimit {
  const capacity = perSecond * burstS
  const buckets = new Map<string, Bucket>()
  let tidiedAtMs = clock.now()
  const filled = ({ tokens, atMs }: Bucket): number => Math.min(capacity, tokens + ((clock.now() - atMs) / 1000) * perSecond)
  const tidy = (): void => {
    if (buckets.size >= mostBuckets) buckets.clear()
    if (buckets.size < manyBuckets || clock.now() - tidiedAtMs < 1000) return
    tidiedAtMs = clock.now()
    for (const [name, bucket] of buckets) if (filled(bucket) >= capacity) buckets.delete(name)
  }

  return {
    perSecond,
    take(from, tokens = 1) {
      if (perSecond === 0) return
      tidy()
      const bucket = buckets.get(from) ?? { tokens: capacity, atMs: clock.now() }
      const left = filled(bucket) - tokens
      if (left < 0) throw new Refusal(429, { detail: 'Too many requests. Try again later.' }, Math.max(1, Math.ceil(-left / perSecond)))
      buckets.set(from, { tokens: left, atMs: clock.now() })
    },
  }
}

/** The network of a request's address. For IPv6 its first half, since one subscriber has all addresses of that half. */
export function networkOf({ ip }: FastifyRequest): string {
  if (!isIPv6(ip) || ip.startsWith('::ffff:')) return ip
  const [head = '', tail = ''] = ip.replace(/%.*$/, '').split('::')
  const words = head.split(':').filter(Boolean)
  const rest = tail.split(':').filter(Boolean)
  return [...words, ...Array.from({ length: Math.max(0, 8 - words.length - rest.length) }, () => '0'), ...rest].slice(0, 4).join(':')
}
