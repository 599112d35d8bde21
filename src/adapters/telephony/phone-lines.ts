import { ask, giveBack, type Granted, type Lacking, type Lent, type LineWish, renewed } from '../../domain/trunk-desk.js'
import type { Clock } from '../../ports/clock.js'
import type { LentLine, PhoneLines } from '../../ports/phone-lines.js'
import type { TrunkDesks } from '../../ports/trunk-desks.js'

/** How quickly the lines of a process that has died are free again. */
export interface LineTiming {
  /** A process that is silent for so long has lost what it had. It renews it three times as often. */
  readonly keepsMs: number
  /** Whoever waits is forgotten after so long. It looks five times as often. */
  readonly waitsMs: number
}

const usualTiming: LineTiming = { keepsMs: 30_000, waitsMs: 5000 }
const longestGoodbyeMs = 2000
/** What is waited for is told again so often: a server that was restarted knows nothing of what runs of workers wait for. */
const tellsAgainMs = 30_000

/** Lends lines and numbers from desks that others may share. */
export function createPhoneLines(desks: TrunkDesks, clock: Clock, timing = usualTiming): PhoneLines {
  const open = new Set<OpenLine>()
  const givenBack = new Set<Promise<void>>()

  return {
    async take(trunk, wish, signal, lacking) {
      const desk = { desks, clock, timing, trunk }
      const line: OpenLine = new OpenLine(await waitInLine(wish, { ...desk, signal, lacking }), desk, () => {
        open.delete(line)
        const given = giveBackTo(desk, wish.id).finally(() => givenBack.delete(given))
        givenBack.add(given)
      })
      open.add(line)
      return line
    },
    async [Symbol.asyncDispose]() {
      for (const line of open) line.giveBack()
      // A desk that cannot be reached forgets by itself.
      const late = new Promise<void>(resolve => clock.after(longestGoodbyeMs, resolve))
      await Promise.race([Promise.all(givenBack), late])
      await desks[Symbol.asyncDispose]()
    },
  }
}

interface AtDesk {
  readonly desks: TrunkDesks
  readonly clock: Clock
  readonly timing: LineTiming
  readonly trunk: string
}

interface InLine extends AtDesk {
  readonly signal: AbortSignal
  readonly lacking: (what: Lacking) => void
}

async function waitInLine(wish: LineWish, { desks, clock, timing, trunk, signal, lacking }: InLine): Promise<Lent> {
  const { keepsMs, waitsMs } = timing
  let wake: (() => void) | undefined
  let giveUp: (() => void) | undefined
  const stopWatching = desks.watch(trunk, () => wake?.())
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', (giveUp = () => reject(signal.reason as Error)))
  })
  aborted.catch(() => undefined)
  let told: { readonly what: Lacking; readonly atMs: number } | undefined
  try {
    for (;;) {
      signal.throwIfAborted()
      const woken = new Promise<void>(resolve => (wake = resolve))
      const asked = desks.change(trunk, (desk, nowMs) => ask(desk, wish, { nowMs, waitsMs, keepsMs }))
      const answer: Granted = await Promise.race([asked, aborted])
      if ('lent' in answer) return answer.lent
      if (answer.lacks !== told?.what || clock.now() - told.atMs >= tellsAgainMs) {
        told = { what: answer.lacks, atMs: clock.now() }
        lacking(told.what)
      }
      const cancel = clock.after(Math.min(waitsMs / 5, answer.inMs ?? waitsMs), () => wake?.())
      await Promise.race([woken, aborted]).finally(cancel)
    }
  } catch (cause) {
    // What may be granted meanwhile, nobody else gives back.
    void giveBackTo({ desks, trunk }, wish.id)
    throw cause
  } finally {
    if (giveUp) signal.removeEventListener('abort', giveUp)
    stopWatching()
  }
}

/** Never rejects: a desk that cannot be reached forgets by itself. */
async function giveBackTo({ desks, trunk }: Pick<AtDesk, 'desks' | 'trunk'>, id: string): Promise<void> {
  await desks.change(trunk, desk => [giveBack(desk, id), undefined]).catch(() => undefined)
}

class OpenLine implements LentLine {
  readonly #lent: Lent
  readonly #desk: AtDesk
  readonly #closed: () => void
  readonly #lost = new AbortController()
  #cancelRenewal: (() => void) | undefined
  #cancelLoss: (() => void) | undefined
  #isOver = false

  /** @param closed  Called once it is given back or lost. */
  constructor(lent: Lent, desk: AtDesk, closed: () => void) {
    this.#lent = lent
    this.#desk = desk
    this.#closed = closed
    this.#keep()
  }

  get number(): string | undefined {
    return this.#lent.number
  }

  get lost(): AbortSignal {
    return this.#lost.signal
  }

  giveBack(): void {
    if (!this.#isOver) this.#end()
  }

  /** It was just lent or renewed. */
  #keep(): void {
    const { clock, timing } = this.#desk
    this.#cancelLoss?.()
    this.#cancelLoss = clock.after(timing.keepsMs, () => this.#lose())
    this.#cancelRenewal = clock.after(timing.keepsMs / 3, () => void this.#renew())
  }

  /** A desk that is away answers late, or not at all. */
  async #renew(): Promise<void> {
    const { desks, trunk, timing } = this.#desk
    try {
      const isOurs = await desks.change(trunk, (desk, nowMs) => {
        if (this.#isOver) return [desk, true]
        const kept = renewed(desk, this.#lent, { nowMs, keepsMs: timing.keepsMs })
        return [kept ?? desk, kept !== undefined]
      })
      if (this.#isOver) return
      if (isOurs) this.#keep()
      else this.#lose()
    } catch {
      if (!this.#isOver) this.#cancelRenewal = this.#desk.clock.after(timing.keepsMs / 3, () => void this.#renew())
    }
  }

  #lose(): void {
    this.#end()
    this.#lost.abort(new Error('The line was lost: this machine was away for too long.'))
  }

  #end(): void {
    this.#isOver = true
    this.#cancelRenewal?.()
    this.#cancelLoss?.()
    this.#closed()
  }
}
