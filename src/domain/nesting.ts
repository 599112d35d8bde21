const deepestNesting = 100

/** A value as it is; one that nests too deeply to be written down without overflowing a stack, as a text that says so. */
export function shallow(value: unknown): unknown {
  return isDeeperThan(value, deepestNesting) ? `(left out: nested more than ${deepestNesting} deep)` : value
}

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some(inner => isDeeperThan(inner, levels - 1))
}
