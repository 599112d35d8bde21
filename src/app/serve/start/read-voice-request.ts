import { isCalled, isHosted } from '../../../domain/connection-facts.js'
import type { Agent } from '../../../domain/document.js'
import type { Egress } from '../../../ports/channel.js'
import { bracketed, parseUri, writeUri } from '../../../adapters/sip/uri.js'
import type { Catalogue } from '../catalogue/catalogue.js'
import type { RunScenariosChirp, RunScenariosSip } from '../generated/requests.js'
import { readRunScenarios, type Sent } from './read-run-scenarios.js'
import { addressOf } from './read-websocket-request.js'
import type { WantedResult } from './start-result.js'

/** `run_scenarios_chirp/`: at the agent's own CHIRP connection, or at another WebSocket. @throws {Refusal} 400 */
export function readRunScenariosChirp(sent: Sent<RunScenariosChirp>, catalogue: Catalogue, egress: Egress): WantedResult {
  return readRunScenarios(sent, catalogue, (body, agent, problems) => {
    const address = addressOf(body, egress, problems)
    if (address) return { kind: 'chirp', address }
    if (agent && agent.noun.connection.type !== 'chirp' && !problems.has('websocket_url'))
      problems.add('websocket_url', `Agent must have CHIRP credentials configured: ${otherwise(agent.noun, 'websocket_url')}`)
    return { kind: 'own' }
  })
}

/** `run_scenarios_sip/`: over the agent's own SIP connection, or at another SIP address. @throws {Refusal} 400 */
export function readRunScenariosSip(sent: Sent<RunScenariosSip>, catalogue: Catalogue, egress: Egress): WantedResult {
  return readRunScenarios(sent, catalogue, ({ sip_endpoint: endpoint }, agent, problems) => {
    const uri = endpoint === undefined ? undefined : parseUri(endpoint)
    if (uri && uri.scheme !== 'tel') {
      const refused = egress.refusal(new URL(`http://${bracketed(uri.host)}`))
      if (refused !== undefined) problems.add('sip_endpoint', `${refused}. Use a public address, or have the server allow this host.`)
      return { kind: 'sip', uri: writeUri(uri) }
    }
    if (endpoint !== undefined) problems.add('sip_endpoint', 'Must be a SIP address, such as sip:agent@example.com.')
    else if (agent && agent.noun.connection.type !== 'sip' && !problems.has('sip_endpoint'))
      problems.add('sip_endpoint', `Agent must have a SIP connection: ${otherwise(agent.noun, 'sip_endpoint')}`)
    return { kind: 'own' }
  })
}

function otherwise({ id, connection }: Agent, field: 'sip_endpoint' | 'websocket_url'): string {
  if (isHosted(connection)) return `a hosted service calls agent ${id}. Send the request to that service.`
  return `agent ${id} has a ${connection.type} connection. Send ${field}${isCalled(connection) ? ', or use run_scenarios/' : ''}.`
}
