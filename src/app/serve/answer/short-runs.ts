import type { Database } from '../../../ports/database.js'
import { createRecent } from './recent.js'
import { shortRuns, type IsShort } from './statuses.js'

/** Finds which runs of a result are short of a threshold, by project and id. None are if there is no such result. */
export type ShortOf = (project: string, result: number) => Promise<IsShort>

/** Caches it by the result's revision: the whole result, with its plan and report, is read for it. */
export function createShortOf(database: Pick<Database, 'result' | 'revision'>): ShortOf {
  const recent = createRecent<string, Promise<IsShort>>(256)
  const read = async (project: string, id: number): Promise<IsShort> => {
    const result = await database.result(project, id)
    return result ? shortRuns(result) : () => false
  }
  return async (project, id) => {
    const revision = await database.revision(project, id)
    return recent.get(`${id} ${revision} ${project}`, () => read(project, id))
  }
}
