import type { RunStanding } from '../../../ports/database.js'
import type { Project } from '../catalogue/catalogue.js'
import type { EndedCalls } from '../generated/answers.js'
import { notFound } from '../refusal.js'
import type { Service } from '../service.js'
import { standingsOf } from './standings.js'
import { runStatus } from '../answer/statuses.js'

type EndCallsUse = Pick<Service, 'database' | 'conductor' | 'live'>

/** How long a request waits for cut-off runs to end. Slower runs end after the answer. */
const patienceMs = 5000

/** `POST results/{id}/end_calls/`: no more runs start, and runs in progress are cut off. @throws {Refusal} 404 */
export async function endCalls(use: EndCallsUse, project: Project, id: number): Promise<EndedCalls> {
  const { database, conductor } = use
  const result = await database.result(project.key, id)
  if (!result) throw notFound()
  if (result.state === 'ended') return { count: 0 }
  const open = new Set((await standingsOf(database, id)).filter(({ state }) => state !== 'ended').map(({ index }) => index))
  if (!conductor.stop(id)) return { count: 0 }
  await soon(conductor.settled(id))
  const ended = (await standingsOf(database, id)).filter(run => open.has(run.index) && isEnding(run))
  return { count: ended.length }
}

/** `POST runs/{id}/end_call/`: cuts the run off, or keeps it from starting. @throws {Refusal} 404 */
export async function endCall(use: EndCallsUse, project: Project, id: number): Promise<EndedCalls> {
  const { database, conductor } = use
  const run = await database.run(project.key, id)
  if (!run) throw notFound()
  if (run.state === 'ended') return { count: 0 }
  const over = untilEnded(use, run)
  if (!conductor.stopRun(run.result, run.index)) return { count: 0 }
  // A run that still waits is skipped when its turn comes, so nobody waits for it here.
  if (run.state === 'in_progress') await soon(over)
  const now = await database.run(project.key, id)
  return { count: now && isEnding(now) ? 1 : 0 }
}

/** Whether the run is cut off or about to be. A run that reached its own end just then is not. */
function isEnding(run: RunStanding): boolean {
  return run.state !== 'ended' || runStatus(run) === 'cancelled'
}

function untilEnded({ live, conductor }: EndCallsUse, { result, index }: RunStanding): Promise<void> {
  return new Promise(resolve => {
    const done = (): void => {
      unwatch()
      resolve()
    }
    const unwatch = live.watch(result, events => {
      if (events.some(event => event.type === 'run.ended' && event.index === index)) done()
    })
    void conductor.settled(result).finally(done)
  })
}

async function soon(over: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  await Promise.race([over, new Promise<void>(resolve => (timer = setTimeout(resolve, patienceMs)))])
  clearTimeout(timer)
}
