import type { FastifyRequest } from 'fastify'
import { pageOf, type Page, type PageQuery } from '../app/serve/answer/read-page.js'
import { publicUrl } from './public-url.js'

/** @see schemas/api/answers.schema.json, ResultPage */
export interface PageAnswer {
  readonly count: number
  readonly next: string | null
  readonly previous: string | null
  readonly results: readonly object[]
}

/** A page with its neighbours' URLs, spelled as the client spelled its own. */
export function answerPage(request: FastifyRequest, query: PageQuery, { count, items }: Page<object>): PageAnswer {
  const { page, size } = pageOf(query)
  // A proxy may send the whole URL.
  const url = publicUrl(request, request.originalUrl.replace(/^https?:\/\/[^/]*/i, ''))
  const at = (number: number): string => {
    url.searchParams.set('page', String(number))
    return url.href
  }
  return { count, next: page * size < count ? at(page + 1) : null, previous: page > 1 ? at(page - 1) : null, results: items }
}
