/** How a call is laid out: in rows of columns of equal time. */
export interface Scale {
  /** Seconds of a column. */
  readonly stepS: number
  /** Columns of a row; the last row has as many as are left. */
  readonly columns: number
  readonly rows: number
}

/** A call that is shorter than a row at this many seconds a column is drawn in one. */
const fineS = 0.2
const mostRows = 8

/** The finest scale of 1, 2 or 5 x a power of ten at which a call fits: in one row up to 0.2 s a column, in eight above. */
export function scaleFor(seconds: number, columns: number): Scale {
  for (const stepS of steps()) {
    const rows = Math.max(1, Math.ceil(seconds / (stepS * columns)))
    if (rows <= (stepS < fineS ? 1 : mostRows)) return { stepS, columns, rows }
  }
  throw new RangeError(`${seconds} s cannot be drawn.`)
}

function* steps(): Generator<number> {
  yield 0.05
  for (let power = 0.1; Number.isFinite(power); power *= 10) {
    for (const factor of [1, 2, 5]) yield power * factor
  }
}

/** A time as `0:03` or, to the tenth of a second, `0:03.2`. */
export function timeText(seconds: number, isWhole = false): string {
  const tenths = Math.round(seconds * 10)
  const minutes = Math.floor(tenths / 600)
  const rest = (tenths % 600) / 10
  return `${minutes}:${isWhole ? String(Math.round(rest)).padStart(2, '0') : rest.toFixed(1).padStart(4, '0')}`
}

/** Milliseconds as seconds: `0.62 s`. */
export function secondsText(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`
}
