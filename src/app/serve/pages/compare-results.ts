import type { ShownComparison } from '../../../domain/comparison.js'
import type { FinishedResult } from '../../../ports/reporter.js'
import { comparedWith } from '../../compare-results.js'
import { recounted } from '../../finish.js'
import type { Project } from '../catalogue/catalogue.js'
import { notFound, Refusal } from '../refusal.js'
import type { Service } from '../service.js'

/** How one result of a project compares with another. @throws {Refusal} 404; 400 for one that is not over. */
export async function compareStored(
  use: Pick<Service, 'database' | 'random'>,
  project: Project,
  base: number,
  next: number,
): Promise<ShownComparison> {
  return comparedWith(await finishedOf(use, project, base), await finishedOf(use, project, next), use)
}

async function finishedOf({ database }: Pick<Service, 'database'>, project: Project, id: number): Promise<FinishedResult> {
  const record = await database.result(project.key, id)
  if (!record) throw notFound()
  if (record.state !== 'ended') throw new Refusal(400, { detail: `Result ${id} is not over yet. Compare it once it is.` })
  return recounted(await database.read(id), String(id))
}
