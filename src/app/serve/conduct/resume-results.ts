import type { Environment } from '../../../domain/environment.js'
import type { ResultRecord } from '../../../ports/database.js'
import { planDocument } from '../../plan-document.js'
import { openDocument } from '../../sealed-document.js'
import type { Service } from '../service.js'

export interface ResumeOptions {
  readonly cwd: string
  readonly environment: Environment
  /** Called with a result that cannot resume yet, and why. */
  onTrouble(result: ResultRecord, why: string): void
}

type ResumeUse = Pick<Service, 'database' | 'conductor' | 'clock'>

/** How often to look for unfinished results that nobody conducts, and their minimum age. */
const everyMs = 60_000

/**
 * Resumes every unfinished result, as after a crash. Runs that had not started run now; runs in progress then run again and
 * keep the cut attempt. Uses the suite as it was when the result started.
 *
 * Looks again from time to time: if the database was lost just as a result started, nobody noticed.
 */
export async function keepResuming(use: ResumeUse, options: ResumeOptions): Promise<Disposable> {
  const { database, conductor, clock } = use
  // A result that cannot resume now waits for the next start.
  const tried = new Set<number>()
  const resumeAll = async (begunBefore: Date): Promise<void> => {
    const abandoned = (await database.unfinished()).filter(
      ({ id, createdAt }) => !tried.has(id) && Date.parse(createdAt) <= begunBefore.getTime(),
    )
    for (const { id, project } of abandoned) {
      // A listed result may have ended meanwhile.
      if (conductor.isActive(id)) continue
      const result = await database.result(project, id)
      if (!result || result.state === 'ended') continue
      tried.add(id)
      await resume(result, use, options)
    }
  }

  await resumeAll(clock.date())
  const timer = setInterval(() => void resumeAll(new Date(clock.date().getTime() - everyMs)).catch(() => undefined), everyMs).unref()
  return { [Symbol.dispose]: () => clearInterval(timer) }
}

async function resume(
  result: ResultRecord,
  { database, conductor }: ResumeUse,
  { cwd, environment, onTrouble }: ResumeOptions,
): Promise<void> {
  const body = await database.document(result.document)
  if (body === undefined) return onTrouble(result, 'its suite is not in the database')
  const opened = openDocument(body, environment, cwd)
  if ('missing' in opened) return onTrouble(result, `the environment lacks ${opened.missing.join(', ')}`)
  const prepared = planDocument(opened.document, { cwd, options: { request: result.request } })
  if ('diagnostics' in prepared) return onTrouble(result, prepared.diagnostics.map(({ message }) => message).join(' '))
  conductor.conduct(result.id, result.firstRun, prepared)
}
