import { isCalled } from '../../../domain/connection-facts.js'
import type { Agent } from '../../../domain/document.js'
import type { WebsocketAddress } from '../../../domain/run-request.js'
import type { Egress } from '../../../ports/channel.js'
import type { Catalogue, InSuite } from '../catalogue/catalogue.js'
import type { RunScenariosText, RunScenariosWithWebsockets } from '../generated/requests.js'
import { readOptions, readRunScenarios, wantedOf, type Sent } from './read-run-scenarios.js'
import { findAgent, keysOf } from './read-selection.js'
import { collectFieldProblems, type FieldProblems } from '../refusal.js'
import type { WantedResult } from './start-result.js'

type Address = Pick<RunScenariosText, 'websocket_url' | 'websocket_headers'>

/** `run_scenarios_text/`: at the agent's own connection, or at another WebSocket. @throws {Refusal} 400 */
export function readRunScenariosText(sent: Sent<RunScenariosText>, catalogue: Catalogue, egress: Egress): WantedResult {
  return readRunScenarios(sent, catalogue, (body, agent, problems) => {
    const websocket = addressOf(body, egress, problems)
    if (agent && isCalled(agent.noun.connection) && websocket?.url === undefined && !problems.has('websocket_url')) {
      const { id, connection } = agent.noun
      problems.add(
        'websocket_url',
        `Agent ${id} has a ${connection.type} connection, which carries voice. Send websocket_url, or use run_scenarios/.`,
      )
    } else if (
      websocket &&
      websocket.url === undefined &&
      !problems.has('websocket_url') &&
      agent &&
      agent.noun.connection.type !== 'websocket'
    ) {
      problems.add('websocket_headers', `Agent ${agent.noun.id} has a ${agent.noun.connection.type} connection. Add websocket_url.`)
    }
    return websocket ? { kind: 'websocket', address: websocket } : { kind: 'own' }
  })
}

/** `run_scenarios_with_websockets/`: each scenario at a WebSocket of its own. @throws {Refusal} 400 */
export function readRunScenariosWithWebsockets(
  { body, wrong }: Sent<Partial<RunScenariosWithWebsockets>>,
  catalogue: Catalogue,
  egress: Egress,
): WantedResult {
  const problems = collectFieldProblems(wrong)
  const { agent: also, scenarios = [], ...rest } = body
  const ids = scenarios.map(({ scenario }) => scenario)
  const agent = findAgent({ ...(also !== undefined && { agent_id: also }), ...rest }, ids, catalogue, problems)
  const keys = keysOf({ field: 'scenarios', ids, from: catalogue.scenarios }, agent, problems)
  const twice = ids.filter((id, i) => ids.findIndex(other => Number(other) === Number(id)) < i)
  if (twice.length > 0) problems.add('scenarios', `Sent more than once: ${[...new Set(twice)].join(', ')}.`)
  const addresses = addressesFor(scenarios, agent, { catalogue, egress }, problems)
  const options = readOptions(rest, agent, catalogue, problems)
  return wantedOf(agent, { scenarios: { kind: 'keys', keys }, tags: [], ...options, reach: { kind: 'each', addresses } }, problems)
}

/** Addresses by scenario key. */
function addressesFor(
  scenarios: RunScenariosWithWebsockets['scenarios'],
  agent: InSuite<Agent> | undefined,
  { catalogue, egress }: { readonly catalogue: Catalogue; readonly egress: Egress },
  problems: FieldProblems,
): Readonly<Record<string, WebsocketAddress>> {
  const told = { ...problems, add: (_: string, message: string) => problems.add('scenarios', message) }
  return Object.fromEntries(
    scenarios.flatMap(({ scenario, ...address }) => {
      const found = catalogue.scenarios.get(Number(scenario))
      const websocket = addressOf(address, egress, told)
      return found && websocket && found.suite === agent?.suite ? [[found.noun.key, websocket] as const] : []
    }),
  )
}

/** Headers that requests may not set: Callsheet identifies the call with them, or they make the WebSocket. */
const ownHeaders = /^(x-vocera-(scenario|result|run)-id|host|connection|upgrade|sec-websocket-.*|content-length|transfer-encoding)$/i

/** Another address than the agent's own, or other headers for it; `undefined` if the request has neither. */
export function addressOf(
  { websocket_url: url, websocket_headers: headers = {} }: Address,
  egress: Egress,
  problems: FieldProblems,
): WebsocketAddress | undefined {
  const parsed = url !== undefined && URL.canParse(url) ? new URL(url) : undefined
  if (url !== undefined && !parsed) problems.add('websocket_url', 'Must be a ws:// or wss:// URL.')
  if (parsed?.hash) problems.add('websocket_url', 'Must not have a fragment (#).')
  const refused = parsed && egress.refusal(parsed)
  if (refused !== undefined) problems.add('websocket_url', `${refused}. Use a public address, or have the server allow this host.`)
  const own = Object.keys(headers).filter(name => ownHeaders.test(name))
  if (own.length > 0) problems.add('websocket_headers', `Requests cannot set: ${own.join(', ')}.`)
  const given = Object.entries(headers)
  if (url === undefined && given.length === 0) return undefined
  return {
    ...(url !== undefined && { url }),
    ...(given.length > 0 && { headers: Object.fromEntries(given.map(([name, value]) => [name, String(value)])) }),
  }
}
