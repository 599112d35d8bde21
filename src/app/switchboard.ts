import type { Agent } from '../domain/document.js'
import type { Fault } from '../domain/outcome.js'
import type { Channel } from '../ports/channel.js'
import type { LaunchedAgent } from '../ports/launcher.js'
import type { Adapters } from './registry.js'

/** The agents of a suite: started and connected to when the first call asks for them, stopped when it is disposed. */
export interface Switchboard extends AsyncDisposable {
  /** @throws {FaultError} when the agent could not be started; every time it is asked for. */
  channel(agent: Agent): Promise<Channel>
  /** Set once the agent's process has ended of itself. */
  crashed(agent: Agent): Fault | undefined
}

/** @param onReady  Told once an agent that was started is ready. */
export function createSwitchboard(
  use: Adapters,
  concurrency: number,
  onReady: (agent: Agent, tookMs: number) => void,
  signal: AbortSignal,
): Switchboard {
  const channels = new Map<string, Promise<Channel>>()
  const launched = new Map<string, LaunchedAgent>()

  const connect = async (agent: Agent): Promise<Channel> => {
    if (agent.start) {
      const running = await (await use.launcher()).launch(agent, signal)
      launched.set(agent.key, running)
      onReady(agent, running.tookMs)
    }
    return use.channel(agent, Math.min(agent.limits.concurrency ?? concurrency, concurrency))
  }

  return {
    channel(agent) {
      let channel = channels.get(agent.key)
      if (!channel) {
        channel = connect(agent)
        channels.set(agent.key, channel)
      }
      return channel
    },
    crashed: agent => launched.get(agent.key)?.crashed,
    async [Symbol.asyncDispose]() {
      const connected = await Promise.allSettled(channels.values())
      const open = connected.flatMap(each => (each.status === 'fulfilled' ? [each.value] : []))
      await Promise.all(open.map(channel => channel[Symbol.asyncDispose]()))
      await Promise.all([...launched.values()].map(agent => agent[Symbol.asyncDispose]()))
    },
  }
}
