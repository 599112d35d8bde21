import { renderLive } from '../../../adapters/reporters/html/generated/render.js'
import type { LiveMessage, LivePart } from '../../../domain/live-part.js'
import type { Clock } from '../../../ports/clock.js'
import type { Database, ResultRecord } from '../../../ports/database.js'
import { StoreError } from '../../../ports/store.js'
import { titleOf } from '../../../domain/case-title.js'
import { runKey } from '../../../domain/plan.js'
import { isKept, type SuiteEvent } from '../../../domain/event.js'
import type { UnderWay } from '../../../domain/site.js'
import { createTally, type Tally } from '../../../pipeline/tally/tally.js'
import { casesOf } from '../answer/result-context.js'
import type { LiveEvents } from '../conduct/live-events.js'

/** What the pages of results in progress show, kept up to date while somebody looks. */
export interface LiveResults extends Disposable {
  /** What there is now. */
  parts(record: ResultRecord): Promise<readonly LivePart[]>
  /**
   * Sends what there is now, and then what changes, at most four times a second, until the result is over.
   *
   * @param send  Is given the parts that changed. Returns whether it took them; otherwise they come again.
   * @returns A function that ends the watching.
   */
  watch(record: ResultRecord, send: SendLive): () => void
}

export type SendLive = (message: LiveMessage) => boolean

const shortestPauseMs = 250
/** Making pages of one result takes at most one part in so many of the time. */
const shareOfTime = 5
/** How often to look for events that another server stored. */
const lookEveryMs = 2000
const eventsAtOnce = 200
/** Whoever hears nothing for longer may think that the connection is lost. */
const longestSilenceMs = 15_000

export interface LiveUse {
  readonly database: Pick<Database, 'events'>
  readonly live: LiveEvents
  readonly clock: Clock
  /** Called with a sentence for the operator about what cannot be shown, each once. */
  onTrouble(why: string): void
}

export function createLiveResults(use: LiveUse): LiveResults {
  const followed = new Map<number, FollowedLive>()
  return {
    async parts(record) {
      const known = followed.get(record.id)
      if (known) return known.parts()
      const own = new FollowedLive(record, use)
      await own.catchUp()
      own.addWaits()
      return own.parts()
    },
    watch(record, send) {
      const own = followed.get(record.id) ?? new FollowedLive(record, use)
      followed.set(record.id, own)
      own.watchers.set(send, { shown: new Map(), atMs: use.clock.now() })
      own.begin()
      return () => {
        own.watchers.delete(send)
        if (own.watchers.size > 0) return
        own[Symbol.dispose]()
        followed.delete(record.id)
      }
    },
    [Symbol.dispose]() {
      for (const own of followed.values()) own[Symbol.dispose]()
    },
  }
}

interface LiveWatcher {
  /** The parts that it has, by their ids. */
  readonly shown: Map<string, string>
  /** When it was last sent anything. */
  atMs: number
}

/** One result in progress, counted as its events come. */
class FollowedLive implements Disposable {
  readonly watchers = new Map<SendLive, LiveWatcher>()
  readonly #record: ResultRecord
  readonly #use: LiveUse
  readonly #tally: Tally
  readonly #runs = new Map<number, UnderWay>()
  #seen = 0
  /** Events that are not stored, since the last look. */
  #fleeting: SuiteEvent[] = []
  #isOver = false
  #isLeft = false
  #isBusy = false
  /** Of the next look, and when it is due. */
  #cancel: (() => void) | undefined
  #dueMs = 0
  #unwatch: (() => void) | undefined
  #pauseMs = shortestPauseMs
  #told: string | undefined

  constructor(record: ResultRecord, use: LiveUse) {
    this.#record = record
    this.#use = use
    this.#tally = createTally(record.started)
  }

  /** Shows at once, for whoever has just come. */
  begin(): void {
    this.#unwatch ??= this.#use.live.watch(this.#record.id, events => {
      for (const event of events) if (!isKept(event)) this.#fleeting.push(event)
      this.#showIn(this.#pauseMs)
    })
    this.#fleeting.push(...this.#use.live.waits(this.#record.id))
    this.#showIn(0)
  }

  /** Those that runs have at present. */
  addWaits(): void {
    for (const wait of this.#use.live.waits(this.#record.id)) this.#add(wait)
  }

  parts(): readonly LivePart[] {
    return renderLive(this.#record.started, this.#tally.report(), [...this.#runs.values()])
  }

  /** Reads the events that are stored. */
  async catchUp(): Promise<void> {
    for (;;) {
      const read = await this.#use.database.events(this.#record.id, this.#seen, eventsAtOnce)
      for (const { sequence, event } of read) {
        this.#seen = sequence
        this.#add(event)
      }
      if (read.length < eventsAtOnce) return
    }
  }

  [Symbol.dispose](): void {
    this.#cancel?.()
    this.#unwatch?.()
    this.#isLeft = true
  }

  #showIn(ms: number): void {
    const dueMs = this.#use.clock.now() + ms
    if (this.#isLeft || (this.#cancel && this.#dueMs <= dueMs)) return
    this.#cancel?.()
    this.#dueMs = dueMs
    this.#cancel = this.#use.clock.after(ms, () => {
      this.#cancel = undefined
      void this.#show()
    })
  }

  async #show(): Promise<void> {
    if (this.#isBusy) return this.#showIn(this.#pauseMs)
    this.#isBusy = true
    try {
      const fleeting = this.#fleeting
      this.#fleeting = []
      await this.catchUp()
      for (const event of fleeting) this.#add(event)
      const fromMs = this.#use.clock.now()
      const parts = this.parts()
      this.#pauseMs = Math.max(shortestPauseMs, (shareOfTime - 1) * (this.#use.clock.now() - fromMs))
      for (const [send, watcher] of this.watchers) this.#send(parts, send, watcher)
    } catch (cause) {
      this.#tell(cause)
    } finally {
      this.#isBusy = false
    }
    if (!this.#isOver) this.#showIn(lookEveryMs)
  }

  /** A database that is lost says so itself; the next look may find it again. Anything else is told. */
  #tell(cause: unknown): void {
    if (cause instanceof StoreError && cause.code === 'lost') return
    const why = cause instanceof Error ? cause.message : String(cause)
    if (why !== this.#told) this.#use.onTrouble(`The page of result ${this.#record.id} cannot show what is new: ${why}`)
    this.#told = why
  }

  #send(parts: readonly LivePart[], send: SendLive, watcher: LiveWatcher): void {
    const { shown, atMs } = watcher
    const changed = parts.filter(({ id, html }) => shown.get(id) !== html)
    const nowMs = this.#use.clock.now()
    if (changed.length === 0 && !this.#isOver && nowMs - atMs < longestSilenceMs) return
    if (!send({ parts: changed, ...(this.#isOver && { isOver: true }) })) return
    watcher.atMs = nowMs
    for (const { id, html } of changed) shown.set(id, html)
  }

  #add(event: SuiteEvent): void {
    this.#tally.add(event)
    switch (event.type) {
      case 'run.started':
        this.#runs.set(event.index, this.#underWay(event.index, event.attempt))
        return
      case 'run.waiting': {
        const { lacks: _, ...run } = this.#runs.get(event.index) ?? this.#underWay(event.index, event.attempt)
        this.#runs.set(event.index, { ...run, ...(event.lacks && { lacks: event.lacks }) })
        return
      }
      case 'run.awaiting': {
        const run = this.#runs.get(event.index)
        if (run) this.#runs.set(event.index, { ...run, awaitsAt: event.number })
        return
      }
      case 'run.turn': {
        const { moment } = event
        const run = this.#runs.get(event.index)
        if (run && moment.type === 'said') this.#runs.set(event.index, { ...run, last: { by: moment.by, text: moment.text } })
        return
      }
      case 'run.ended':
      case 'run.retrying':
        this.#runs.delete(event.index)
        return
      case 'suite.resumed':
        this.#runs.clear()
        return
      case 'suite.ended':
        this.#isOver = true
        return
      default:
    }
  }

  #underWay(index: number, attempt: number): UnderWay {
    const planned = casesOf(this.#record.started.plan.entries).findLast(each => each.firstRun <= index)
    if (!planned) throw new RangeError(`The plan has no run ${index}.`)
    return { key: runKey(planned.key, index - planned.firstRun + 1), title: titleOf(planned), attempt }
  }
}
