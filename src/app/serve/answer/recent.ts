/** A cache of the most recently used values. */
export interface Recent<Key, Value> {
  /** The cached value, or a new one that is then cached. A promise that rejects is not cached. */
  get(key: Key, make: () => Value): Value
}

/**
 * @param room  The largest total weight. The latest value stays in any case.
 * @param weigh  A value's current weight.
 */
export function createRecent<Key, Value>(room: number, weigh: (value: Value) => number = () => 1): Recent<Key, Value> {
  // A map keeps the order of its keys, so the first is the least recently used one.
  const kept = new Map<Key, Value>()

  const makeRoom = (): void => {
    let weight = 0
    for (const value of kept.values()) weight += weigh(value)
    for (const [key, value] of kept) {
      if (weight <= room || kept.size === 1) return
      kept.delete(key)
      weight -= weigh(value)
    }
  }

  return {
    get(key, make) {
      const known = kept.get(key)
      const value = known ?? make()
      kept.delete(key)
      kept.set(key, value)
      if (known !== undefined) return value
      if (value instanceof Promise) value.catch(() => kept.get(key) === value && kept.delete(key))
      makeRoom()
      return value
    },
  }
}
