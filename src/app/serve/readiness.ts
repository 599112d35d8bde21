import type { Database } from '../../ports/database.js'
import type { Executor } from '../executor.js'
import type { Conductor } from './conduct/conductor.js'

/** Whether the server can start runs, and what keeps it from that. */
export interface Ready {
  readonly status: 'ready' | 'not_ready'
  readonly database: 'ok' | 'lost'
  /** Absent if this process conducts the conversations. */
  readonly queue?: 'ok' | 'lost'
  /** Present while the server finishes what it has begun. */
  readonly stopping?: true
}

/** Never rejects. Takes two seconds at most. */
export type Readiness = () => Promise<Ready>

/** How long the database may take to answer. */
const patienceMs = 2000

export interface ReadinessUse {
  readonly database: Pick<Database, 'ping'>
  /** Whether a write waits for the database to come back. */
  isDatabaseLost(): boolean
  readonly executor: Pick<Executor, 'isQueueLost'>
  readonly conductor: Pick<Conductor, 'isDraining'>
}

/** Checks that are asked for at the same time share one look at the database. */
export function createReadiness({ database, isDatabaseLost, executor, conductor }: ReadinessUse): Readiness {
  let looking: Promise<boolean> | undefined
  const answers = (): Promise<boolean> => (looking ??= answersInTime(database).finally(() => (looking = undefined)))

  return async () => {
    const isDatabaseOk = !isDatabaseLost() && (await answers())
    const isQueueLost = executor.isQueueLost?.()
    const isStopping = conductor.isDraining()
    return {
      status: isDatabaseOk && isQueueLost !== true && !isStopping ? 'ready' : 'not_ready',
      database: isDatabaseOk ? 'ok' : 'lost',
      ...(isQueueLost !== undefined && { queue: isQueueLost ? 'lost' : 'ok' }),
      ...(isStopping && { stopping: true }),
    }
  }
}

async function answersInTime(database: Pick<Database, 'ping'>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>(resolve => (timer = setTimeout(() => resolve(false), patienceMs)))
  const answer = database.ping().then(
    () => true,
    () => false,
  )
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}
