import { sql } from 'kysely'
import type { Page, PageOf } from '../../../ports/database.js'

/** Restricts a query to the rows of one page. */
export function limited({ page, size }: PageOf) {
  return <Query extends { limit(n: number): Query; offset(n: number): Query }>(query: Query): Query =>
    query.limit(size).offset((page - 1) * size)
}

/** A page of a query's rows, and the total number. */
export async function paged<Query, Item>(
  query: Query & { select(count: unknown): { executeTakeFirstOrThrow(): Promise<unknown> } },
  read: (query: Query) => Promise<readonly Item[]>,
): Promise<Page<Item>> {
  const { count } = (await query.select(sql<number>`count(*)`.as('count')).executeTakeFirstOrThrow()) as { count: number | string }
  return { count: Number(count), items: await read(query) }
}
