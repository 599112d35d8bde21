import type { Clock, SeededRandom } from '../../ports/clock.js'

/** The longest delay of a Node timer; a longer one would fire at once. */
const longestTimerMs = 2 ** 31 - 1

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => performance.now(),
  date: () => new Date(),
  after: (ms, then) => {
    if (ms <= longestTimerMs) {
      const own = setTimeout(then, ms)
      return () => clearTimeout(own)
    }
    const dueAt = performance.now() + ms
    let timer = setTimeout(tick, longestTimerMs)
    return () => clearTimeout(timer)

    function tick(): void {
      const leftMs = dueAt - performance.now()
      if (leftMs <= 0) then()
      else timer = setTimeout(tick, Math.min(leftMs, longestTimerMs))
    }
  },
}

/**
 * Tommy Ettinger's Mulberry32: 32 bits of state, period 2^32. A name shifts the start.
 *
 * @see https://gist.github.com/tommyettinger/46a874533244883189143505d203312c
 */
export const seededRandom: SeededRandom = (seed, name = '') => {
  let state = (seed ^ (name === '' ? 0 : fnv1a(name))) >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Hashes a name to 32 bits: FNV-1a (draft-eastlake-fnv) over UTF-16 units. */
function fnv1a(name: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < name.length; i += 1) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193)
  return hash
}
