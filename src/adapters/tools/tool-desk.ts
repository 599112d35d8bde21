import type { Agent } from '../../domain/document.js'
import type { MockTool } from '../../domain/mock-tool.js'
import type { Channel } from '../../ports/channel.js'
import type { Clock } from '../../ports/clock.js'
import type { ToolDesk, ToolDeskFactory } from '../../ports/tool-desk.js'
import { openDeskServer } from './desk-server.js'
import type { Seats } from './route.js'
import { takeSeat } from './seat.js'

/** Serves an agent's mock tools over HTTP and as an MCP server, only on this machine. */
export const openToolDesk: ToolDeskFactory = async (agent: Agent, { clock }): Promise<ToolDesk> => {
  const seats: Seats = new Map()
  const server = await openDeskServer(agent, seats)
  return {
    environment: { CALLSHEET_MOCK_TOOLS_URL: `${server.origin}/tools`, CALLSHEET_MCP_URL: `${server.origin}/mcp` },
    attend: (channel, tools) => attended(channel, tools, { seats, origin: server.origin, clock }),
    [Symbol.asyncDispose]: async () => {
      for (const seat of seats.values()) seat.leave()
      await server[Symbol.asyncDispose]()
    },
  }
}

interface Desk {
  readonly seats: Seats
  readonly origin: string
  readonly clock: Clock
}

function attended(channel: Channel, tools: readonly MockTool[], { seats, origin, clock }: Desk): Channel {
  return {
    ...channel,
    open: async (call, hear, signal) => {
      signal.throwIfAborted()
      const { runId } = call
      const onLeave = (): void => {
        seats.delete(runId)
        signal.removeEventListener('abort', seat.leave)
      }
      const seat = takeSeat(call, tools, { hear, clock, onLeave })
      seats.set(runId, seat)
      signal.addEventListener('abort', seat.leave)
      const place = `${origin}/runs/${encodeURIComponent(runId)}`
      const own = { url: `${place}/tools`, mcpUrl: `${place}/mcp`, list: tools, answer: seat.answer }
      try {
        // If the run picks no tools, the agent gets no address, and uses its own tools.
        const conversation = await channel.open(tools.length > 0 ? { ...call, tools: own } : call, seat.hear, signal)
        return {
          ...conversation,
          end: async lastWords => {
            await conversation.end(lastWords)
            seat.leave()
          },
          [Symbol.asyncDispose]: async () => {
            seat.leave()
            await conversation[Symbol.asyncDispose]()
          },
        }
      } catch (error) {
        seat.leave()
        throw error
      }
    },
  }
}
