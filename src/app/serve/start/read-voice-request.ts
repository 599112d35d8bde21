import { isHosted } from '../../../domain/connection-facts.js'
import type { Agent } from '../../../domain/document.js'
import type { Catalogue } from '../catalogue/catalogue.js'
import type { RunScenariosChirp, RunScenariosSip } from '../generated/requests.js'
import { readRunScenarios, type Sent } from './read-run-scenarios.js'

export type VoiceKind = 'sip' | 'chirp'

/** What a kind of call needs, and the field that gives its destination. */
const needs = {
  sip: { field: 'sip_endpoint', what: 'A SIP call' },
  chirp: { field: 'websocket_url', what: 'A call in PCM over a WebSocket' },
} as const

/**
 * Refuses `run_scenarios_sip/` and `run_scenarios_chirp/`: no connection can carry a call yet. Reports all other mistakes
 * too.
 *
 * @throws {Refusal} 400, always.
 */
export function refuseVoice(sent: Sent<RunScenariosSip & RunScenariosChirp>, catalogue: Catalogue, kind: VoiceKind): never {
  readRunScenarios(sent, catalogue, (_, agent, problems) => {
    const { field, what } = needs[kind]
    if (!problems.has(field)) problems.add(field, `${what} needs a connection that carries voice, and ${carrierOf(agent?.noun)}`)
    return { kind: 'own' }
  })
  throw new Error('A call was neither refused nor placed.')
}

/** What carries the words of an agent, and where to send the request instead. */
function carrierOf(agent: Agent | undefined): string {
  if (!agent) return 'this server connects to agents over text. Use run_scenarios_text/.'
  if (isHosted(agent.connection)) return `a hosted service calls agent ${agent.id}. Send the request to that service.`
  return `the ${agent.connection.type} connection of agent ${agent.id} carries text. Use run_scenarios_text/.`
}
