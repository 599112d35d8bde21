import { resolve } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Call, Channel, ChannelFactory } from '../../ports/channel.js'
import { connectionOf } from './connection-of.js'
import { graceMs, openProgram, programName } from './command/program-pipe.js'
import { framedChannel } from './framed/framed-channel.js'

/**
 * One process per conversation. It exchanges JSON lines on standard input and output, in the text WebSocket's frame
 * format; the agent can speak at any time.
 *
 * Environment variables describe the call: CALLSHEET_RESULT_ID, CALLSHEET_RUN_ID, CALLSHEET_SCENARIO_ID (the key if
 * there is no id) and CALLSHEET_AGENT_VARIABLES (JSON). If the call has mock tools, CALLSHEET_MOCK_TOOLS_URL and
 * CALLSHEET_MCP_URL give their addresses.
 */
export const commandChannel: ChannelFactory = (agent, { clock, mask }): Channel => {
  const { command, env = {}, cwd = '.' } = connectionOf(agent, 'command')
  const place = programName(command, mask)
  const channel = framedChannel({
    place,
    parting: { longestMs: graceMs },
    clock,
    connect: call => on =>
      openProgram({ command, cwd: resolve(agent.folder, cwd), env: { ...callVariables(call), ...env } }, { place, clock }, on),
  })
  return {
    ...channel,
    open: async (call, hear, signal) => {
      await turnToStart()
      return channel.open(call, hear, signal)
    },
  }
}

let lastTurn: Promise<void> = Promise.resolve()

/** Starting a program stops everything for a moment, so one starts in each turn of the event loop. */
function turnToStart(): Promise<void> {
  lastTurn = lastTurn.then(() => nextTurn())
  return lastTurn
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
