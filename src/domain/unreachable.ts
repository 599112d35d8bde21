/** Ends a switch that the compiler has seen to be complete. */
export function unreachable(value: never): never {
  throw new Error(`A case was left out: ${JSON.stringify(value)}`)
}
