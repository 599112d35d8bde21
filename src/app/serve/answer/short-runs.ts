import type { Database, RunRecord } from '../../../ports/database.js'
import { createRecent } from './recent.js'
import { shortRuns, type IsShort } from './statuses.js'

/** Finds which runs of a run's result are short of a threshold. None are if the result is gone. */
export type ShortOf = (project: string, run: Pick<RunRecord, 'result' | 'resultRevision'>) => Promise<IsShort>

/** Caches it by the result's revision: the whole result, with its plan and report, is read for it. */
export function createShortOf(database: Pick<Database, 'result'>): ShortOf {
  const recent = createRecent<string, Promise<IsShort>>(256)
  const read = async (project: string, id: number): Promise<IsShort> => {
    const result = await database.result(project, id)
    return result ? shortRuns(result) : () => false
  }
  return (project, { result, resultRevision }) => recent.get(`${result} ${resultRevision} ${project}`, () => read(project, result))
}
