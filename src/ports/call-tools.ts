import type { MockTool } from '../domain/mock-tool.js'

/** The mock tools of one call. */
export interface CallTools {
  /** Where they are served, over HTTP; the address says whose call it is. */
  readonly url: string
  /** Where they are served, as an MCP server. */
  readonly mcpUrl: string
  readonly list: readonly MockTool[]
  /**
   * For a channel that takes the agent's tool calls itself: what the tool answers, after its delay. That it was called,
   * and what came back, is the channel's to tell.
   *
   * @throws the signal's reason, when it aborts.
   */
  answer(name: string, args: unknown, signal: AbortSignal): Promise<ToolAnswer>
}

export interface ToolAnswer {
  /** Any JSON; of an error `{ error }`. */
  readonly result: unknown
  readonly isError: boolean
  /** Nothing in the tool's table is for this call. */
  readonly isUnmatched: boolean
}
