/**
 * Who may use what of a telephone trunk, and who waits for it: its numbers, its lines, and the calls that it takes a second. Plain data, so
 * that several machines can share it. Each function returns a new desk, and is given the time.
 */
export interface TrunkDesk {
  readonly waiting: readonly WaitingWish[]
  readonly lent: readonly Lent[]
  /** When calls were placed, oldest first, in milliseconds. */
  readonly placedAtMs: readonly number[]
  /** The turn that was served last, and the last turn that each result has asked for. */
  readonly turn: number
  readonly turns: Readonly<Record<string, number>>
}

/** What a call needs of a trunk. */
export interface LineWish {
  /** Names this wish; unique. */
  readonly id: string
  /** The result of which it is a run: results take turns. */
  readonly result: string
  /** Numbers of ours, any of which will do, best first. None where the call needs none to itself. */
  readonly numbers: readonly string[]
  /** The only number that is to call ours: then other calls may have the same number with another one. Absent: it is taken as a whole. */
  readonly peer?: string
  /** How many calls the trunk takes at once. */
  readonly lines: number
  /** How many calls may be placed a second; absent if the call is not placed by us, or any number may. */
  readonly callsPerSecond?: number
}

/** What a call got. */
export interface Lent {
  readonly id: string
  readonly number?: string
  readonly peer?: string
  /** Unless it is renewed, it is free again from then on: its holder is gone. */
  readonly untilMs: number
}

interface WaitingWish extends LineWish {
  readonly turn: number
  readonly untilMs: number
}

/** What a call waits for. */
export type Lacking = 'a number' | 'a line' | 'the rate of calls'

/** Whether a wish is granted, or what it waits for. `inMs`: when to look again, if that is known. */
export type Granted = { readonly lent: Lent } | { readonly lacks: Lacking; readonly inMs?: number }

export const emptyDesk: TrunkDesk = { waiting: [], lent: [], placedAtMs: [], turn: 0, turns: {} }

/** The time, and how long somebody may be silent before it counts as gone. */
export interface DeskTime {
  readonly nowMs: number
  /** Whoever waits asks again within this time. */
  readonly waitsMs: number
  /** Whoever has something renews it within this time. */
  readonly keepsMs: number
}

/** Asks for something, or asks again. */
export function ask(desk: TrunkDesk, wish: LineWish, { nowMs, waitsMs, keepsMs }: DeskTime): [TrunkDesk, Granted] {
  const untilMs = nowMs + keepsMs
  const seen = queued(cleared(desk, nowMs), wish, nowMs + waitsMs)
  const got = seen.lent.find(({ id }) => id === wish.id)
  if (got) return [seen, { lent: got }]

  // Those whose turn is earlier get what they can have, also if they have not asked again yet.
  let [lent, placedAtMs] = [seen.lent, seen.placedAtMs]
  for (const waiting of seen.waiting) {
    const found = findFor(waiting, lent, placedAtMs, nowMs)
    const isOwn = waiting.id === wish.id
    if ('lacks' in found) {
      if (isOwn) return [seen, found]
      continue
    }
    const made: Lent = {
      id: waiting.id,
      ...(found.number !== undefined && { number: found.number }),
      ...(waiting.peer !== undefined && { peer: waiting.peer }),
      untilMs,
    }
    if (isOwn) return [granted(seen, waiting, made, nowMs), { lent: made }]
    lent = [...lent, made]
    if (waiting.callsPerSecond !== undefined) placedAtMs = [...placedAtMs, nowMs]
  }
  throw new Error(`The wish ${wish.id} is not at its desk.`)
}

/** Gives back what was lent, or what was asked for. */
export function giveBack(desk: TrunkDesk, id: string): TrunkDesk {
  return { ...desk, waiting: desk.waiting.filter(each => each.id !== id), lent: desk.lent.filter(each => each.id !== id) }
}

/**
 * Keeps what was lent, also if the desk has forgotten it: its keeper may have been down.
 *
 * @returns `undefined` if somebody else has it by now.
 */
export function renewed(desk: TrunkDesk, own: Lent, { nowMs, keepsMs }: Omit<DeskTime, 'waitsMs'>): TrunkDesk | undefined {
  const { number, peer } = own
  const others = cleared(desk, nowMs).lent.filter(({ id }) => id !== own.id)
  if (number !== undefined && others.some(other => areInEachOthersWay(other, number, peer))) return undefined
  return { ...desk, lent: [...others, { ...own, untilMs: nowMs + keepsMs }] }
}

/** Without what nobody renewed, and calls that no rate counts any more. */
function cleared(desk: TrunkDesk, nowMs: number): TrunkDesk {
  const waiting = desk.waiting.filter(({ untilMs }) => untilMs > nowMs)
  const lent = desk.lent.filter(({ untilMs }) => untilMs > nowMs)
  const placedAtMs = desk.placedAtMs.filter(atMs => nowMs - atMs < longestWindowMs)
  const turns = Object.fromEntries(Object.entries(desk.turns).filter(([, turn]) => turn > desk.turn))
  return { ...desk, waiting, lent, placedAtMs, turns }
}

/** Results take turns: the next wish of a result comes one turn after its last, however many wait for others. */
function queued(desk: TrunkDesk, wish: LineWish, untilMs: number): TrunkDesk {
  if (desk.lent.some(({ id }) => id === wish.id)) return desk
  const known = desk.waiting.find(({ id }) => id === wish.id)
  if (known) return { ...desk, waiting: desk.waiting.map(each => (each === known ? { ...known, untilMs } : each)) }
  const turn = Math.max(desk.turn, desk.turns[wish.result] ?? 0) + 1
  const waiting = [...desk.waiting, { ...wish, turn, untilMs }].toSorted((a, b) => a.turn - b.turn)
  return { ...desk, waiting, turns: { ...desk.turns, [wish.result]: turn } }
}

function granted(desk: TrunkDesk, { id, turn, callsPerSecond }: WaitingWish, made: Lent, nowMs: number): TrunkDesk {
  return {
    ...desk,
    waiting: desk.waiting.filter(each => each.id !== id),
    lent: [...desk.lent, made],
    placedAtMs: callsPerSecond === undefined ? desk.placedAtMs : [...desk.placedAtMs, nowMs],
    turn: Math.max(desk.turn, turn),
  }
}

function findFor(
  { numbers, peer, lines, callsPerSecond }: LineWish,
  lent: readonly Lent[],
  placedAtMs: readonly number[],
  nowMs: number,
): { readonly number: string | undefined } | { readonly lacks: Lacking; readonly inMs?: number } {
  if (lent.length >= lines) return { lacks: 'a line' }
  const number = numbers.find(each => lent.every(other => !areInEachOthersWay(other, each, peer)))
  if (number === undefined && numbers.length > 0) return { lacks: 'a number' }
  const inMs = callsPerSecond === undefined ? 0 : untilRateMs(callsPerSecond, placedAtMs, nowMs)
  return inMs > 0 ? { lacks: 'the rate of calls', inMs } : { number }
}

/** A call that comes in must belong to one run: its number and its caller tell which. */
function areInEachOthersWay(other: Lent, number: string, peer: string | undefined): boolean {
  return other.number === number && (peer === undefined || other.peer === undefined || other.peer === peer)
}

/** Less than one call a second is one in a longer time. The slowest rate is one in five minutes. */
const longestWindowMs = 300_000

function untilRateMs(callsPerSecond: number, placedAtMs: readonly number[], nowMs: number): number {
  const most = Math.max(1, Math.floor(callsPerSecond))
  const windowMs = Math.min(longestWindowMs, (1000 * most) / callsPerSecond)
  const oldest = placedAtMs.at(-most)
  return oldest === undefined ? 0 : Math.max(0, oldest + windowMs - nowMs)
}
