import type { ToolDesk } from '../ports/tool-desk.js'
import type { Adapters } from './registry.js'

interface SharedDesk {
  readonly desk: Promise<ToolDesk>
  users: number
}

/**
 * Only one listener can have a port. So all users of mock tools with a fixed port share a desk: a suite's agent, and the same
 * agent where a request reaches it in another way.
 */
export function withSharedDesks(use: Adapters): Adapters {
  const desks = new Map<number, SharedDesk>()
  const closing = new Map<number, Promise<void>>()

  const leave = async (port: number, shared: SharedDesk): Promise<void> => {
    shared.users -= 1
    if (shared.users > 0) return
    desks.delete(port)
    const closed = shared.desk.then(
      desk => desk[Symbol.asyncDispose](),
      () => undefined,
    )
    closing.set(port, closed)
    await closed.finally(() => closing.get(port) === closed && closing.delete(port))
  }

  return {
    ...use,
    async toolDesk(agent) {
      const port = agent.mockTools?.port
      if (port === undefined) return use.toolDesk(agent)
      const open = async (): Promise<ToolDesk> => {
        await closing.get(port)
        return use.toolDesk(agent)
      }
      const shared = desks.get(port) ?? { desk: open(), users: 0 }
      desks.set(port, shared)
      shared.users += 1
      try {
        return { ...(await shared.desk), [Symbol.asyncDispose]: () => leave(port, shared) }
      } catch (cause) {
        await leave(port, shared)
        throw cause
      }
    },
  }
}
