import type { FastifyInstance } from 'fastify'
import type { CatalogueQuery } from '../../app/serve/generated/requests.js'
import type { Shelf } from '../../app/serve/catalogue/read-catalogue.js'
import type { Service } from '../../app/serve/service.js'
import { answerPage } from '../answer-page.js'
import { idOf, type ById } from '../ids.js'
import { operation, type Operation } from '../operation.js'
import { request } from '../shapes.js'

/** Describes a route of the catalogue, and says why it is read-only. */
export function reading(described: Pick<Operation, 'summary' | 'answer' | 'isOpen'>) {
  return operation({
    ...described,
    about: 'Catalogue',
    readOnly: 'The suite files declare the catalogue. Change the file, and the server reads it again.',
  })
}

export interface ShelfRoutes {
  /** `/aiagents` */
  readonly path: string
  readonly shelf: Shelf
  /** The schema of an answer's item. */
  readonly noun: string
  /** The schema of a list's query. */
  readonly query?: string
}

/** Serves one kind of declared thing: a list, and each by its id. */
export function shelfRoutes(server: FastifyInstance, service: Service, { path, shelf, noun, query = 'CatalogueQuery' }: ShelfRoutes): void {
  const plural = path.slice(1).replace('-', ' ').replace('aiagents', 'agents')
  const listed = reading({ summary: `All ${plural}`, answer: `${noun}Page` })
  server.get<{ Querystring: CatalogueQuery }>(path, { ...listed, schema: { querystring: request(query) } }, async sent =>
    answerPage(sent, sent.query, shelf.list(service.catalogue(sent.project), sent.query)),
  )
  server.get<ById>(`${path}/:id`, reading({ summary: `One of the ${plural}`, answer: noun }), async sent =>
    shelf.one(service.catalogue(sent.project), idOf(sent.params.id)),
  )
}
