import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import pLimit from 'p-limit'
import type { Clock } from '../../../ports/clock.js'
import type { Network } from '../../../ports/network.js'
import type { KeptRecording } from '../../../ports/recordings.js'
import { type ListedObjects, readListing } from './answers.js'
import type { BucketPlace } from './place.js'
import { type Ask, openRequests, requestsAtOnce } from './requests.js'

/** The objects below a prefix of a bucket. All its methods throw {StoreError}. */
export interface Bucket {
  put(name: string, file: string): Promise<void>
  /** @returns `undefined` if there is none. */
  find(name: string): Promise<KeptRecording | undefined>
  /** Deletes all that begins with these letters. */
  clear(start: string): Promise<void>
}

/** @throws {FaultError} when the variable that names the proxy is not usable. */
export async function openBucket(place: BucketPlace, clock: Clock, network: Partial<Network>): Promise<Bucket> {
  const ask = await openRequests(place, clock, network)
  const limit = pLimit(requestsAtOnce)
  return {
    put: (name, file) =>
      limit(async () => {
        const headers = { 'content-length': String((await stat(file)).size), 'content-type': mediaTypeOf(name) }
        await done(ask({ method: 'PUT', key: place.prefix + name, file, headers, bodyHash: await hashOf(file) }))
      }),
    async find(name) {
      const key = place.prefix + name
      const { statusCode, headers } = await limit(() => ask({ method: 'HEAD', key, mayBeMissing: true }))
      if (statusCode === 404) return undefined
      return {
        bytes: Number(headers['content-length']),
        async *read(from, to) {
          yield* (await ask({ key, headers: { range: `bytes=${from}-${to}` } })).body as AsyncIterable<Uint8Array>
        },
      }
    },
    async clear(start) {
      for (let page = await list(ask, place.prefix + start); ; page = await list(ask, place.prefix + start, page.next)) {
        await Promise.all(page.keys.map(key => limit(() => done(ask({ method: 'DELETE', key, mayBeMissing: true })))))
        if (page.next === undefined) return
      }
    },
  }
}

async function list(ask: Ask, prefix: string, from?: string): Promise<ListedObjects> {
  const parameters = { 'list-type': '2', 'encoding-type': 'url', prefix, ...(from !== undefined && { 'continuation-token': from }) }
  return readListing(await (await ask({ key: '', parameters })).body.text())
}

async function done(answer: ReturnType<Ask>): Promise<void> {
  await (await answer).body.dump()
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(file)) hash.update(piece as Uint8Array)
  return hash.digest('hex')
}

function mediaTypeOf(name: string): string {
  if (name.endsWith('.wav')) return 'audio/wav'
  return name.endsWith('.opus') ? 'audio/ogg' : 'application/octet-stream'
}
