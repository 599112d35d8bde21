const deepestNesting = 100

/** Returns a value unchanged, or a text in its place if it nests too deeply to be serialised without overflowing the stack. */
export function shallow(value: unknown): unknown {
  return isDeeperThan(value, deepestNesting) ? `(left out: nested more than ${deepestNesting} deep)` : value
}

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some(inner => isDeeperThan(inner, levels - 1))
}
