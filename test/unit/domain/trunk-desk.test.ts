import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  ask,
  emptyDesk,
  giveBack,
  renewed,
  type DeskTime,
  type Granted,
  type Lent,
  type LineWish,
  type TrunkDesk,
} from '../../../src/domain/trunk-desk.js'

/** `npm run soak` tries 10,000. */
const schedules = Number(process.env['SCHEDULES'] ?? 2500)
const timing = { waitsMs: 5000, keepsMs: 30_000 }

describe('a trunk', () => {
  test('lends each number once, and says what the next call waits for', () => {
    const desk = new Desk()
    expect(desk.ask(wish('a'))).toEqual('+1')
    expect(desk.ask(wish('b'))).toEqual('+2')
    expect(desk.ask(wish('c'))).toEqual({ lacks: 'a number' })
    desk.giveBack('a')
    expect(desk.ask(wish('c'))).toEqual('+1')
  })

  test('takes as many calls at once as it has lines', () => {
    const desk = new Desk()
    const one = { numbers: [], lines: 1 }
    expect(desk.ask(wish('a', one))).toBeUndefined()
    expect(desk.ask(wish('b', one))).toEqual({ lacks: 'a line' })
    desk.giveBack('a')
    expect(desk.ask(wish('b', one))).toBeUndefined()
  })

  test.each([
    [1, 1000],
    [0.5, 2000],
    [2.5, 800],
    [50, 1000],
  ])('places %d calls a second', (callsPerSecond, windowMs) => {
    const desk = new Desk()
    const most = Math.max(1, Math.floor(callsPerSecond))
    const at = { numbers: [], lines: 100, callsPerSecond }
    for (let i = 0; i < most; i += 1) expect(desk.ask(wish(`${i}`, at))).toBeUndefined()
    expect(desk.ask(wish('last', at))).toEqual({ lacks: 'the rate of calls', inMs: windowMs })
    desk.nowMs += windowMs - 1
    expect(desk.ask(wish('last', at))).toEqual({ lacks: 'the rate of calls', inMs: 1 })
    desk.nowMs += 1
    expect(desk.ask(wish('last', at))).toBeUndefined()
  })

  test('lends one number to several calls that are told apart by who calls it', () => {
    const desk = new Desk()
    expect(desk.ask(wish('a', { numbers: ['+1'], peer: '+9' }))).toBe('+1')
    expect(desk.ask(wish('b', { numbers: ['+1'], peer: '+8' }))).toBe('+1')
    expect(desk.ask(wish('c', { numbers: ['+1'], peer: '+9' }))).toEqual({ lacks: 'a number' })
    expect(desk.ask(wish('d', { numbers: ['+1'] }))).toEqual({ lacks: 'a number' })
  })

  test('serves results in turn, however many calls one of them has waiting', () => {
    const desk = new Desk()
    const served: string[] = []
    const waiting = ['a1', 'a2', 'a3', 'a4', 'b1', 'b2'].map(id => wish(id, { result: id.charAt(0), numbers: ['+1'] }))
    for (const each of waiting) desk.ask(each)
    for (let last = 'a1'; served.length < waiting.length;) {
      served.push(last)
      desk.giveBack(last)
      const next = waiting.filter(({ id }) => !served.includes(id)).find(each => desk.ask(each) === '+1')
      last = next?.id ?? 'none'
    }
    expect(served).toEqual(['a1', 'a2', 'b1', 'a3', 'b2', 'a4'])
  })

  test('gives to others what a call can have that waits for a number of its own', () => {
    const desk = new Desk()
    desk.ask(wish('a', { numbers: ['+1'] }))
    expect(desk.ask(wish('b', { numbers: ['+1'] }))).toEqual({ lacks: 'a number' })
    expect(desk.ask(wish('c', { numbers: ['+1', '+2'] }))).toBe('+2')
  })

  test('forgets who does not ask again, and who does not renew', () => {
    const desk = new Desk()
    desk.ask(wish('a', { numbers: ['+1'] }))
    desk.ask(wish('gone', { numbers: ['+1'] }))
    desk.ask(wish('c', { numbers: ['+1'] }))
    desk.giveBack('a')
    expect(desk.ask(wish('c', { numbers: ['+1'] }))).toEqual({ lacks: 'a number' })
    desk.nowMs += timing.waitsMs
    expect(desk.ask(wish('c', { numbers: ['+1'] }))).toBe('+1')
    desk.nowMs += timing.keepsMs - 1
    expect(desk.ask(wish('d', { numbers: ['+1'] }))).toEqual({ lacks: 'a number' })
    desk.nowMs += 1
    expect(desk.ask(wish('d', { numbers: ['+1'] }))).toBe('+1')
  })

  test('takes back what it forgot, unless somebody else has it', () => {
    const desk = new Desk()
    desk.ask(wish('a', { numbers: ['+1'] }))
    const own = desk.lent('a')
    desk.state = emptyDesk
    expect(desk.renew(own)).toBe(true)
    expect(desk.ask(wish('b', { numbers: ['+1'] }))).toEqual({ lacks: 'a number' })
    desk.state = emptyDesk
    desk.ask(wish('b', { numbers: ['+1'] }))
    expect(desk.renew(own)).toBe(false)
  })

  test('of thousands of schedules of workers that ask, call, die and come back, none has a number twice at once, and all are served', () => {
    const step = fc.record({
      worker: fc.nat(5),
      does: fc.constantFrom('ask', 'ask', 'ask', 'give back', 'renew', 'die', 'lose the desk'),
      passMs: fc.constantFrom(0, 1, 200, 1000, 6000, 31_000),
      numbers: fc.subarray(['+1', '+2', '+3'], { minLength: 0 }),
      peer: fc.option(fc.constantFrom('+8', '+9'), { nil: undefined }),
      rate: fc.option(fc.constantFrom(0.5, 1, 3), { nil: undefined }),
      result: fc.constantFrom('x', 'y'),
    })
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 25 }), fc.integer({ min: 1, max: 4 }), (steps, lines) => {
        const desk = new Desk()
        const workers = new Map<number, Worker>()
        let placedAtMs: number[] = []
        const tooSoon: number[] = []
        let ids = 0
        for (const { worker, does, passMs, numbers, peer, rate, result } of steps) {
          desk.nowMs += passMs
          // As those do who are alive: they renew in time, and ask again.
          for (const each of workers.values()) each.live(desk)
          const own =
            workers.get(worker) ??
            new Worker(
              wish(`${ids++}`, {
                numbers,
                result,
                lines,
                ...(peer !== undefined && { peer }),
                ...(rate !== undefined && { callsPerSecond: rate }),
              }),
            )
          workers.set(worker, own)
          if (does === 'ask' && own.ask(desk) && own.wish.callsPerSecond !== undefined) {
            placedAtMs.push(desk.nowMs)
            tooSoon.push(tooSoonMs(placedAtMs, own.wish.callsPerSecond))
          }
          if (does === 'renew') own.live(desk)
          if (does === 'lose the desk') {
            desk.state = emptyDesk
            placedAtMs = []
          }
          if (does === 'give back') {
            desk.giveBack(own.wish.id)
            workers.delete(worker)
          }
          // What it has is found out only when nobody renews it.
          if (does === 'die') workers.delete(worker)
          expect(heldTwice([...workers.values()])).toEqual([])
        }
        expect(Math.max(0, ...tooSoon)).toBeLessThan(1)
        serveAll(desk, [...workers.values()])
      }),
      { numRuns: schedules },
    )
  })
})

function wish(id: string, other: Partial<LineWish> = {}): LineWish {
  return { id, result: 'r', numbers: ['+1', '+2'], lines: 10, ...other }
}

class Desk {
  state: TrunkDesk = emptyDesk
  nowMs = 1_000_000

  /** The number; what is lacking. */
  ask(own: LineWish): string | undefined | Exclude<Granted, { lent: Lent }> {
    const [state, answer] = ask(this.state, own, this.#time)
    this.state = state
    return 'lent' in answer ? answer.lent.number : answer
  }

  giveBack(id: string): void {
    this.state = giveBack(this.state, id)
  }

  lent(id: string): Lent {
    const found = this.state.lent.find(each => each.id === id)
    if (!found) throw new Error(`${id} has nothing`)
    return found
  }

  renew(own: Lent): boolean {
    const state = renewed(this.state, own, this.#time)
    if (state) this.state = state
    return state !== undefined
  }

  get #time(): DeskTime {
    return { nowMs: this.nowMs, ...timing }
  }
}

/** Somebody who asks, and then has something until it is lost. */
class Worker {
  readonly wish: LineWish
  has: Lent | undefined
  #renewedAtMs = 0

  constructor(own: LineWish) {
    this.wish = own
  }

  ask(desk: Desk): boolean {
    if (this.has) return false
    const answer = desk.ask(this.wish)
    if (typeof answer === 'object') return false
    this.has = desk.lent(this.wish.id)
    this.#renewedAtMs = desk.nowMs
    return true
  }

  live(desk: Desk): void {
    if (!this.has) return
    const isLate = desk.nowMs - this.#renewedAtMs >= timing.keepsMs
    if (isLate || !desk.renew(this.has)) this.has = undefined
    else this.#renewedAtMs = desk.nowMs
  }
}

/** Pairs of workers that have the same number, though a call to it could belong to either. */
function heldTwice(workers: readonly Worker[]): string[] {
  const held = workers.flatMap(({ has }) => (has?.number === undefined ? [] : has))
  return held.flatMap((one, i) =>
    held
      .slice(i + 1)
      .filter(other => one.number === other.number && (one.peer === undefined || other.peer === undefined || one.peer === other.peer))
      .map(other => `${one.id} and ${other.id} have ${one.number}`),
  )
}

/** By how much the last call was placed sooner than the rate allows. */
function tooSoonMs(placedAtMs: readonly number[], callsPerSecond: number): number {
  const most = Math.max(1, Math.floor(callsPerSecond))
  const [before = -Infinity, last = 0] = [placedAtMs.at(-1 - most), placedAtMs.at(-1)]
  return Math.max(0, (1000 * most) / callsPerSecond - (last - before))
}

/** Once those that have something give it back, all others get what they want. */
function serveAll(desk: Desk, workers: readonly Worker[]): void {
  const waiting = new Set(workers.filter(({ has }) => !has))
  for (const { wish: own, has } of workers) if (has) desk.giveBack(own.id)
  for (let rounds = 0; waiting.size > 0; rounds += 1) {
    expect(rounds).toBeLessThan(100)
    desk.nowMs += 2000
    for (const worker of waiting) {
      if (!worker.ask(desk)) continue
      waiting.delete(worker)
      desk.giveBack(worker.wish.id)
    }
  }
}
