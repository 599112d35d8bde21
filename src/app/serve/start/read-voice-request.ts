import { isCalled, isHosted } from '../../../domain/connection-facts.js'
import type { Agent } from '../../../domain/document.js'
import type { Egress } from '../../../ports/channel.js'
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
      problems.add('websocket_url', `Agent must have CHIRP credentials configured: ${otherwise(agent.noun)}`)
    return { kind: 'own' }
  })
}

/** Refuses `run_scenarios_sip/`: no connection is SIP. Reports all other mistakes too. @throws {Refusal} 400, always. */
export function refuseSip(sent: Sent<RunScenariosSip>, catalogue: Catalogue): never {
  readRunScenarios(sent, catalogue, (_, agent, problems) => {
    if (!problems.has('sip_endpoint')) problems.add('sip_endpoint', `SIP is not supported${agent ? `: ${ownWay(agent.noun)}` : '.'}`)
    return { kind: 'own' }
  })
  throw new Error('A call was neither refused nor placed.')
}

function otherwise({ id, connection }: Agent): string {
  if (isHosted(connection)) return `a hosted service calls agent ${id}. Send the request to that service.`
  return `agent ${id} has a ${connection.type} connection. Send websocket_url${isCalled(connection) ? ', or use run_scenarios/' : ''}.`
}

function ownWay({ id, connection }: Agent): string {
  if (isHosted(connection)) return `a hosted service calls agent ${id}. Send the request to that service.`
  return `agent ${id} has a ${connection.type} connection. Use run_scenarios/.`
}
