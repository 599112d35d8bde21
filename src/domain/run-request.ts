import type { Agent, Document, RunEntry, Selector } from './document.js'
import type { Span } from './source.js'

/**
 * What somebody asks to be run, in the suite's own names: one request of the run-scenarios API. It is plain data that is
 * kept with the result and sent to workers; together with the document it gives the same plan again.
 */
export interface RunRequest {
  readonly name: string
  /** Key of the agent. */
  readonly agent: string
  readonly scenarios: Selector
  /** Any of these; empty: all. */
  readonly tags: readonly string[]
  /** Repeats of each. */
  readonly frequency: number
  /** Keys; empty: the scenarios' own. */
  readonly personalities: readonly string[]
  readonly testProfiles: readonly string[]
  readonly mode: RunEntry['mode']
  readonly outboundPhoneNumber?: string
  readonly agentNumber?: string
  readonly concurrencyLimit?: number
  /** Names of the agent's mock tools; absent: all of them. */
  readonly mockTools?: readonly string[]
  readonly asText: boolean
  /** Reaches the agent here instead of over its own connection. */
  readonly websocket?: WebsocketAddress
  /** The same for single scenarios, by key; each becomes an entry of its own. */
  readonly websockets?: Readonly<Record<string, WebsocketAddress>>
}

export interface WebsocketAddress {
  readonly url: string
  /** Replace the agent's own. Their values are secrets. */
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * The run entries that a request stands for: one, or one for each scenario that has an address of its own.
 *
 * @param at  The place that stands for the request in diagnostics.
 * @throws {RangeError} when the document does not hold what the request names: it is of another document.
 */
export function entriesOf(request: RunRequest, document: Document, at: Span): readonly RunEntry[] {
  const agent = find(document.agents, request.agent)
  const entry: RunEntry = {
    name: request.name,
    agent: request.websocket ? reachedAt(agent, request.websocket) : agent,
    scenarios: request.scenarios,
    tags: request.tags,
    tagsAll: [],
    tagsNot: [],
    frequency: request.frequency,
    personalities: request.personalities.map(key => find(document.personalities, key)),
    testProfiles: request.testProfiles.map(key => find(document.testProfiles, key)),
    mode: request.mode,
    ...(request.outboundPhoneNumber !== undefined && { outboundPhoneNumber: request.outboundPhoneNumber }),
    ...(request.agentNumber !== undefined && { agentNumber: request.agentNumber }),
    ...(request.concurrencyLimit !== undefined && { concurrencyLimit: request.concurrencyLimit }),
    at,
  }
  if (!request.websockets) return [entry]
  return Object.entries(request.websockets).map(([key, address], i) => ({
    ...entry,
    // Keys of runs bear the entry's name, and are to be unique.
    name: `${request.name} ${i + 1}`,
    agent: reachedAt(agent, address),
    scenarios: { kind: 'keys', keys: [key] },
  }))
}

/** The agent behind another WebSocket; it is then somebody else's to start and stop. */
function reachedAt(agent: Agent, { url, headers }: WebsocketAddress): Agent {
  const { start: _, ...rest } = agent
  const own = agent.connection.type === 'websocket' ? agent.connection : { type: 'websocket' as const }
  return { ...rest, connection: { ...own, url, ...(headers && { headers: { ...headers } }) } }
}

function find<Noun extends { readonly key: string }>(nouns: readonly Noun[], key: string): Noun {
  const found = nouns.find(noun => noun.key === key)
  if (!found) throw new RangeError(`The document holds no ${key}.`)
  return found
}
