import type { Agent, Document, Limits, RunEntry, Scenario, Selector } from './document.js'
import type { Span } from './source.js'
import { unreachable } from './unreachable.js'

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
  readonly reach: Reach
  /** Its scenarios came with it: they are in the document that is kept with the result, and in no suite. */
  readonly bringsScenarios?: true
}

/** How the agent of a request is reached. */
export type Reach =
  /** Over its own connection. */
  | { readonly kind: 'own' }
  /** At another WebSocket, or at its own with other headers. */
  | { readonly kind: 'websocket'; readonly address: WebsocketAddress }
  /** Each scenario at a WebSocket of its own, by the scenario's key; each becomes an entry of its own. */
  | { readonly kind: 'each'; readonly addresses: Readonly<Record<string, WebsocketAddress>> }
  /** The client speaks the agent's part, turn by turn. */
  | Chat

export interface Chat {
  readonly kind: 'chat'
  /** How long a whole conversation may take; absent: as long as its scenario says. */
  readonly timeoutMs?: number
}

export interface WebsocketAddress {
  /** Absent: the agent's own. Its user, password and query are secrets. */
  readonly url?: string
  /** Take the place of the agent's own of the same name. Their values are secrets. */
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
  const { reach } = request
  const entryOf = (name: string, reached: Agent, scenarios: Selector): RunEntry => ({
    name,
    agent: reached,
    scenarios,
    tags: request.tags,
    tagsAll: [],
    tagsNot: [],
    // What brings its scenarios has their frequency in them.
    ...(!request.bringsScenarios && { frequency: request.frequency }),
    personalities: request.personalities.map(key => find(document.personalities, key)),
    testProfiles: request.testProfiles.map(key => find(document.testProfiles, key)),
    mode: request.mode,
    ...(request.outboundPhoneNumber !== undefined && { outboundPhoneNumber: request.outboundPhoneNumber }),
    ...(request.agentNumber !== undefined && { agentNumber: request.agentNumber }),
    ...(request.concurrencyLimit !== undefined && { concurrencyLimit: request.concurrencyLimit }),
    ...(request.mockTools && { mockToolNames: request.mockTools }),
    at,
  })
  switch (reach.kind) {
    case 'own':
      return [entryOf(request.name, agent, request.scenarios)]
    case 'websocket':
      return [entryOf(request.name, reachedAt(agent, reach.address), request.scenarios)]
    case 'each':
      // Keys of runs contain the entry's name, and must be unique.
      return Object.entries(reach.addresses).map(([key, address], i) =>
        entryOf(`${request.name} ${i + 1}`, reachedAt(agent, address), { kind: 'keys', keys: [key] }),
      )
    case 'chat':
      return [entryOf(request.name, polled(agent), request.scenarios)]
    default:
      return unreachable(reach)
  }
}

/** The addresses that a request brings along. They may contain secrets. */
export function addressesOf({ reach }: Pick<RunRequest, 'reach'>): readonly WebsocketAddress[] {
  switch (reach.kind) {
    case 'own':
    case 'chat':
      return []
    case 'websocket':
      return [reach.address]
    case 'each':
      return Object.values(reach.addresses)
    default:
      return unreachable(reach)
  }
}

/** What the conversations of a request are made of. Every connection that there is carries text. */
export function mediumOf({ reach }: Pick<RunRequest, 'reach'>): 'text' | 'voice' {
  switch (reach.kind) {
    case 'own':
    case 'websocket':
    case 'each':
    case 'chat':
      return 'text'
    default:
      return unreachable(reach)
  }
}

/**
 * A request's scenarios as it wants them held. Whoever chats may take their time: only that of the whole conversation is
 * limited, and nobody asks in between whether they are still there.
 */
export function scenariosOf({ reach }: RunRequest, { scenarios }: Document): readonly Scenario[] {
  if (reach.kind !== 'chat') return scenarios
  return scenarios.map(scenario => {
    const maxDurationMs = reach.timeoutMs ?? scenario.maxDurationMs
    return { ...scenario, maxDurationMs, idleTimeoutMs: maxDurationMs }
  })
}

/** A chat that waits costs nothing: all may be open at once, and for as long as was asked for. */
export function limitsOf({ reach }: RunRequest, { limits }: Document): Limits {
  if (reach.kind !== 'chat') return limits
  return { ...limits, concurrency: limits.maxRuns, runTimeoutMs: Math.max(limits.runTimeoutMs, reach.timeoutMs ?? 0) }
}

/** Longer than any conversation. */
const neverMs = 24 * 60 * 60 * 1000

function polled(agent: Agent): Agent {
  const { start: _, limits: _limits, ...rest } = agent
  return { ...rest, connection: { type: 'polled' }, silenceMs: neverMs, limits: {} }
}

/**
 * The agent behind another WebSocket; it is then somebody else's to start and stop. What the agent's own address is told
 * in confidence, its headers and its secret, another one is not.
 */
function reachedAt(agent: Agent, { url, headers }: WebsocketAddress): Agent {
  const own = agent.connection.type === 'websocket' ? agent.connection : undefined
  if (own && (url === undefined || isSameOrigin(url, own.url))) {
    const { start, ...rest } = agent
    const connection = { ...own, url: url ?? own.url, ...((own.headers ?? headers) && { headers: mergeHeaders(own.headers, headers) }) }
    return { ...rest, connection, ...(url === undefined ? start && { start } : { isForeign: true }) }
  }
  if (url === undefined) throw new RangeError(`${agent.key} is not reached over a WebSocket.`)
  const { start: _, ...rest } = agent
  return { ...rest, connection: { type: 'websocket', url, ...(headers && { headers: { ...headers } }) }, isForeign: true }
}

function isSameOrigin(a: string, b: string): boolean {
  const [first, second] = [originOf(a), originOf(b)]
  return first !== undefined && first === second
}

/** `wss://agent.example.com`; `undefined` of what is no URL of a WebSocket. */
function originOf(url: string): string | undefined {
  return /^(wss?:\/\/[^/?#]+)/i.exec(url)?.[1]?.toLowerCase()
}

/** Names of headers are the same in upper and lower case. */
function mergeHeaders<Value>(
  own: Readonly<Record<string, Value>> = {},
  other: Readonly<Record<string, Value>> = {},
): Record<string, Value> {
  const replaced = new Set(Object.keys(other).map(name => name.toLowerCase()))
  return { ...Object.fromEntries(Object.entries(own).filter(([name]) => !replaced.has(name.toLowerCase()))), ...other }
}

function find<Noun extends { readonly key: string }>(nouns: readonly Noun[], key: string): Noun {
  const found = nouns.find(noun => noun.key === key)
  if (!found) throw new RangeError(`The document holds no ${key}.`)
  return found
}
