import { NoCommonMedia } from './call-media.js'
import { allowedMethods, type Core, type Final } from './core.js'
import type { Leg } from './leg.js'
import { descriptionIn } from './message.js'
import type { Negotiation } from './negotiation.js'
import { intervalGranted, intervalRequest, leastIn } from './session-interval.js'
import type { Refreshed } from './session-timer.js'
import { waitFor } from '../../ports/clock.js'

export interface ReofferUse {
  readonly core: Core
  readonly negotiation: Negotiation
  readonly isCaller: boolean
}

/** How often one offer that clashes with theirs is sent. */
const mostClashes = 5

/** Offers of ours in an answered call: hold, its end, and refreshes. One at a time. */
export class Reoffer {
  #last: Promise<unknown> = Promise.resolve()
  #isUnderWay = false

  constructor(
    private readonly leg: Leg,
    private readonly use: ReofferUse,
    /** What the far side takes. */
    private readonly far: { readonly takesUpdates: boolean },
  ) {}

  get isUnderWay(): boolean {
    return this.#isUnderWay
  }

  /** Sends a re-INVITE with a new offer. */
  async offer(how: { readonly hold?: boolean }): Promise<Final> {
    return await this.#inTurn(() => this.#offer(how, []))
  }

  /** Refreshes the session, by UPDATE without an offer where the far side takes one. @param seconds  The interval to ask for. */
  async refresh(seconds: number): Promise<Refreshed> {
    const headers = [...intervalRequest(seconds, seconds, 'uac'), ['Supported', 'timer'] as const]
    const final = this.far.takesUpdates ? await this.leg.send('UPDATE', { headers }) : await this.#inTurn(() => this.#offer({}, headers))
    if (final.kind === 'lost') return { kind: 'gone' }
    if (final.status === 422) return { kind: 'too_small', leastS: leastIn(final.headers) }
    if (final.status === 481 || final.status === 408) return { kind: 'gone' }
    return final.status < 300 ? { kind: 'refreshed', interval: intervalGranted(final.headers) } : { kind: 'failed' }
  }

  async #offer(how: { readonly hold?: boolean }, extra: readonly (readonly [string, string])[]): Promise<Final> {
    const { negotiation } = this.use
    for (let clashes = 1; ; clashes += 1) {
      const content = await negotiation.offer(how)
      const headers = [['Allow', allowedMethods] as const, ...extra]
      const final = await this.leg.invite({ headers, body: { type: 'application/sdp', content } })
      if (final.kind === 'response' && final.status < 300) {
        await this.#take(descriptionIn(final))
        return final
      }
      negotiation.drop()
      if (final.kind === 'lost' || final.status !== 491 || clashes === mostClashes) return final
      await this.#pause()
    }
  }

  async #take(answer: string): Promise<void> {
    try {
      if (answer === '') throw new NoCommonMedia('The answer has no session description.')
      await this.use.negotiation.take(answer, true)
    } catch {
      // What was agreed before stays (RFC 3261, 14.1).
      this.use.negotiation.drop()
    }
  }

  /** After a clash the side that made the Call-ID waits longer, so that they do not clash again (RFC 3261, 14.1). */
  async #pause(): Promise<void> {
    const { clock, random } = this.use.core.use
    const [least, most] = this.use.isCaller ? [2_100, 4_000] : [0, 2_000]
    // Theirs may come through meanwhile.
    this.#isUnderWay = false
    await waitFor(least + 10 * Math.floor((random() * (most - least)) / 10), clock, new AbortController().signal)
    this.#isUnderWay = true
  }

  async #inTurn(work: () => Promise<Final>): Promise<Final> {
    const done = this.#last.then(async () => {
      this.#isUnderWay = true
      try {
        return await work()
      } finally {
        this.#isUnderWay = false
      }
    })
    this.#last = done.catch(() => {})
    return await done
  }
}
