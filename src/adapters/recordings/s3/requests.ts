import { createReadStream } from 'node:fs'
import type { Dispatcher } from 'undici'
import { networkErrorOf } from '../../../domain/network-error.js'
import type { Clock } from '../../../ports/clock.js'
import type { Network } from '../../../ports/network.js'
import { StoreError } from '../../../ports/store.js'
import { openRoute, wayTo } from '../../network/dispatcher.js'
import { readError } from './answers.js'
import type { BucketPlace } from './place.js'
import { escapeS3, hashOfNothing, sign, type Unsigned } from './sign.js'

/** A request about an object, or about the bucket if the key is empty. */
export interface BucketRequest extends Partial<Omit<Unsigned, 'url'>> {
  readonly key: string
  readonly parameters?: Readonly<Record<string, string>>
  /** The file that is sent. */
  readonly file?: string
  /** Whether 404 is an answer. */
  readonly mayBeMissing?: boolean
}

/** Sends a request until there is an answer, or no point in trying again. @throws {StoreError} */
export type Ask = (asked: BucketRequest) => Promise<Dispatcher.ResponseData>

const waitsMs = [1000, 2000, 4000, 8000]
const silenceMs = 30_000
export const requestsAtOnce = 8

/** @throws {FaultError} when the variable that names the proxy is not usable. */
export async function openRequests(place: BucketPlace, clock: Clock, network: Partial<Network>): Promise<Ask> {
  const { dispatcher, explain } = await openRoute(place.base, wayTo(place.base, network), requestsAtOnce)

  const send: Ask = ({ file, method = 'GET', headers = {}, bodyHash = hashOfNothing, ...of }) => {
    const url = addressOf(of, place)
    return dispatcher.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method,
      headers: sign({ method, url, headers, bodyHash }, place.region, place.credentials, clock.date()),
      body: file === undefined ? null : createReadStream(file),
      headersTimeout: silenceMs,
      bodyTimeout: silenceMs,
    })
  }
  return async asked => {
    for (let tries = 0; ; tries += 1) {
      const waitMs = waitsMs[tries]
      try {
        const answer = await send(asked)
        if (answer.statusCode < 300 || (asked.mayBeMissing && answer.statusCode === 404)) return answer
        const why = await whyRefused(answer, place)
        if (answer.statusCode < 500 || waitMs === undefined) throw new StoreError('unwritable', why)
      } catch (cause) {
        if (cause instanceof StoreError) throw cause
        if (waitMs === undefined) throw unreachable(explain(cause), place)
      }
      await new Promise<void>(resolve => void clock.after(waitMs, resolve))
    }
  }
}

function addressOf({ key, parameters = {} }: BucketRequest, { base }: BucketPlace): URL {
  const url = new URL(base.pathname + key.split('/').map(escapeS3).join('/'), base)
  url.search = Object.entries(parameters)
    .map(([name, value]) => `${name}=${escapeS3(value)}`)
    .join('&')
  return url
}

async function whyRefused({ statusCode, headers, body }: Dispatcher.ResponseData, { url, base, region }: BucketPlace): Promise<string> {
  const said = readError(await body.text()) ?? `it answers ${statusCode}`
  const own = headers['x-amz-bucket-region']
  const isElsewhere = typeof own === 'string' && own !== region
  const next = isElsewhere ? `Set AWS_REGION to ${own}.` : 'Check the bucket, the AWS_ variables and the rights of their key.'
  return `${url} at ${base.host} refuses: ${said.replace(/\.$/, '')}. ${next}`
}

function unreachable(cause: unknown, { url, base }: BucketPlace): StoreError {
  return new StoreError('lost', `${url} cannot be reached at ${base.host}: ${networkErrorOf(cause).message}.`, { cause })
}
