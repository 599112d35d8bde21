import type { Page, PageOf } from '../../../ports/database.js'
import type { CatalogueQuery } from '../generated/requests.js'
import { Refusal } from '../refusal.js'

/** The query of every list. Numbers are still strings. */
export type PageQuery = Pick<CatalogueQuery, 'page' | 'page_size'>

export type { Page }

const usualSize = 20
/** Larger page sizes are not refused: the rest is on the next pages. */
const mostOnAPage = 200

export function pageOf({ page = '1', page_size: size }: PageQuery): PageOf {
  return { page: Number(page), size: Math.min(Number(size ?? usualSize), mostOnAPage) }
}

/** @throws {Refusal} 404 for a page after the last. The first page always exists, even empty. */
export function refuseBeyond<Item>(page: Page<Item>, { page: number, size }: PageOf): Page<Item> {
  if (number > 1 && (number - 1) * size >= page.count) throw new Refusal(404, { detail: 'Invalid page.' })
  return page
}

/** A page of a list in memory. @throws {Refusal} 404 for a page after the last. */
export function pageFrom<Item>(items: readonly Item[], of: PageOf): Page<Item> {
  return refuseBeyond({ count: items.length, items: items.slice((of.page - 1) * of.size, of.page * of.size) }, of)
}

/** The largest id of the database, which refuses to look for larger ones. */
const largestId = 2 ** 31 - 1

/** An id to filter by. An impossible id becomes 0, which matches nothing. */
export function filterId(text: string): number {
  const id = Number(text)
  return id <= largestId ? id : 0
}
