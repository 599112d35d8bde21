import type { FastifyInstance } from 'fastify'
import * as shelves from '../../app/serve/catalogue/read-catalogue.js'
import { readFolders, readTags } from '../../app/serve/catalogue/read-catalogue.js'
import type { CatalogueQuery } from '../../app/serve/generated/requests.js'
import type { Service } from '../../app/serve/service.js'
import { testSuiteJsonSchema } from '../../app/serve/suite-json/suite-json-schema.js'
import { request } from '../shapes.js'
import { reading, shelfRoutes } from './shelf.js'

/** The suites' declarations: aiagents/, scenarios/, personalities/, test-profiles/, metrics/. */
export function catalogueRoutes(server: FastifyInstance, service: Service): void {
  shelfRoutes(server, service, { path: '/aiagents', shelf: shelves.agents, noun: 'Agent' })
  shelfRoutes(server, service, { path: '/scenarios', shelf: shelves.scenarios, noun: 'Scenario', query: 'ScenariosQuery' })
  shelfRoutes(server, service, { path: '/personalities', shelf: shelves.personalities, noun: 'Personality' })
  shelfRoutes(server, service, { path: '/test-profiles', shelf: shelves.testProfiles, noun: 'TestProfile' })
  shelfRoutes(server, service, { path: '/metrics', shelf: shelves.metrics, noun: 'Metric' })

  for (const { path, answer, summary, read } of [
    { path: '/scenarios/tags', answer: 'Tags', summary: 'List the tags of scenarios', read: readTags },
    { path: '/scenarios/folders', answer: 'Folders', summary: 'List the folders of scenarios', read: readFolders },
  ]) {
    server.get<{ Querystring: CatalogueQuery }>(
      path,
      { ...reading({ summary, answer }), schema: { querystring: request('CatalogueQuery') } },
      async sent => read(service.catalogue(sent.project), sent.query),
    )
  }
}

/** Routes without secrets, which need no key. */
export function openCatalogueRoutes(server: FastifyInstance): void {
  const described = reading({ summary: 'Get the JSON Schema of a test suite in JSON', answer: 'JsonSchema', isOpen: true })
  server.get('/scenarios/json_schema', described, async () => testSuiteJsonSchema)
}
