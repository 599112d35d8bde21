import type { MockTool } from '../domain/mock-tool.js'

/** The mock tools of one call. */
export interface CallTools {
  /** Their HTTP address, which identifies the call. */
  readonly url: string
  /** Their address as an MCP server. */
  readonly mcpUrl: string
  readonly list: readonly MockTool[]
  /**
   * For a channel that receives the agent's tool calls itself: the tool's answer, after its delay. The channel emits the
   * events of the call and its result.
   *
   * @throws The signal's reason, when it aborts.
   */
  answer(name: string, args: unknown, signal: AbortSignal): Promise<ToolAnswer>
}

export interface ToolAnswer {
  /** Any JSON; for an error, `{ error }`. */
  readonly result: unknown
  readonly isError: boolean
  /** No entry of the tool's table matched the call. */
  readonly isUnmatched: boolean
}
