/** Keeps what was asked for lately. */
export interface Recent<Key, Value> {
  /** What is kept, or else what is made, and kept from then on; a promise that rejects is not. */
  get(key: Key, make: () => Value): Value
}

/**
 * @param room  How much is kept at most; the last is kept in any case.
 * @param weigh  What of the room something takes, as it is by then.
 */
export function createRecent<Key, Value>(room: number, weigh: (value: Value) => number = () => 1): Recent<Key, Value> {
  // A map keeps the order of its keys: the first is the one that was not asked for longest.
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
