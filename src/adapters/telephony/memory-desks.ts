import { emptyDesk, type TrunkDesk } from '../../domain/trunk-desk.js'
import type { Clock } from '../../ports/clock.js'
import type { TrunkDesks } from '../../ports/trunk-desks.js'

/** The desks of one process. */
export function createMemoryDesks(clock: Clock): TrunkDesks {
  const desks = new Map<string, TrunkDesk>()
  const watchers = new Map<string, Set<() => void>>()
  return {
    async change(trunk, change) {
      const before = desks.get(trunk) ?? emptyDesk
      const [after, result] = change(before, clock.now())
      desks.set(trunk, after)
      if (after.lent.length < before.lent.length || after.waiting.length < before.waiting.length) {
        for (const changed of watchers.get(trunk) ?? []) changed()
      }
      return result
    },
    watch(trunk, changed) {
      const own = watchers.get(trunk) ?? new Set()
      watchers.set(trunk, own.add(changed))
      return () => void own.delete(changed)
    },
    async [Symbol.asyncDispose]() {
      desks.clear()
      watchers.clear()
    },
  }
}
