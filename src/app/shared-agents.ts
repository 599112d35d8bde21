import type { Mask } from '../domain/mask.js'
import type { Agent } from '../domain/document.js'
import type { Adapters } from './registry.js'
import { withSharedDesks } from './shared-desks.js'
import { createSwitchboard, type Switchboard } from './switchboard.js'

/**
 * The agents of a long-lived process. Each is started and connected to once for all its users, and stopped after a while
 * without any.
 */
export interface SharedAgents extends AsyncDisposable {
  /**
   * Takes an agent into use. An agent whose suite has changed is another agent; conversations in progress keep the old one.
   *
   * @param mask  Masks what its faults quote; its first user's, for as long as it is open.
   * @param onReady  Called if the agent is started while it is in use, once it is ready.
   */
  use(agent: Agent, mask: Mask, onReady?: (agent: Agent, tookMs: number) => void): AgentInUse
}

/** Dispose it after use. */
export interface AgentInUse extends Pick<Switchboard, 'channel' | 'crashed'>, Disposable {
  /** The same object for all users of the same agent. */
  readonly shared: object
}

/** Connections to an agent without a limit of its own. */
const widest = 1000
/** How long an unused agent is kept, and how long an agent that could not be started counts as failed. */
const usualIdleMs = 60_000

interface SharedAgent {
  readonly switchboard: Switchboard
  readonly agent: Agent
  /** Resolves when the agents in its way are gone. */
  readonly before: Promise<unknown>
  readonly gone: Promise<void>
  /** Resolves `gone`. */
  left(): void
  readonly onReady: Set<(agent: Agent, tookMs: number) => void>
  users: number
  /** Milliseconds of the clock. */
  failedAt?: number
  cancelIdle?: () => void
}

export function createSharedAgents(adapters: Adapters, idleMs = usualIdleMs): SharedAgents {
  const use = withSharedDesks(adapters)
  const { clock } = use
  const agents = new Map<string, SharedAgent>()
  /** All agents with a process at a fixed address. Another one there can start only once they are gone. */
  const addressed = new Set<SharedAgent>()
  /** Agents that are being stopped. */
  const going = new Set<Promise<void>>()
  const closing = new AbortController()

  const open = (agent: Agent, mask: Mask): SharedAgent => {
    const onReady: SharedAgent['onReady'] = new Set()
    const tell = (ready: Agent, tookMs: number): void => onReady.forEach(each => each(ready, tookMs))
    const before = Promise.all(makeWay(agent.start?.ready))
    const { promise: gone, resolve: left } = promised()
    const concurrency = agent.limits.concurrency ?? widest
    const switchboard = createSwitchboard(use, { concurrency, mask, onReady: tell, signal: closing.signal })
    const opened: SharedAgent = { switchboard, agent, before, gone, left, onReady, users: 0 }
    if (agent.start?.ready !== undefined) addressed.add(opened)
    return opened
  }
  /** Stops unused agents at an address and takes no new users. @returns What resolves when they are gone. */
  const makeWay = (address: string | undefined): Promise<void>[] => {
    const inTheWay = [...addressed].filter(other => other.agent.start?.ready === address && isThere(other))
    for (const [key, other] of agents) {
      if (!inTheWay.includes(other)) continue
      agents.delete(key)
      other.cancelIdle?.()
      if (other.users === 0) letGo(other)
    }
    return inTheWay.map(({ gone }) => gone)
  }
  const isThere = ({ switchboard, agent, failedAt }: SharedAgent): boolean =>
    failedAt === undefined && switchboard.crashed(agent) === undefined
  const letGo = (shared: SharedAgent): void => {
    const leaving = Promise.resolve(shared.switchboard[Symbol.asyncDispose]()).then(
      () => undefined,
      () => undefined,
    )
    going.add(leaving)
    void leaving.finally(() => {
      going.delete(leaving)
      addressed.delete(shared)
      shared.left()
    })
  }
  /** An agent whose process has ended is started anew; one that could not be started, after a while. */
  const isSpoilt = ({ switchboard, failedAt }: SharedAgent, agent: Agent): boolean =>
    switchboard.crashed(agent) !== undefined || (failedAt !== undefined && clock.now() - failedAt > idleMs)

  return {
    use(agent, mask, onReady) {
      const key = identityOf(agent)
      let shared = agents.get(key)
      if (shared && isSpoilt(shared, agent)) {
        shared.cancelIdle?.()
        if (shared.users === 0) letGo(shared)
        shared = undefined
      }
      const own = shared ?? open(agent, mask)
      agents.set(key, own)
      own.users += 1
      own.cancelIdle?.()
      if (onReady) own.onReady.add(onReady)
      return {
        shared: own,
        crashed: own.switchboard.crashed,
        async channel(which) {
          try {
            await own.before
            return await own.switchboard.channel(which)
          } catch (cause) {
            own.failedAt ??= clock.now()
            throw cause
          }
        },
        [Symbol.dispose]() {
          own.users -= 1
          if (onReady) own.onReady.delete(onReady)
          if (own.users > 0) return
          if (agents.get(key) !== own) return letGo(own)
          own.cancelIdle = clock.after(idleMs, () => {
            agents.delete(key)
            letGo(own)
          })
        },
      }
    },
    async [Symbol.asyncDispose]() {
      closing.abort()
      for (const shared of agents.values()) {
        shared.cancelIdle?.()
        letGo(shared)
      }
      agents.clear()
      await Promise.all(going)
    },
  }
}

/**
 * Two agents are the same if all their settings are. Their position in the file, their knowledge and the mock tools that a
 * request picks do not count.
 */
function identityOf({ at: _, knowledge: _knowledge, mockTools, ...agent }: Agent): string {
  const tools = mockTools?.tools.map(({ at: _at, ...tool }) => tool)
  return JSON.stringify([agent, mockTools?.port, tools])
}

/** A promise and its resolver. */
function promised(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve!: () => void
  const promise = new Promise<void>(settle => (resolve = settle))
  return { promise, resolve }
}
