/** Ends a switch that the compiler knows to be exhaustive. */
export function unreachable(value: never): never {
  throw new Error(`A case was left out: ${JSON.stringify(value)}`)
}
