import { addAll } from '../../domain/add-all.js'
import type { HostedServiceFactory } from '../../ports/hosted-service.js'
import { HostedServiceError } from '../../ports/hosted-service.js'
import { createApiClient, type ApiAnswer } from './api-client.js'
import { readHostedRun, readCases } from './read-runs.js'
import { readStanding } from './read-standing.js'
import { startOnce, type Started } from './start-once.js'
import { asServiceError, retry } from './retry.js'

/** How many runs one request asks for. */
const batch = 50
/**
 * How long to retry a service that does not answer. The first request retries for less time: the service is likelier
 * not to exist.
 */
const patienceMs = 120_000
const firstPatienceMs = 10_000

/** The service behind a hosted connection. */
export const hostedService: HostedServiceFactory = ({ connection }, { clock, mask, network }) => {
  if (connection.type !== 'hosted') throw new RangeError(`The agent is reached over ${connection.type}.`)
  const { baseUrl, apiKey, agentId: agent } = connection
  const client = createApiClient(baseUrl, apiKey, { mask, network })
  /**
   * Whether the service is Callsheet, which reports more and honours Idempotency-Keys. The header that tells is the
   * server's own: no agent can set it.
   */
  let isOurs = false
  /** By result: its state when last read. */
  const seen = new Map<number, string | null>()

  const heard = (answer: ApiAnswer): ApiAnswer => {
    isOurs = answer.headers.has('x-callsheet-api')
    return answer
  }
  const get = async (path: string, signal: AbortSignal, forMs = patienceMs): Promise<unknown> =>
    heard(await retry(() => client.get(path, signal), { clock, signal, forMs })).body
  const details = async (ids: readonly number[], signal: AbortSignal): Promise<unknown[]> => {
    const found: unknown[] = []
    for (let i = 0; i < ids.length; i += batch) {
      const runs = await get(`runs/bulk/?run_ids=${ids.slice(i, i + batch).join(',')}`, signal)
      if (Array.isArray(runs)) addAll(found, runs as unknown[])
    }
    return found
  }

  return {
    place: client.place.name,
    check: async signal => void (await get(`aiagents/${agent}/`, signal, firstPatienceMs)),
    async start(request, name, signal) {
      const started: Started = await startOnce({ client, clock, signal, keepsKeys: isOurs }, { ...request, name }, name)
      if (started.runs.length === 0)
        throw new HostedServiceError(
          'refused',
          `${client.place.name} began the result ${started.id} with no run in it: nothing is selected by what was asked for.`,
        )
      // The runs have started. They stay, even if their cases are not known yet.
      const told = await details(
        started.runs.map(({ id }) => id),
        signal,
      ).catch(() => [])
      return { id: started.id, cases: readCases(started.runs, told) }
    },
    async look(result, signal) {
      const etag = seen.get(result)
      const answer = heard(await client.get(`results/${result}/`, signal, etag ? { 'if-none-match': etag } : {}).catch(explain))
      if (answer.status === 304) return undefined
      seen.set(result, answer.headers.get('etag'))
      return readStanding(answer.body)
    },
    runs: async (ids, signal) => (await details(ids, signal)).flatMap(run => readHostedRun(run, isOurs) ?? []),
    async endCalls(result, signal) {
      await retry(() => client.post(`results/${result}/end_calls/`, {}, signal), { clock, signal, forMs: firstPatienceMs })
    },
  }
}

function explain(cause: unknown): never {
  throw asServiceError(cause)
}
