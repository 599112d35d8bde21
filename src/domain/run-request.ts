import type { ChirpConnection, WebsocketConnection } from './connection.js'
import type { Agent, Document, Limits, RunEntry, Scenario, Selector } from './document.js'
import type { Span } from './source.js'
import { unreachable } from './unreachable.js'

/**
 * One request of the run-scenarios API, in the suite's own names. It is plain data, stored with the result and sent to
 * workers. With the document it gives the same plan again.
 */
export interface RunRequest {
  readonly name: string
  /** Key of the agent. */
  readonly agent: string
  readonly scenarios: Selector
  /** Any of these tags; empty: all scenarios. */
  readonly tags: readonly string[]
  /** Repeats of each case. */
  readonly frequency: number
  /** Keys; empty: the scenarios' own. */
  readonly personalities: readonly string[]
  readonly testProfiles: readonly string[]
  readonly mode: RunEntry['mode']
  readonly outboundPhoneNumber?: string
  readonly agentNumber?: string
  readonly concurrencyLimit?: number
  /** Names of the agent's mock tools; absent: all. */
  readonly mockTools?: readonly string[]
  readonly reach: Reach
  /** The request brought its own scenarios: they are in the stored document, not in any suite. */
  readonly bringsScenarios?: true
}

/** How the agent of a request is reached. */
export type Reach =
  /** Over its own connection. */
  | { readonly kind: 'own' }
  /** At another WebSocket, or at its own with other headers. */
  | { readonly kind: 'websocket'; readonly address: WebsocketAddress }
  /** Called at another WebSocket with PCM. */
  | { readonly kind: 'chirp'; readonly address: WebsocketAddress }
  /** Called at another SIP address, not over a trunk of ours. */
  | { readonly kind: 'sip'; readonly uri: string }
  /** Each scenario at its own WebSocket, by scenario key. Each becomes a run entry. */
  | { readonly kind: 'each'; readonly addresses: Readonly<Record<string, WebsocketAddress>> }
  /** The client speaks the agent's part, turn by turn. */
  | Chat

export interface Chat {
  readonly kind: 'chat'
  /** Limit of the whole conversation; absent: the scenario's. */
  readonly timeoutMs?: number
}

export interface WebsocketAddress {
  /** Absent: the agent's own. Its user, password and query are secrets. */
  readonly url?: string
  /** Override the agent's own headers of the same name. Their values are secrets. */
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * The run entries of a request: one, or one per scenario with its own address.
 *
 * @param at  The request's place in diagnostics.
 * @throws {RangeError} when the document lacks what the request names: it is the wrong document.
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
    // A request that brings its scenarios has their frequency in them.
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
      return [entryOf(request.name, reachedAt(agent, reach.address, 'websocket'), request.scenarios)]
    case 'chirp':
      return [entryOf(request.name, reachedAt(agent, reach.address, 'chirp'), request.scenarios)]
    case 'sip':
      return [entryOf(request.name, calledAt(agent, reach.uri), request.scenarios)]
    case 'each':
      // Run keys contain the entry's name and must be unique.
      return Object.entries(reach.addresses).map(([key, address], i) =>
        entryOf(`${request.name} ${i + 1}`, reachedAt(agent, address, 'websocket'), { kind: 'keys', keys: [key] }),
      )
    case 'chat':
      return [entryOf(request.name, polled(agent), request.scenarios)]
    default:
      return unreachable(reach)
  }
}

/** The addresses in a request. They may contain secrets. */
export function addressesOf({ reach }: Pick<RunRequest, 'reach'>): readonly WebsocketAddress[] {
  switch (reach.kind) {
    case 'own':
    case 'sip':
    case 'chat':
      return []
    case 'websocket':
    case 'chirp':
      return [reach.address]
    case 'each':
      return Object.values(reach.addresses)
    default:
      return unreachable(reach)
  }
}

/**
 * The scenarios, adapted to the request. In a chat only the whole conversation is limited: its client may take its time, and
 * no idle prompt interrupts.
 */
export function scenariosOf({ reach }: RunRequest, { scenarios }: Document): readonly Scenario[] {
  if (reach.kind !== 'chat') return scenarios
  return scenarios.map(scenario => {
    const maxDurationMs = reach.timeoutMs ?? scenario.maxDurationMs
    return { ...scenario, maxDurationMs, idleTimeoutMs: maxDurationMs }
  })
}

/**
 * The limits, adapted to the request. A waiting chat costs nothing, so all may be open at once, for as long as the request
 * says.
 */
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

/** The agent at a SIP address that a request names. It gets nothing that is meant for the agent's own. */
function calledAt({ start: _, ...agent }: Agent, uri: string): Agent {
  return { ...agent, inbound: true, connection: { type: 'sip', uri }, isForeign: true }
}

/**
 * The agent behind another WebSocket, which Callsheet does not start or stop. Another address does not receive the headers
 * and the secrets of the agent's own address.
 */
function reachedAt(agent: Agent, { url, headers }: WebsocketAddress, type: 'websocket' | 'chirp'): Agent {
  const own = isReachedBy(agent.connection, type) ? agent.connection : undefined
  if (own && (url === undefined || isSameOrigin(url, own.url))) {
    const { start, ...rest } = agent
    const connection = { ...own, url: url ?? own.url, ...((own.headers ?? headers) && { headers: mergeHeaders(own.headers, headers) }) }
    return { ...rest, connection, ...(url === undefined ? start && { start } : { isForeign: true }) }
  }
  if (url === undefined) throw new RangeError(`${agent.key} has no ${type} connection.`)
  const { start: _, ...rest } = agent
  return { ...rest, connection: { type, url, ...(headers && { headers: { ...headers } }) }, isForeign: true }
}

function isReachedBy(connection: Agent['connection'], type: 'websocket' | 'chirp'): connection is WebsocketConnection | ChirpConnection {
  return connection.type === type
}

function isSameOrigin(a: string, b: string): boolean {
  const [first, second] = [originOf(a), originOf(b)]
  return first !== undefined && first === second
}

/** `wss://agent.example.com`; `undefined` if the text is not a WebSocket URL. */
function originOf(url: string): string | undefined {
  return /^(wss?:\/\/[^/?#]+)/i.exec(url)?.[1]?.toLowerCase()
}

/** Header names ignore case. */
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
