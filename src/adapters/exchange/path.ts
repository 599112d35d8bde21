/** The path to a value, from the outside in: field names and list indices. */
export type Path = readonly (string | number)[]

/** In the run-scenarios API's notation: `scenarios[0].instructions`. */
export function showPath(path: Path): string {
  return path.map((step, at) => (typeof step === 'number' ? `[${step}]` : at === 0 ? step : `.${step}`)).join('')
}

/** As a JSON Pointer (RFC 6901): `/scenarios/0/instructions`. */
export function pointerTo(path: Path): string {
  return path.map(step => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
