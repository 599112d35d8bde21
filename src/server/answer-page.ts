import type { FastifyRequest } from 'fastify'
import { pageOf, type Page, type PageQuery } from '../app/serve/answer/read-page.js'
import type { ResultPage } from '../app/serve/generated/answers.js'
import { publicUrl } from './public-url.js'

/** A page with its neighbours' URLs, in the client's own spelling. */
export function answerPage<Item extends object>(
  request: FastifyRequest,
  query: PageQuery,
  { count, items }: Page<Item>,
): Omit<ResultPage, 'results'> & { readonly results: readonly Item[] } {
  const { page, size } = pageOf(query)
  // A proxy may send the whole URL.
  const url = publicUrl(request, request.originalUrl.replace(/^https?:\/\/[^/]*/i, ''))
  const at = (number: number): string => {
    url.searchParams.set('page', String(number))
    return url.href
  }
  return { count, next: page * size < count ? at(page + 1) : null, previous: page > 1 ? at(page - 1) : null, results: items }
}
