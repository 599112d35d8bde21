import type { Diagnostic } from '../../domain/diagnostic.js'
import type { Agent, Connection } from '../../domain/document.js'

/** The agent at the address that the command line gives for it; it is then somebody else's to start and stop. */
export function agentWith(
  agent: Agent,
  addresses: Readonly<Record<string, string>> | undefined,
  problems: Diagnostic[],
): Agent {
  const address = addresses?.[agent.key]
  if (address === undefined) return agent
  const connection = connectionAt(agent.connection, address)
  if (connection === undefined) {
    problems.push({
      code: 'AGENT_ADDRESS_UNFIT',
      severity: 'error',
      message: `--agent ${agent.key}=${address} does not fit its connection, which is of type ${agent.connection.type}.`,
      hint: hintFor(agent.connection),
    })
    return agent
  }
  const { start: _, ...rest } = agent
  return { ...rest, connection }
}

function connectionAt(connection: Connection, address: string): Connection | undefined {
  const scheme = /^(https?|wss?):\/\/./.exec(address)?.[1]
  switch (connection.type) {
    case 'http':
      return scheme?.startsWith('http') ? { ...connection, url: address } : undefined
    case 'openai':
      return scheme?.startsWith('http') ? { ...connection, base_url: address } : undefined
    case 'websocket':
      return scheme?.startsWith('ws') ? { ...connection, url: address } : undefined
    default:
      return undefined
  }
}

function hintFor(connection: Connection): string {
  switch (connection.type) {
    case 'http':
    case 'openai':
      return 'Give an http:// or https:// address.'
    case 'websocket':
      return 'Give a ws:// or wss:// address.'
    default:
      return 'Only http, openai and websocket agents have an address.'
  }
}
