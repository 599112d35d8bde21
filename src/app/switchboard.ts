import type { Agent } from '../domain/document.js'
import { pickedTools } from '../domain/mock-tool.js'
import type { Mask } from '../domain/mask.js'
import type { Fault } from '../domain/fault.js'
import type { Channel } from '../ports/channel.js'
import type { LaunchedAgent } from '../ports/launcher.js'
import type { ToolDesk } from '../ports/tool-desk.js'
import type { Adapters } from './registry.js'

/** The agents of a suite. Each is started and connected to at its first call, and stopped on disposal. */
export interface Switchboard extends AsyncDisposable {
  /** @throws {FaultError} at every call when the agent could not be started. */
  channel(agent: Agent): Channel | Promise<Channel>
  /** The fault, once the agent's process has ended by itself. */
  crashed(agent: Agent): Fault | undefined
}

export interface SwitchboardOptions {
  /** Conversations at once. */
  readonly concurrency: number
  /** Masks what faults quote. */
  readonly mask: Mask
  /** Called once a started agent is ready. */
  onReady(agent: Agent, tookMs: number): void
  /** Ends the wait for agents that are being started. */
  readonly signal: AbortSignal
}

export function createSwitchboard(use: Adapters, { concurrency, mask, onReady, signal }: SwitchboardOptions): Switchboard {
  const lines = new Map<string, Promise<AgentRoute>>()
  /** Those that are connected: nobody waits for them. */
  const routes = new Map<string, AgentRoute>()
  const desks: ToolDesk[] = []
  const launched = new Map<string, LaunchedAgent>()

  const connect = async (agent: Agent): Promise<AgentRoute> => {
    // The desk comes first, because the agent's process gets its address.
    const desk = agent.mockTools && (await use.toolDesk(agent))
    if (desk) desks.push(desk)
    if (agent.start) {
      const env = { ...desk?.environment, ...agent.start.env }
      const running = await (await use.launcher()).launch({ ...agent, start: { ...agent.start, env } }, { signal, mask })
      launched.set(agent.key, running)
      onReady(agent, running.tookMs)
    }
    const channel = await use.channel(agent, { concurrency: Math.min(agent.limits.concurrency ?? concurrency, concurrency), mask })
    const route = { channel, desk }
    routes.set(agent.key, route)
    return route
  }

  return {
    channel(agent) {
      const route = routes.get(agent.key)
      if (route) return channelOf(route, agent)
      let line = lines.get(agent.key)
      if (!line) {
        line = connect(agent)
        lines.set(agent.key, line)
      }
      return line.then(connected => channelOf(connected, agent))
    },
    crashed: agent => launched.get(agent.key)?.crashed,
    async [Symbol.asyncDispose]() {
      const connected = await Promise.allSettled(lines.values())
      const open = connected.flatMap(each => (each.status === 'fulfilled' ? [each.value.channel] : []))
      await Promise.all(open.map(channel => channel[Symbol.asyncDispose]()))
      await Promise.all([...launched.values()].map(agent => agent[Symbol.asyncDispose]()))
      await Promise.all(desks.map(desk => desk[Symbol.asyncDispose]()))
    },
  }
}

/** Run entries share the agent, and each picks its own mock tools. */
function channelOf({ channel, desk }: AgentRoute, agent: Agent): Channel {
  return desk ? desk.attend(channel, pickedTools(agent.mockTools)) : channel
}

/** The channel to an agent, and the desk of its mock tools, if any. */
interface AgentRoute {
  readonly channel: Channel
  readonly desk: ToolDesk | undefined
}
