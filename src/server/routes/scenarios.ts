import type { FastifyInstance } from 'fastify'
import type { Catalogue } from '../../app/serve/catalogue/catalogue.js'
import { readRunScenariosApiChat } from '../../app/serve/start/read-chat-request.js'
import { readRunScenarios, type Sent } from '../../app/serve/start/read-run-scenarios.js'
import { readRunScenariosChirp, readRunScenariosSip } from '../../app/serve/start/read-voice-request.js'
import { readRunScenariosText, readRunScenariosWithWebsockets } from '../../app/serve/start/read-websocket-request.js'
import { startedView } from '../../app/serve/answer/result-views.js'
import type { Service } from '../../app/serve/service.js'
import type { DryRunQuery, RunScenariosJson } from '../../app/serve/generated/requests.js'
import { runSuiteJson, validateSuiteJson } from '../../app/serve/start/run-suite-json.js'
import { startResult, type WantedResult } from '../../app/serve/start/start-result.js'
import { sentBody, taking } from '../bodies.js'
import { idempotencyKeyOf } from '../idempotency-key.js'
import { operation } from '../operation.js'
import { request } from '../shapes.js'

/** A route that starts runs: its request, and how to read it. */
interface Start {
  readonly path: string
  /** Name of the request's definition in requests.schema.json. */
  readonly takes: string
  readonly summary: string
  /** @throws {Refusal} 400 */
  read(sent: Sent<object>, catalogue: Catalogue, service: Service): WantedResult
}

const starts: readonly Start[] = [
  { path: 'run_scenarios', takes: 'RunScenarios', summary: 'Run scenarios', read: (sent, catalogue) => readRunScenarios(sent, catalogue) },
  {
    path: 'run_scenarios_text',
    takes: 'RunScenariosText',
    summary: 'Run scenarios in text',
    read: (sent, catalogue, { egress }) => readRunScenariosText(sent, catalogue, egress),
  },
  {
    path: 'run_scenarios_with_websockets',
    takes: 'RunScenariosWithWebsockets',
    summary: 'Run scenarios, each with its own WebSocket',
    read: (sent, catalogue, { egress }) => readRunScenariosWithWebsockets(sent, catalogue, egress),
  },
  {
    path: 'run_scenarios_sip',
    takes: 'RunScenariosSip',
    summary: 'Run scenarios over SIP',
    read: (sent, catalogue, { egress }) => readRunScenariosSip(sent, catalogue, egress),
  },
  {
    path: 'run_scenarios_chirp',
    takes: 'RunScenariosChirp',
    summary: 'Run scenarios in PCM over a WebSocket',
    read: (sent, catalogue, { egress }) => readRunScenariosChirp(sent, catalogue, egress),
  },
  {
    path: 'run_scenarios_api_chat',
    takes: 'RunScenariosApiChat',
    summary: 'Run scenarios with an agent that polls',
    read: readRunScenariosApiChat,
  },
]

/** scenarios/: the routes that start runs. */
export function scenarioRoutes(server: FastifyInstance, service: Service): void {
  for (const { path, takes, summary, read } of starts) {
    const described = operation({ summary, about: 'Starting', answer: 'StartedResult', status: 201, startsRuns: true })
    server.post(`/scenarios/${path}`, { ...described, ...taking(takes) }, async (sent, reply) => {
      const wanted = read(sentBody<object>(sent), service.catalogue(sent.project), service)
      const result = await startResult(service, sent.project, wanted, idempotencyKeyOf(sent, service))
      return reply.code(201).send(startedView(result))
    })
  }
  jsonRoutes(server, service)
}

/** The routes for scenarios in the request. */
function jsonRoutes(server: FastifyInstance, service: Service): void {
  const run = operation({
    summary: 'Run a test suite in JSON',
    about: 'Starting',
    answer: 'StartedResult',
    answerOfDryRun: 'ValidatedSuite',
    status: 201,
    startsRuns: true,
  })
  const query = { querystring: request('DryRunQuery') }
  const takes = taking('RunScenariosJson')
  server.post<{ Querystring: DryRunQuery }>(
    '/scenarios/run_scenarios_json',
    { ...run, ...takes, schema: { ...takes.schema, ...query } },
    async (sent, reply) => {
      const body = sentBody<RunScenariosJson>(sent)
      if (/^(true|1)$/i.test(sent.query.dry_run ?? '')) return validateSuiteJson(service, sent.project, body)
      const result = await runSuiteJson(service, sent.project, body, idempotencyKeyOf(sent, service))
      return reply.code(201).send(startedView(result))
    },
  )

  const checked = operation({ summary: 'Check a test suite in JSON without running it', about: 'Starting', answer: 'ValidatedSuite' })
  server.post('/scenarios/validate_scenarios_json', { ...checked, ...takes }, async sent =>
    validateSuiteJson(service, sent.project, sentBody<RunScenariosJson>(sent)),
  )
}
