import type { Model } from '../../domain/model.js'
import type { Clock } from '../../ports/clock.js'
import { isLocal } from '../network/base-address.js'
import { createEndpoint, type Endpoint } from './endpoint.js'

/** The endpoints of a process. Models with the same address share one. */
export interface Endpoints {
  /** @param concurrency  How many requests the suite allows at most, if it says so. */
  of(model: Pick<Model, 'baseUrl'>, concurrency: number | undefined): Endpoint
}

/** Where the limit starts if the suite sets none. A server on this machine usually answers one request at a time. */
const usualStart = 4
const localStart = 1
/** How far the limit grows if the suite sets none. */
export const usualCap = 16

export function createEndpoints(clock: Clock): Endpoints {
  const endpoints = new Map<string, Endpoint>()
  return {
    of({ baseUrl }, concurrency) {
      const key = `${baseUrl} ${concurrency ?? ''}`
      const known = endpoints.get(key)
      if (known) return known
      const start = concurrency ?? (isLocal(baseUrl) ? localStart : usualStart)
      const own = createEndpoint({ start, cap: concurrency ?? usualCap }, clock)
      endpoints.set(key, own)
      return own
    },
  }
}
