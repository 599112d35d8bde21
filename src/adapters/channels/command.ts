import { resolve } from 'node:path'
import { FaultError } from '../../domain/outcome.js'
import type { Call, Channel, ChannelFactory } from '../../ports/channel.js'
import { connectionOf } from './connection-of.js'
import { infraFault } from './faults.js'
import { openProgramConversation, type Drop } from './command/program-conversation.js'

/**
 * A process a conversation: JSON lines on standard input and output, the frames of the text WebSocket; the agent may speak
 * at any time.
 *
 * The process reads of its call in CALLSHEET_RESULT_ID, CALLSHEET_RUN_ID, CALLSHEET_SCENARIO_ID (the key where there is no
 * id) and CALLSHEET_AGENT_VARIABLES (JSON); of its mock tools, where it has any, in CALLSHEET_MOCK_TOOLS_URL and
 * CALLSHEET_MCP_URL.
 */
export const commandChannel: ChannelFactory = (agent, { clock }): Channel => {
  const { command, env = {}, cwd = '.' } = connectionOf(agent, 'command')
  const live = new Set<Drop>()
  return {
    open: (call, hear, signal) => {
      const start = { command, cwd: resolve(agent.folder, cwd), env: { ...callVariables(call), ...env } }
      return openProgramConversation({ start, call, hear, signal, clock, live })
    },
    [Symbol.asyncDispose]: async () => {
      const closed = new FaultError(infraFault('interrupted', `The channel to agent "${agent.key}" was closed.`))
      await Promise.all([...live].map(drop => drop(closed)))
    },
  }
}

function callVariables({ result, runId, scenario, agentVariables, tools }: Call): Record<string, string> {
  return {
    CALLSHEET_RESULT_ID: result,
    CALLSHEET_RUN_ID: runId,
    CALLSHEET_SCENARIO_ID: String(scenario.id ?? scenario.key),
    CALLSHEET_AGENT_VARIABLES: JSON.stringify(agentVariables),
    ...(tools && { CALLSHEET_MOCK_TOOLS_URL: tools.url, CALLSHEET_MCP_URL: tools.mcpUrl }),
  }
}
