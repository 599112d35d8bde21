import { eventVersion, type SuiteEvent } from '../domain/event.js'
import { serviceTroubles } from '../domain/faults/service-troubles.js'
import { isRecord, parsedOf } from '../domain/json-value.js'
import { shownAddress } from '../domain/shown-address.js'
import type { Report } from '../domain/report.js'
import { ApiFailure, createApiClient, type ApiClient } from '../adapters/clients/api-client.js'
import { MessageTooLarge, readEventStream } from '../adapters/clients/event-stream.js'
import { asServiceError, pause, waitBefore } from '../adapters/clients/retry.js'
import { HostedServiceError } from '../ports/hosted-service.js'
import type { Adapters } from './registry.js'

export type Watched =
  | { readonly status: 'ended'; readonly report: Report }
  /** The result cannot be watched. */
  | { readonly status: 'refused'; readonly message: string }
  /** The connection was lost for good. */
  | { readonly status: 'lost'; readonly message: string }
  | { readonly status: 'interrupted' }

/** How long a server may be unreachable. */
const patienceMs = 300_000
/** Servers send a sign of life every 15 s. */
const silenceMs = 60_000

export interface WatchOptions {
  readonly apiKey: string | undefined
  /** Ends the watching early. */
  readonly signal: AbortSignal
  /** Called with each event, in order. */
  readonly show: (event: SuiteEvent) => void
  /** Called when the server cannot be reached, once until it is heard again: it is tried further. */
  readonly warn?: (message: string) => void
}

/**
 * Watches a server's result until it is over. If the connection breaks, continues after the last event received.
 *
 * @param url  The result's URL, `http://127.0.0.1:8080/test_framework/v1/results/167/`, or one below it.
 */
export async function watchResult(
  url: string,
  { apiKey, signal, show, warn }: WatchOptions,
  { clock, network }: Pick<Adapters, 'clock' | 'network'>,
): Promise<Watched> {
  const place = resultAddress(url)
  if (!place)
    return {
      status: 'refused',
      message: `${shownAddress(url)} is not the address of a result. Use an address like http://127.0.0.1:8080/results/167.`,
    }
  const client = createApiClient(place.base, apiKey, { network })
  let lastId = ''
  let heardMs = clock.now()
  for (let tries = 0; ; tries += 1) {
    try {
      for await (const { id, event } of eventsOf(client, place.result, lastId, signal)) {
        lastId = id
        heardMs = clock.now()
        tries = 0
        if (event.type === 'suite.started' && event.version !== eventVersion) {
          return { status: 'refused', message: otherFormat(event.version, shownAddress(place.base)) }
        }
        show(event)
        if (event.type === 'suite.ended') return { status: 'ended', report: event.report }
      }
      // A stopping server ends the stream; its next start continues it.
      throw new ApiFailure(serviceTroubles.closed(client))
    } catch (cause) {
      if (signal.aborted) return { status: 'interrupted' }
      if (cause instanceof MessageTooLarge)
        return { status: 'lost', message: `${shownAddress(place.base)} sent ${cause.message}. It is no Callsheet server.` }
      const waitMs = waitBefore(cause, tries)
      const failure = asServiceError(cause)
      if (!(failure instanceof HostedServiceError)) throw cause
      if (waitMs === undefined) return { status: failure.kind === 'refused' ? 'refused' : 'lost', message: failure.message }
      if (clock.now() + waitMs - heardMs > patienceMs) return { status: 'lost', message: failure.message }
      if (tries === 0) warn?.(`${failure.message} Trying again for up to ${patienceMs / 60_000} minutes.`)
      await pause(waitMs, clock, signal).catch(() => undefined)
    }
  }
}

async function* eventsOf(
  client: ApiClient,
  result: string,
  lastId: string,
  signal: AbortSignal,
): AsyncGenerator<{ readonly id: string; readonly event: SuiteEvent }> {
  const silent = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const isThere = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => silent.abort(new ApiFailure(serviceTroubles.silent(client))), silenceMs)
  }
  try {
    isThere()
    const bytes = await client.stream(
      `results/${result}/events`,
      AbortSignal.any([signal, silent.signal]),
      lastId === '' ? {} : { 'last-event-id': lastId },
    )
    for await (const message of readEventStream(heard(bytes, isThere))) {
      yield { id: message.lastId === '' ? lastId : message.lastId, event: eventIn(message.data, client) }
    }
  } finally {
    clearTimeout(timer)
  }
}

function eventIn(data: string, client: ApiClient): SuiteEvent {
  const event = parsedOf(data)
  if (!isRecord(event)) throw new ApiFailure(serviceTroubles.notJson({ ...client, text: data }))
  return event as unknown as SuiteEvent
}

async function* heard(bytes: AsyncIterable<Uint8Array>, isThere: () => void): AsyncGenerator<Uint8Array> {
  for await (const piece of bytes) {
    isThere()
    yield piece
  }
}

/** The API's base and the result's id, from any address of a result. */
export function resultAddress(url: string): { readonly base: string; readonly result: string } | undefined {
  const [, base, result] = /^(https?:\/\/[^?#]*?)\/results(?:-external)?\/(\d+)(?:\/[^?#]*)?$/.exec(url) ?? []
  // A browser shows the address of its page.
  const server = base?.replace(/\/ui$/, '')
  return server !== undefined && result !== undefined && URL.canParse(server) ? { base: server, result } : undefined
}

function otherFormat(version: number, server: string): string {
  const [kind, outdated] = version > eventVersion ? ['a newer', 'this one'] : ['an older', 'that server']
  return `${server} runs ${kind} Callsheet, whose events have format ${version}, and this one reads only format ${eventVersion}. Update ${outdated}.`
}
