import { setTimeout as wait } from 'node:timers/promises'
import type { ResultFeed, WatcherState } from './result-feed.js'

/** How long watchers are served at a stretch, and how long everybody else then has the process for themselves. */
const [sliceMs, restMs] = [3, 5]
/** How many such rests in a row there are at most, while watchers come: Node takes one new connection in each turn of the event loop. */
const mostRests = 40

/** Serves watchers of all results, a few milliseconds at a time. */
export class Serving {
  readonly #due = new Map<WatcherState, ResultFeed>()
  #isBusy = false
  /** How many watchers have come, in all. */
  #came = 0

  /** A watcher comes. Those who come at about the same time are served from the same pages, so the others wait for it. */
  noteComer(): void {
    this.#came += 1
  }

  /** Serves the watchers of a feed soon. */
  serveSoon(feed: ResultFeed, states: Iterable<WatcherState>): void {
    for (const state of states) this.#due.set(state, feed)
    if (this.#isBusy || this.#due.size === 0) return
    void this.#serveDue()
  }

  async #serveDue(): Promise<void> {
    this.#isBusy = true
    try {
      let fromMs = performance.now()
      // The loop also comes to those who are added meanwhile.
      for (const [state, feed] of this.#due) {
        this.#due.delete(state)
        feed.serve(state)
        if (performance.now() - fromMs < sliceMs) continue
        await this.#rest()
        fromMs = performance.now()
      }
    } finally {
      // Not a moment after the loop: whoever is added then would wait for the next sign of life.
      this.#isBusy = false
    }
  }

  async #rest(): Promise<void> {
    for (let [before, rests] = [-1, 0]; this.#came !== before && rests < mostRests; rests += 1) {
      before = this.#came
      await wait(restMs)
    }
  }
}
