import type { Transaction } from 'kysely'
import type { NamedKind, NamedThing } from '../../../ports/database.js'
import type { Tables } from './tables.js'

export interface AssignedId {
  readonly kind: NamedKind
  readonly key: string
  readonly id: number
}

/** Assigns declared ids first, then those assigned before, then the smallest free ones in the order of the suites. */
export async function assignIds(tx: Transaction<Tables>, project: string, named: readonly NamedThing[]): Promise<AssignedId[]> {
  const rows = await tx.selectFrom('catalogue_ids').selectAll().where('project', '=', project).execute()
  const before = new Map(rows.map(({ kind, key, id }) => [`${kind} ${key}`, id]))
  const taken = new Set<string>()
  const assigned = new Map<NamedThing, number>()
  const take = (thing: NamedThing, id: number | undefined): void => {
    if (id === undefined || assigned.has(thing) || taken.has(`${thing.kind} ${id}`)) return
    taken.add(`${thing.kind} ${id}`)
    assigned.set(thing, id)
  }

  for (const thing of named) take(thing, thing.id)
  for (const thing of named) take(thing, before.get(`${thing.kind} ${thing.key}`))
  // Things that left the suites keep their ids, in case they return.
  const current = new Set(named.map(({ kind, key }) => `${kind} ${key}`))
  for (const { kind, key, id } of rows) if (!current.has(`${kind} ${key}`)) taken.add(`${kind} ${id}`)
  const next = new Map<NamedKind, number>()
  for (const thing of named) {
    if (assigned.has(thing)) continue
    let id = next.get(thing.kind) ?? 1
    while (taken.has(`${thing.kind} ${id}`)) id += 1
    next.set(thing.kind, id)
    take(thing, id)
  }

  const ids = named.map(thing => ({ kind: thing.kind, key: thing.key, id: assigned.get(thing) ?? 0 }))
  for (const { kind, key, id } of ids) {
    if (before.get(`${kind} ${key}`) === id) continue
    await tx
      .insertInto('catalogue_ids')
      .values({ project, kind, key, id })
      .onConflict(conflict => conflict.columns(['project', 'kind', 'key']).doUpdateSet({ id }))
      .execute()
  }
  return ids
}
