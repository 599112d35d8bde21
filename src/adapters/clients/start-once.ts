import { createHash } from 'node:crypto'
import type { Clock } from '../../ports/clock.js'
import { serviceTroubles } from '../../domain/faults/service-troubles.js'
import { HostedServiceError } from '../../ports/hosted-service.js'
import { ApiFailure, type ApiClient } from './api-client.js'
import { asObject, asText, asWhole } from './loose.js'
import { asServiceError, pause, tryAgain, waitBefore } from './try-again.js'

/** A result that was begun, and its runs as far as the answer tells of them. */
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
  /** Whether the service is known to tell a repeated request by its Idempotency-Key. */
  readonly keepsKeys: boolean
}

const patienceMs = 120_000
/** When a result is looked for whose beginning was not answered: it may take a while to be listed. */
const looksMs = [1000, 2000, 4000, 8000]

/**
 * Sends a request that starts calls, so that they are started once.
 *
 * - Where the request never arrived, or was answered with "not now", it is sent again.
 * - Where no answer came the calls may have been started. A service that keeps Idempotency-Keys is sent the same request
 *   again; of another the result is looked for by its name, and never asked for twice.
 * - Where the service answered that it failed, and no result has the name, it has not begun one: it is sent again.
 *
 * @param name  Unique, and in the body.
 * @throws {HostedServiceError}
 */
export async function startOnce(use: StartUse, body: object, name: string): Promise<Started> {
  const { client, clock, signal, keepsKeys } = use
  const startedMs = clock.now()
  // A header holds no letters but those of Latin-1.
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
    (await tryAgain(() => client.get(path, signal), { clock, signal, forMs: patienceMs })).body
  for (const ms of looksMs) {
    await pause(ms, clock, signal)
    const listed = asObject(await get(`results/?search=${encodeURIComponent(name)}&page_size=100`))['results']
    const own = (Array.isArray(listed) ? listed : []).map(asObject).find(result => result['name'] === name)
    const id = asWhole(own?.['id'])
    if (id !== undefined) return readStarted(await get(`results/${id}/`))
  }
  return undefined
}

/** The answer to what begins a result has a list of runs, a result an object of them, by id. */
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
