import type { Fault } from '../../domain/fault.js'
import { callFaults } from '../../domain/faults/call-faults.js'
import type { NotRunReason, Outcome } from '../../domain/outcome.js'
import { nothingSaid } from '../../domain/nothing-said.js'
import type { RunSpec } from '../../domain/plan.js'
import { runEnded } from '../../domain/run-ended.js'
import type { RunJob, RunQueue, WorkerEvent } from '../../ports/run-queue.js'
import type { Order } from '../executor.js'
import type { Adapters } from '../registry.js'
import type { RunJobs } from './run-jobs.js'

/** The runs of an order that are in the queue, or with a worker. */
export interface QueuedRuns {
  /** Puts a run into the queue; resolves when it is over. */
  take(spec: RunSpec): Promise<void>
  /** Handles a worker's event. The first end of a run counts; later events of a run that is over are ignored. */
  hear(event: WorkerEvent): void
  hasEnded(index: number): boolean
  /** Adds all open runs again, in case the queue lost them. */
  addAgain(): void
  /** Withdraws waiting runs that are not wanted any more. */
  look(): void
  /** Ends all runs, because nobody can say how they went. */
  giveUp(fault: Fault): void
  /** Cuts all runs off. Stops waiting for a worker that stays silent. */
  cutOff(): void
}

/** How long a worker may take to confirm that a call was cut off. */
const cutOffMs = 5000

interface Queued {
  readonly spec: RunSpec
  readonly job: RunJob
  /** The last attempt that started; 0 before the first. */
  attempt: number
  /** The run was withdrawn; if no worker had taken it, none will. */
  isWithdrawn: boolean
  resolve(): void
}

export function createQueuedRuns(order: Order, jobs: RunJobs, queue: RunQueue, clock: Adapters['clock']): QueuedRuns {
  const queued = new Map<number, Queued>()
  const ended = new Set<number>()
  const hasEnded = (index: number): boolean => order.hasEnded(index) || ended.has(index)
  const add = gather<RunJob>(all => quietly(queue.add(all)))

  const hear = (event: WorkerEvent): void => {
    if (event.type === 'agent.ready') return order.emit(event)
    const { index } = event
    if (hasEnded(index)) return
    const run = queued.get(index)
    if (event.type === 'run.started' && run) {
      if (event.attempt <= run.attempt) return
      run.attempt = event.attempt
    }
    order.emit(event)
    if (event.type !== 'run.ended') return
    ended.add(index)
    queued.delete(index)
    run?.resolve()
  }

  const end = ({ spec, job: { earlier } }: Queued, outcome: Outcome): void =>
    hear(runEnded(spec, { at: clock.date().toISOString(), last: { outcome }, earlier }))
  const endCut = (run: Queued): void => end(run, run.attempt === 0 ? notRun(order.admit(run.spec)) : stopped)

  const withdraw = async (runs: readonly Queued[]): Promise<void> => {
    for (const run of runs) run.isWithdrawn = true
    const gone = await queue.withdraw(runs.map(({ job }) => job))
    for (const run of runs) if (gone.has(run.job.id)) end(run, notRun(order.admit(run.spec)))
  }
  const cut = async (runs: readonly Queued[]): Promise<void> => {
    const wanted = runs.filter(({ spec }) => queued.has(spec.index))
    if (wanted.length === 0) return
    // Cut first, so that a worker that takes one meanwhile sees that it is not wanted.
    await queue.cut(wanted.map(({ job }) => job))
    await withdraw(wanted)
  }

  return {
    hasEnded,
    hear,
    take: spec =>
      new Promise(resolve => {
        const run: Queued = { spec, job: jobs.of(spec), attempt: 0, isWithdrawn: false, resolve }
        queued.set(spec.index, run)
        order.onCall?.(spec.index, () => void quietly(cut([run])))
        if (order.signal.aborted) endCut(run)
        else add(run.job)
      }),
    addAgain() {
      const lost = [...queued.values()].filter(({ isWithdrawn }) => !isWithdrawn).map(({ job }) => job)
      void quietly(jobs.announce(queue).then(() => queue.add(lost)))
    },
    look() {
      const unwanted = [...queued.values()].filter(run => run.attempt === 0 && !run.isWithdrawn && order.admit(run.spec) !== undefined)
      if (unwanted.length > 0) void quietly(withdraw(unwanted))
    },
    giveUp(fault) {
      const all = [...queued.values()]
      for (const run of all) end(run, { status: 'infra_error', transcript: nothingSaid(), fault })
      // Waits with everything else for the queue to come back: then no worker begins what nobody waits for.
      const given = all.map(({ job }) => job)
      if (given.length > 0) void quietly(queue.cut(given).then(async () => void (await queue.withdraw(given))))
    },
    cutOff() {
      void quietly(cut([...queued.values()]))
      clock.after(cutOffMs, () => [...queued.values()].forEach(endCut))
    },
  }
}

function notRun(reason: NotRunReason = 'cancelled'): Outcome {
  return { status: 'not_run', reason }
}

/** The outcome of a run whose call was cut off, if no worker reports another. */
const stopped: Outcome = {
  status: 'infra_error',
  transcript: nothingSaid(),
  fault: callFaults.interrupted(),
}

/** Batches what arrives within one turn of the event loop. */
function gather<T>(handOn: (all: readonly T[]) => Promise<void>): (one: T) => void {
  let waiting: T[] = []
  return one => {
    if (waiting.push(one) > 1) return
    setImmediate(() => {
      const all = waiting
      waiting = []
      void handOn(all)
    })
  }
}

/** A refusal means that the queue is closed, or is temporary: the request is repeated. */
async function quietly(asked: Promise<void>): Promise<void> {
  await asked.catch(() => undefined)
}
