import { diagnose, type Diagnostic } from '../../domain/diagnostic.js'
import type { Agent, Connection } from '../../domain/document.js'

/** The agent at the address that the command line gives for it; it is then somebody else's to start and stop. */
export function agentWith(agent: Agent, addresses: Readonly<Record<string, string>> | undefined, problems: Diagnostic[]): Agent {
  const address = addresses?.[agent.key]
  if (address === undefined) return agent
  const { key } = agent
  const connection = connectionAt(agent.connection, address)
  if ('form' in connection) {
    problems.push(diagnose('OPTION_AGENT_UNFIT', { key, address, type: agent.connection.type, form: connection.form }))
    return agent
  }
  const { start: _, ...rest } = agent
  return { ...rest, connection }
}

/** The connection, at the address; or the form that the address should have, if the connection has one at all. */
function connectionAt(connection: Connection, address: string): Connection | { form: string | undefined } {
  const isHttp = /^https?:\/\/./.test(address)
  switch (connection.type) {
    case 'http':
      return isHttp ? { ...connection, url: address } : { form: 'http://127.0.0.1:8000/chat' }
    case 'openai':
      return isHttp ? { ...connection, base_url: address } : { form: 'http://127.0.0.1:8000/v1' }
    case 'hosted':
      return isHttp ? { ...connection, base_url: address } : { form: 'https://api.example.com' }
    case 'websocket':
      return /^wss?:\/\/./.test(address) ? { ...connection, url: address } : { form: 'ws://127.0.0.1:8765' }
    default:
      return { form: undefined }
  }
}
