import type { Document } from '../../domain/document.js'
import { callFaults } from '../../domain/faults/call-faults.js'
import { passRuns } from '../../pipeline/run/run-plan.js'
import type { RunQueue, EventBatch } from '../../ports/run-queue.js'
import type { Executor, Order } from '../executor.js'
import type { Prepared } from '../plan-document.js'
import { createQueuedRuns, type QueuedRuns } from './queued-runs.js'
import { createRecordingCollector, type Collected, type RecordingCollector } from './collect-recordings.js'
import type { Adapters } from '../registry.js'
import { createLooseTurnstiles, createRunJobs, type RunJobs } from './run-jobs.js'
import { refuseClearSecrets } from './seal-options.js'
import { sealDocument, type SealedDocument } from '../sealed-document.js'
import { untilAborted } from '../until-aborted.js'

export interface QueuedOptions {
  /** Distinguishes results of the same name in different places; the same after a restart. Letters, digits and `-`. */
  readonly origin: string
  /** The secret that servers and workers share. */
  readonly secret?: string
}

/** How often waiting runs are checked for whether they are still wanted. */
const lookMs = 250
/** How long runs wait for a queue that is lost. */
const lostForMostMs = 300_000
/** How often all open runs are added again, in case the queue lost them silently. */
const addAgainMs = 20_000
/** After the queue was lost, how long workers may take to return and report the runs they still conduct. */
const comeBackMs = 3000

/**
 * Lets the workers of a queue conduct the conversations. This process keeps the result's own limits by adding no more jobs
 * than may be in progress. The queue keeps the agents' limits, across all results.
 */
export function createQueuedExecutor(queue: RunQueue, { clock }: Pick<Adapters, 'clock'>, { origin, secret }: QueuedOptions): Executor {
  const seals = new WeakMap<Document, SealedDocument>()
  const sealed = ({ document, request }: Prepared): SealedDocument => {
    const seal = seals.get(document) ?? sealDocument(document, request.cwd)
    seals.set(document, seal)
    return seal
  }
  return {
    isElsewhere: () => true,
    isQueueLost: () => queue.lostForMs() > 0,
    execute(order) {
      const jobs = createRunJobs(order, sealed(order.prepared), origin, secret)
      const recordings = createRecordingCollector(jobs.order, order, queue)
      return carryOut({ order, jobs, runs: createQueuedRuns(order, jobs, queue, clock), recordings, queue, clock })
    },
    refusal: options => refuseClearSecrets(options, secret),
  }
}

/** An order with everything needed to carry it out. */
interface Carried {
  readonly order: Order
  readonly jobs: RunJobs
  readonly runs: QueuedRuns
  readonly recordings: RecordingCollector
  readonly queue: RunQueue
  readonly clock: Adapters['clock']
}

async function carryOut(carried: Carried): Promise<void> {
  const { order, jobs, runs, queue, clock } = carried
  const { plan } = order.prepared
  const over = new AbortController()
  const left = untilAborted(order.left, over.signal)
  const cut = untilAborted(order.signal, over.signal)
  const look = (): void => {
    runs.look()
    if (queue.lostForMs() > lostForMostMs) runs.giveUp(callFaults.queueLost({ ms: lostForMostMs }))
  }
  const cancels = [every(clock, lookMs, look), every(clock, addAgainMs, runs.addAgain)]
  void cut.then(runs.cutOff)
  try {
    // Workers' earlier events come first: part of a resumed result may already have run.
    const caughtUp = new Promise<void>(resolve => void follow(carried, over.signal, resolve))
    await Promise.race([caughtUp.then(() => jobs.announce(queue)), cut, left])
    const passing = passRuns(plan, { ...order, hasEnded: runs.hasEnded, clock }, createLooseTurnstiles(plan, clock), runs.take)
    await Promise.race([passing, left])
    if (order.left?.aborted) return
    await Promise.race([order.stored(), cut, left])
    void queue.forget(jobs.order).catch(() => undefined)
  } finally {
    for (const cancel of cancels) cancel()
    over.abort()
  }
}

/**
 * Passes workers' events on and acknowledges each once it is stored.
 *
 * @param caughtUp  Called when all earlier events have been passed on.
 */
async function follow({ order, jobs, runs, recordings, queue, clock }: Carried, signal: AbortSignal, caughtUp: () => void): Promise<void> {
  let isFirst = true
  for await (const told of queue.events(jobs.order, signal)) {
    const collected = await recordings.collect(told.events)
    collected.events.forEach(runs.hear)
    if (told.events.length > 0) void acknowledge(order, told, collected)
    if (!told.caughtUp) continue
    if (isFirst) caughtUp()
    else clock.after(comeBackMs, () => void (signal.aborted || runs.addAgain()))
    isFirst = false
  }
}

async function acknowledge(order: Order, told: EventBatch, { drop }: Collected): Promise<void> {
  await order
    .stored()
    .then(told.acknowledge)
    .then(drop)
    .catch(() => undefined)
}

/** @returns A function that stops the timer. */
function every(clock: Adapters['clock'], ms: number, then: () => void): () => void {
  let cancel: (() => void) | undefined
  const again = (): void => {
    cancel = clock.after(ms, () => {
      then()
      again()
    })
  }
  again()
  return () => cancel?.()
}
