import { httpChannel } from '../../../src/adapters/channels/http.js'
import { systemClock } from '../../../src/adapters/clocks/system.js'
import { openToolDesk } from '../../../src/adapters/tools/tool-desk.js'
import type { Connection } from '../../../src/domain/connection.js'
import type { MockAnswer, MockCase, MockTool } from '../../../src/domain/mock-tool.js'
import type { Channel } from '../../../src/ports/channel.js'
import type { ToolDesk } from '../../../src/ports/tool-desk.js'
import { agent, somewhere } from '../../support/build.js'

/** A tool of an agent under test. */
export function tool(name: string, cases: readonly MockCase[], more: Partial<MockTool> = {}): MockTool {
  return { name, cases, at: somewhere, ...more }
}

export function gives(output: unknown, more: Partial<MockCase> = {}): MockCase {
  return { input: {}, gives: { output }, delayMs: 0, ...more }
}

export function fails(error: string): MockAnswer {
  return { gives: { error }, delayMs: 0 }
}

export function deskOf(tools: readonly MockTool[], port?: number): Promise<ToolDesk> {
  return openToolDesk(agent({ mockTools: { tools, ...(port !== undefined && { port }) } }), { clock: systemClock })
}

/** A channel to test/agents/tool-agent.js, which is told its tools in each turn, or else only its run. */
export async function toolAgentChannel(url: string, told: 'tools' | 'run' | 'nothing'): Promise<Channel> {
  const body = {
    message: '{{message}}',
    ...(told === 'tools' && { tools: '{{mock_tools.url}}' }),
    ...(told === 'run' && { run: '{{run.id}}' }),
  }
  const connection: Connection = { type: 'http', url, body, toolCalls: '/tools' }
  return httpChannel(agent({ connection }), { clock: systemClock, concurrency: 100 })
}
