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
  readonly isOver: () => boolean
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
    return await this.#inTurn(() => this.#pastClashes(() => this.#offer(how, [])))
  }

  /** Refreshes the session, by UPDATE without an offer where the far side takes one. @param seconds  The interval to ask for. */
  async refresh(seconds: number): Promise<Refreshed> {
    const headers = [...intervalRequest(seconds, seconds, 'uac'), ['Supported', 'timer'] as const]
    const final = this.far.takesUpdates
      ? await this.#pastClashes(() => this.leg.send('UPDATE', { headers }))
      : await this.#inTurn(() => this.#pastClashes(() => this.#offer({}, headers)))
    if (final.kind === 'lost') return { kind: 'gone', status: undefined }
    if (final.status === 422) return { kind: 'too_small', leastS: leastIn(final.headers) }
    if (final.status === 481 || final.status === 408) return { kind: 'gone', status: final.status }
    return final.status < 300 ? { kind: 'refreshed', interval: intervalGranted(final.headers) } : { kind: 'failed' }
  }

  async #offer(how: { readonly hold?: boolean }, extra: readonly (readonly [string, string])[]): Promise<Final> {
    const { negotiation } = this.use
    this.#isUnderWay = true
    try {
      const content = await negotiation.offer(how)
      const headers = [['Allow', allowedMethods] as const, ...extra]
      const final = await this.leg.invite({ headers, body: { type: 'application/sdp', content } })
      if (final.kind === 'response' && final.status < 300) await this.#take(descriptionIn(final))
      else negotiation.drop()
      return final
    } finally {
      this.#isUnderWay = false
    }
  }

  /** After a clash the side that made the Call-ID waits longer, so that they do not clash again (RFC 3261, 14.1). */
  async #pastClashes(send: () => Promise<Final>): Promise<Final> {
    const { clock, random } = this.use.core.use
    const [least, most] = this.use.isCaller ? [2_100, 4_000] : [0, 2_000]
    for (let clashes = 1; ; clashes += 1) {
      const final = await send()
      if (final.kind === 'lost' || final.status !== 491 || clashes === mostClashes) return final
      await waitFor(least + 10 * Math.floor((random() * (most - least)) / 10), clock, new AbortController().signal)
      if (this.use.isOver()) return final
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

  async #inTurn(work: () => Promise<Final>): Promise<Final> {
    const done = this.#last.then(work)
    this.#last = done.catch(() => {})
    return await done
  }
}
