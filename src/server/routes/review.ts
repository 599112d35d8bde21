import type { FastifyInstance, FastifyRequest } from 'fastify'
import { keptText } from '../../app/serve/answer/kept-text.js'
import { reviewText } from '../../app/serve/pages/page-texts.js'
import type { Service } from '../../app/serve/service.js'
import { reviewsFile } from '../../domain/review.js'
import { formField } from '../form-fields.js'
import type { ById } from '../ids.js'
import { sendServed } from '../pages/send-served.js'
import { refuseForged } from '../visitors.js'
import type { FindResult } from './result-pages.js'

/** ui/results/{id}/review: what people say of the judge, before they see what it said. */
export function reviewRoutes(server: FastifyInstance, service: Service & { readonly find: FindResult }): void {
  const { database, find, reviewing } = service
  server.get<ById & { Querystring: { by?: string | string[] } }>('/results/:id/review', async (sent, reply) => {
    const { record } = await find(sent)
    const [by] = [sent.query.by].flat()
    return sendServed(reply, reviewText(await reviewing.page(record, by?.replaceAll('\0', ''), tokenOf(sent)), sent.site))
  })

  server.post<ById>('/results/:id/review', async (sent, reply) => {
    refuseForged(sent, service)
    const { record } = await find(sent)
    const reason = formField(sent, 'reason')
    const review = {
      by: (formField(sent, 'by') ?? '').replaceAll('\0', ''),
      item: formField(sent, 'item') ?? '',
      answer: (formField(sent, 'answer') ?? formField(sent, 'typed') ?? '').replaceAll('\0', ''),
      ...(reason !== undefined && { reason: reason.replaceAll('\0', '') }),
    }
    return sendServed(reply, reviewText(await reviewing.answer(record, review, tokenOf(sent)), sent.site))
  })

  server.get<ById>('/results/:id/reviews.jsonl', async (sent, reply) => {
    const { record } = await find(sent)
    const text = await keptText(database, record.id, reviewsFile)
    return reply.type('application/jsonl').header('content-disposition', `attachment; filename="${reviewsFile}"`).send(text)
  })
}

function tokenOf({ site }: FastifyRequest): string {
  return site.formToken ?? ''
}
