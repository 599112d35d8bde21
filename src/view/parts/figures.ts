/** `92.4–97.0 %` */
export function rangeText({ lower, upper }: { readonly lower: number; readonly upper: number }): string {
  return `${(lower * 100).toFixed(1)}–${(upper * 100).toFixed(1)} %`
}

/** A figure of a metric, with as many digits as say something. */
export function figureText(value: number): string {
  return String(Number(value.toFixed(Math.abs(value) < 10 ? 2 : 1)))
}

/** `2026-11-29 05:02 UTC`, from ISO 8601. */
export function timeText(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`
}

/** Milliseconds of a reply: `0.4 s`, `12 ms`. */
export function waitText(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`
}

/** Time in a call: `1:02.4`. */
export function clockText(seconds: number): string {
  const tenths = Math.floor(seconds * 10)
  return `${Math.floor(tenths / 600)}:${String(Math.floor((tenths % 600) / 10)).padStart(2, '0')}.${tenths % 10}`
}

/** A sum of money in the suite's currency: small amounts have more digits. */
export function moneyText(cost: number): string {
  return cost.toFixed(cost >= 1 ? 2 : cost >= 0.01 ? 4 : 6)
}
