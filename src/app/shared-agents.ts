import type { Agent } from '../domain/document.js'
import type { Adapters } from './registry.js'
import { createSwitchboard, type Switchboard } from './switchboard.js'

/**
 * The agents of a process that lives long: each is started and connected to once for all who use it, and let go when
 * nobody has used it for a while.
 */
export interface SharedAgents extends AsyncDisposable {
  /**
   * Takes an agent into use. One that was changed in its suite is another one: those under way go on with the old.
   *
   * @param onReady  Told if the agent is started while it is in use, once it is ready.
   */
  use(agent: Agent, onReady?: (agent: Agent, tookMs: number) => void): AgentInUse
}

/** To be disposed when it is not used any more. */
export interface AgentInUse extends Pick<Switchboard, 'channel' | 'crashed'>, Disposable {
  /** The same for all who use the same agent. */
  readonly shared: object
}

/** Connections to an agent that has no limit of its own. */
const widest = 1000
/** How long an agent is kept that nobody uses; and how long it stays failed if it could not be started. */
const usualIdleMs = 60_000

interface SharedAgent {
  readonly switchboard: Switchboard
  readonly onReady: Set<(agent: Agent, tookMs: number) => void>
  users: number
  /** By the clock. */
  failedAt?: number
  cancelIdle?: () => void
}

export function createSharedAgents(use: Adapters, idleMs = usualIdleMs): SharedAgents {
  const { clock } = use
  const agents = new Map<string, SharedAgent>()
  /** What is let go, until it is gone. */
  const going = new Set<Promise<void>>()
  const gone = new AbortController()

  const open = (agent: Agent): SharedAgent => {
    const onReady: SharedAgent['onReady'] = new Set()
    const tell = (ready: Agent, tookMs: number): void => onReady.forEach(each => each(ready, tookMs))
    return { switchboard: createSwitchboard(use, agent.limits.concurrency ?? widest, tell, gone.signal), onReady, users: 0 }
  }
  const letGo = (shared: SharedAgent): void => {
    const leaving = Promise.resolve(shared.switchboard[Symbol.asyncDispose]()).then(() => undefined, () => undefined)
    going.add(leaving)
    void leaving.then(() => going.delete(leaving))
  }
  /** One whose process has ended is started anew; one that could not be started, after a while. */
  const isSpoilt = ({ switchboard, failedAt }: SharedAgent, agent: Agent): boolean =>
    switchboard.crashed(agent) !== undefined || (failedAt !== undefined && clock.now() - failedAt > idleMs)

  return {
    use(agent, onReady) {
      const key = identityOf(agent)
      let shared = agents.get(key)
      if (shared && isSpoilt(shared, agent)) {
        shared.cancelIdle?.()
        if (shared.users === 0) letGo(shared)
        shared = undefined
      }
      const own = shared ?? open(agent)
      agents.set(key, own)
      own.users += 1
      own.cancelIdle?.()
      if (onReady) own.onReady.add(onReady)
      return {
        shared: own,
        crashed: own.switchboard.crashed,
        async channel(which) {
          try {
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
      gone.abort()
      for (const shared of agents.values()) {
        shared.cancelIdle?.()
        letGo(shared)
      }
      agents.clear()
      await Promise.all(going)
    },
  }
}

/** Agents are one and the same if all that they are is. */
function identityOf({ at: _, ...agent }: Agent): string {
  return JSON.stringify(agent)
}
