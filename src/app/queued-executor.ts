import { createHash } from 'node:crypto'
import type { Agent, Document } from '../domain/document.js'
import type { RunEnded } from '../domain/event.js'
import { interrupted, type Outcome } from '../domain/outcome.js'
import type { Plan, RunSpec } from '../domain/plan.js'
import { passRuns } from '../pipeline/run/run-plan.js'
import { createTurnstiles, type Turnstiles } from '../pipeline/run/turnstile.js'
import type { RunJob, RunQueue, ToldEvents, WorkerEvent } from '../ports/run-queue.js'
import type { Executor, Order } from './executor.js'
import type { Prepared } from './prepare.js'
import type { Adapters } from './registry.js'
import { refuseClearSecrets, sealOptions } from './seal-options.js'
import { sealDocument, type SealedDocument } from './sealed-document.js'

export interface QueuedOptions {
  /** Names who asks, the same after a restart: results of different places may have the same name. Letters, digits and `-`. */
  readonly origin: string
  /** Shared with the workers. */
  readonly secret?: string
  /** How often all that has no end yet is added again, in case it was lost without a word. */
  readonly addAgainMs?: number
}

/** How often what waits is looked at, whether it is still wanted. */
const lookMs = 250
const usualAddAgainMs = 20_000
/** How long after the queue was lost workers may take to come back, and say what they still hold. */
const comeBackMs = 3000
/** How long a worker may take to tell that a call was cut off. */
const cutOffMs = 5000
/** Jobs in an agent's queue for each that may be under way: the next one is there when one ends. */
const ahead = 2

/** A run on its way. */
interface Underway {
  readonly spec: RunSpec
  readonly job: RunJob
  /** The attempt that was begun last; 0 before the first. */
  attempt: number
  isWithdrawn: boolean
  ended(): void
}

/**
 * Has conversations held by the workers of a queue. Of what a plan says, a result's own limits are kept here, by adding no
 * more jobs than may be under way; the agents' are kept by the queue, for all results.
 */
export function createQueuedExecutor(queue: RunQueue, use: Pick<Adapters, 'clock'>, how: QueuedOptions): Executor {
  const seals = new WeakMap<Document, SealedDocument>()
  const sealed = ({ document, request }: Prepared): SealedDocument => {
    const seal = seals.get(document) ?? sealDocument(document, request.cwd)
    seals.set(document, seal)
    return seal
  }
  return {
    isElsewhere: true,
    execute: order => executeOrder(order, sealed(order.prepared), queue, use, how),
    refusal: options => refuseClearSecrets(options, how.secret),
  }
}

async function executeOrder(
  order: Order,
  seal: SealedDocument,
  queue: RunQueue,
  { clock }: Pick<Adapters, 'clock'>,
  { origin, secret, addAgainMs = usualAddAgainMs }: QueuedOptions,
): Promise<void> {
  const { plan, request } = order.prepared
  const name = `${origin}-${order.result}`
  const options = sealOptions(request.options, secret)
  const underway = new Map<number, Underway>()
  const ended = new Set<number>()
  const over = new AbortController()
  const acknowledging = new Set<Promise<void>>()
  const leave = (): void => over.abort()
  order.left?.addEventListener('abort', leave)
  if (order.left?.aborted) leave()

  const jobOf = ({ index, key: run, entry }: RunSpec): RunJob => {
    const runId = order.runId?.(index, 1)
    return {
      id: `${name}-${index}`,
      order: name,
      result: order.result,
      agent: queueOf(entry.agent, order.prepared),
      document: seal.digest,
      ...options,
      index,
      run,
      ...(runId !== undefined && { runId }),
      earlier: order.earlier(index),
    }
  }

  const announce = async (): Promise<void> => {
    await queue.publish(seal.digest, seal.body)
    for (const { agent } of plan.entries) await queue.limit(queueOf(agent, order.prepared), agent.limits)
  }
  const addAgain = (): void => {
    const jobs = [...underway.values()].filter(({ isWithdrawn }) => !isWithdrawn).map(({ job }) => job)
    void announce().then(() => queue.add(jobs)).catch(() => undefined)
  }

  const end = (run: Underway, outcome: Outcome): void => {
    const { index, key } = run.spec
    take({ type: 'run.ended', index, at: clock.date().toISOString(), run: key, outcome, durationMs: 0, earlier: run.job.earlier, flaky: false })
  }
  const take = (event: WorkerEvent): void => {
    if (event.type === 'agent.ready') return order.emit(event)
    const { index } = event
    // What a worker says of a run that is over comes too late: the first end counts.
    if (order.hasEnded(index) || ended.has(index)) return
    const run = underway.get(index)
    if (event.type === 'run.started' && run) {
      if (event.attempt <= run.attempt) return
      run.attempt = event.attempt
    }
    order.emit(event)
    if (event.type === 'run.ended') takeEnd(event)
  }
  const takeEnd = ({ index }: RunEnded): void => {
    ended.add(index)
    underway.get(index)?.ended()
    underway.delete(index)
  }

  /** Calls runs off: those that nobody has taken will never be held. */
  const withdraw = async (runs: readonly Underway[], outcomeOf: (run: Underway) => Outcome): Promise<void> => {
    for (const run of runs) run.isWithdrawn = true
    const gone = await queue.withdraw(runs.map(({ job }) => job))
    for (const run of runs) if (gone.has(run.job.id)) end(run, outcomeOf(run))
  }
  const cutOff = async (runs: readonly Underway[]): Promise<void> => {
    const wanted = runs.filter(({ spec }) => underway.has(spec.index))
    // Before they can be withdrawn: who takes one in the meantime sees that it is not wanted.
    await queue.cut(wanted.map(({ job }) => job))
    await withdraw(wanted, run => outcomeOfCut(order, run))
  }
  const look = (): void => {
    const unwanted = [...underway.values()].filter(run => run.attempt === 0 && !run.isWithdrawn && order.admit(run.spec) !== undefined)
    if (unwanted.length > 0) void withdraw(unwanted, run => ({ status: 'not_run', reason: order.admit(run.spec) ?? 'cancelled' })).catch(() => undefined)
  }
  const onCutOff = (): void => {
    void cutOff([...underway.values()]).catch(() => undefined)
    // Whoever has not been heard of by then is not waited for: the queue, or the worker, may be gone.
    cancels.push(clock.after(cutOffMs, () => [...underway.values()].forEach(run => end(run, outcomeOfCut(order, run)))))
  }

  const follow = async (caughtUp: () => void): Promise<void> => {
    let isFirst = true
    for await (const told of queue.events(name, over.signal)) {
      told.events.forEach(take)
      if (told.events.length > 0) track(acknowledge(told))
      if (!told.caughtUp) continue
      if (isFirst) caughtUp()
      else cancels.push(clock.after(comeBackMs, addAgain))
      isFirst = false
    }
  }
  const acknowledge = async (told: ToldEvents): Promise<void> => {
    await order.stored()
    await told.acknowledge()
  }
  const track = (promise: Promise<void>): void => {
    const settled = promise.catch(() => undefined).finally(() => acknowledging.delete(settled))
    acknowledging.add(settled)
  }

  const add = gather<RunJob>(jobs => queue.add(jobs).catch(() => undefined))
  const hold = (spec: RunSpec): Promise<void> =>
    new Promise(resolve => {
      const run: Underway = { spec, job: jobOf(spec), attempt: 0, isWithdrawn: false, ended: resolve }
      underway.set(spec.index, run)
      order.onCall?.(spec.index, () => void cutOff([run]).catch(() => undefined))
      if (order.signal.aborted) end(run, outcomeOfCut(order, run))
      else add(run.job)
    })

  const cancels = [every(clock, lookMs, look), every(clock, addAgainMs, addAgain)]
  order.signal.addEventListener('abort', onCutOff)
  try {
    const isLeft = aborted(over.signal)
    const begun = new Promise<void>(resolve => track(follow(resolve)))
    // Before anything is added, what workers have told already: a result that is gone on with may be half done.
    await Promise.race([begun.then(announce), isLeft, aborted(order.signal)])
    if (order.signal.aborted) onCutOff()
    const hasEnded = (index: number): boolean => order.hasEnded(index) || ended.has(index)
    const passing = passRuns(plan, { ...order, hasEnded, clock }, aheadOf(plan, clock), hold)
    await Promise.race([passing, isLeft])
    if (over.signal.aborted) return
    await Promise.race([order.stored(), aborted(order.signal)])
  } finally {
    for (const cancel of cancels) cancel()
    order.signal.removeEventListener('abort', onCutOff)
    order.left?.removeEventListener('abort', leave)
    if (!over.signal.aborted) void queue.forget(name).catch(() => undefined)
    over.abort()
  }
}

/** A run whose call was cut off, or would have been. */
function outcomeOfCut({ admit }: Order, { spec, attempt }: Underway): Outcome {
  if (attempt === 0) return { status: 'not_run', reason: admit(spec) ?? 'cancelled' }
  const ending = { by: 'limit', reason: 'run-cancelled-by-user', atS: 0 } as const
  return { status: 'infra_error', transcript: { entries: [], metadata: {}, ending }, fault: interrupted }
}

/**
 * Which queue an agent's runs wait in: its own, whichever result they are of. An agent that is reached at another address
 * is another one, and shares no limit with it.
 */
function queueOf(agent: Agent, { document, request }: Prepared): string {
  const file = document.sources[0]?.path ?? request.path
  const address = createHash('sha256').update(JSON.stringify(agent.connection)).digest('hex').slice(0, 8)
  return `${file}/${agent.key}@${address}`
}

/** The limits of a plan, but those of its agents loosened: the queue keeps them. */
function aheadOf(plan: Plan, clock: Adapters['clock']): Turnstiles {
  const loosened = (agent: Agent): Agent => {
    const { concurrency } = agent.limits
    return { ...agent, limits: concurrency === undefined ? {} : { concurrency: concurrency * ahead } }
  }
  const entries = plan.entries.map(entry => ({ ...entry, agent: loosened(entry.agent) }))
  const own = createTurnstiles({ ...plan, entries }, clock)
  return { ...own, widthOf: ({ index, ...entry }) => own.widthOf(entries[index] ?? { index, ...entry }) }
}

/** Hands on together what comes in one turn of the event loop. */
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

/** @returns What ends it. */
function every(clock: Adapters['clock'], ms: number, then: () => void): () => void {
  let cancel = (): void => undefined
  const again = (): void => {
    cancel = clock.after(ms, () => {
      then()
      again()
    })
  }
  again()
  return () => cancel()
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
