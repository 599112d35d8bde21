import type { Agent } from '../domain/document.js'
import type { MockTool } from '../domain/mock-tool.js'
import type { Channel } from './channel.js'
import type { Clock } from './clock.js'

/** Serves an agent's mock tools for as long as a suite runs. Disposing it closes it. */
export interface ToolDesk extends AsyncDisposable {
  /** Environment variables that tell the agent's own process where the tools are. */
  readonly environment: Readonly<Record<string, string>>
  /** Decorates a channel: in its conversations the agent has these tools, and their calls are recorded. */
  attend(channel: Channel, tools: readonly MockTool[]): Channel
}

/**
 * Opens the desk of an agent with mock tools.
 *
 * @throws {FaultError} `not_started`, by infra, when they cannot be served.
 */
export type ToolDeskFactory = (agent: Agent, use: { readonly clock: Clock }) => Promise<ToolDesk>
