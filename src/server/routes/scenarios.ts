import type { FastifyInstance } from 'fastify'
import { readRunScenarios, type RunScenariosBody } from '../../app/serve/read-run-scenarios.js'
import { startedView } from '../../app/serve/result-views.js'
import type { Service } from '../../app/serve/service.js'
import { startResult } from '../../app/serve/start-result.js'
import { idempotencyKeyOf } from '../idempotency-key.js'
import { operation } from '../operation.js'
import { request } from '../shapes.js'

/** scenarios/: what starts runs, and the scenarios of the catalogue. */
export function scenarioRoutes(server: FastifyInstance, service: Service): void {
  const started = operation({ summary: 'Run scenarios', about: 'Starting', answer: 'StartedResult', status: 201, startsRuns: true })
  for (const { path, asText } of [
    { path: 'run_scenarios', asText: true },
    { path: 'run_scenarios_text', asText: true },
  ]) {
    server.post<{ Body: RunScenariosBody }>(`/scenarios/${path}`, { ...started, schema: { body: request('RunScenarios') } }, async (sent, reply) => {
      const wanted = readRunScenarios(sent.body, service.catalogue(sent.project), asText)
      const result = await startResult(service, sent.project, wanted, idempotencyKeyOf(sent, service))
      return reply.code(201).send(startedView(result))
    })
  }
}
