import type { CaseTally } from './scope.js'

/** A share for people: `93.3 %`, with enough decimals to tell it from `unlike`. */
export function percent(share: number, unlike?: number): string {
  for (let decimals = 1; decimals < 8; decimals += 1) {
    const text = (share * 100).toFixed(decimals)
    if (unlike === undefined || unlike === share || text !== (unlike * 100).toFixed(decimals)) return `${text} %`
  }
  return `${share * 100} %`
}

/** A required share, with all its given decimals. */
export function requiredPercent(share: number): string {
  const decimals = `${Number((share * 100).toPrecision(12))}`.split('.')[1]?.length ?? 0
  return `${(share * 100).toFixed(Math.max(1, decimals))} %`
}

/** `95 % confidence` */
export function confidenceText(confidence: number): string {
  return `${Number((confidence * 100).toPrecision(12))} % confidence`
}

/** A number for people: six digits, or all of them if six would make it look like one of the bounds. */
export function figure(value: number, bounds: readonly (number | undefined)[]): string {
  const short = Number(value.toPrecision(6))
  return bounds.some(bound => bound === short) ? `${value}` : `${short}`
}

/** The keys of the first five cases, then `and N more`. */
export function nameCases(cases: readonly CaseTally[]): string {
  const keys = cases.slice(0, 5).map(({ summary }) => summary.key)
  return keys.join(', ') + (cases.length > 5 ? ` and ${cases.length - 5} more` : '')
}
