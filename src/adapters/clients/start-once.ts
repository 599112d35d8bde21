import { createHash } from 'node:crypto'
import type { Clock } from '../../ports/clock.js'
import { serviceTroubles } from '../../domain/faults/service-troubles.js'
import { HostedServiceError } from '../../ports/hosted-service.js'
import { ApiFailure, type ApiClient } from './api-client.js'
import { asObject, asText, asWhole } from './loose.js'
import { asServiceError, pause, retry, waitBefore } from './retry.js'

/** A result that has begun, and those of its runs that the answer lists. */
export interface Started {
  readonly id: number
  readonly runs: readonly StartedRun[]
}

export interface StartedRun {
  readonly id: number
  readonly scenario: number | undefined
  readonly scenarioName: string | undefined
}

export interface StartUse {
  readonly client: ApiClient
  readonly clock: Clock
  readonly signal: AbortSignal
  /** Whether the service is known to recognize a repeated request by its Idempotency-Key. */
  readonly keepsKeys: boolean
}

const patienceMs = 120_000
/** When to look for a result whose request got no answer: the service may take a while to list it. */
const looksMs = [1000, 2000, 4000, 8000]

/**
 * Sends a request that starts calls, and makes sure that it starts them only once.
 *
 * - If the request never arrived, or the answer was "not now", it is sent again.
 * - If no answer came, the calls may have started. A service that keeps Idempotency-Keys gets the same request again.
 *   For any other service, the result is looked up by its name, and the request is never repeated.
 * - If the service answered with an error, and no result has the name, nothing has started: the request is sent again.
 *
 * @param name  Unique, and in the body.
 * @throws {HostedServiceError}
 */
export async function startOnce(use: StartUse, body: object, name: string): Promise<Started> {
  const { client, clock, signal, keepsKeys } = use
  const startedMs = clock.now()
  // Header values can contain only Latin-1.
  const key = createHash('sha256').update(name).digest('hex')
  for (let tries = 0; ; tries += 1) {
    try {
      const answer = await client.post('scenarios/run_scenarios/', body, signal, { 'Idempotency-Key': key })
      const started = readStarted(answer.body)
      if (!started) throw new ApiFailure(serviceTroubles.noResultId(client))
      return started
    } catch (cause) {
      if (!(cause instanceof ApiFailure)) throw cause
      if (mayHaveBegun(cause) && !keepsKeys) {
        const found = await findByName(use, name)
        if (found) return found
        if (cause.trouble.kind === 'lost') throw inDoubt(cause, name)
      }
      const waitMs = waitBefore(cause, tries)
      if (waitMs === undefined || clock.now() + waitMs - startedMs > patienceMs) throw asServiceError(cause)
      await pause(waitMs, clock, signal)
    }
  }
}

function mayHaveBegun({ trouble: { kind, status = 0 } }: ApiFailure): boolean {
  return kind === 'lost' || (kind === 'answered' && status >= 500)
}

function inDoubt({ message }: ApiFailure, name: string): HostedServiceError {
  return new HostedServiceError(
    'unavailable',
    `${message} The calls may have started, so they are not requested again. Check the service for the result ${JSON.stringify(name)}.`,
  )
}

async function findByName({ client, clock, signal }: StartUse, name: string): Promise<Started | undefined> {
  const get = async (path: string): Promise<unknown> =>
    (await retry(() => client.get(path, signal), { clock, signal, forMs: patienceMs })).body
  for (const ms of looksMs) {
    await pause(ms, clock, signal)
    const listed = asObject(await get(`results/?search=${encodeURIComponent(name)}&page_size=100`))['results']
    const own = (Array.isArray(listed) ? listed : []).map(asObject).find(result => result['name'] === name)
    const id = asWhole(own?.['id'])
    if (id !== undefined) return readStarted(await get(`results/${id}/`))
  }
  return undefined
}

/** The answer to a start request lists its runs; a result has an object of them, by id. */
function readStarted(body: unknown): Started | undefined {
  const { id, runs } = asObject(body)
  const result = asWhole(id)
  if (result === undefined || typeof runs !== 'object' || runs === null) return undefined
  const read = (
    Array.isArray(runs) ? (runs as unknown[]) : Object.entries(runs).map(([run, rest]) => ({ id: run, ...asObject(rest) }))
  ).map(asObject)
  return {
    id: result,
    runs: read.flatMap(run => {
      const own = asWhole(run['id'])
      return own === undefined ? [] : [{ id: own, scenario: asWhole(run['scenario']), scenarioName: asText(run['scenario_name']) }]
    }),
  }
}
