import { diagnose, type Diagnostic } from '../../domain/diagnostic.js'
import { traitsOf } from '../../domain/connection.js'
import { atAddress } from '../../domain/connection-facts.js'
import type { Agent } from '../../domain/document.js'
import { shownAddress } from '../../domain/shown-address.js'

/** The agent at the address that the command line gives. Callsheet then does not start or stop it. */
export function agentWith(agent: Agent, addresses: Readonly<Record<string, string>> | undefined, problems: Diagnostic[]): Agent {
  const address = addresses?.[agent.key]
  if (address === undefined) return agent
  const connection = atAddress(agent.connection, address)
  if (!connection) {
    const { type } = agent.connection
    problems.push(
      diagnose('OPTION_AGENT_UNFIT', { key: agent.key, address: shownAddress(address), type, form: traitsOf[type].address?.example }),
    )
    return agent
  }
  const { start: _, ...rest } = agent
  return { ...rest, connection }
}
