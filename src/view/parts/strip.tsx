import { type CaseStatus, marks } from '../../domain/case-status.js'
import { linkTo } from './links.js'

const side = 14
const gap = 3
const most = 400

/** One square an item. */
export interface StripItem {
  readonly status: CaseStatus
  readonly label: string
  /** Its address. */
  readonly to: string
}

/** Squares in rows: how many passed, and where the others are. A square has its sign, so that colour is never alone. */
export function Strip({
  items,
  label,
  columns = 40,
}: {
  readonly items: readonly StripItem[]
  readonly label: string
  readonly columns?: number
}) {
  const shown = items.slice(0, most)
  const rows = Math.ceil(shown.length / columns)
  const [width, height] = [Math.min(shown.length, columns) * (side + gap), rows * (side + gap)]
  return (
    <>
      <svg class="strip" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="group" aria-label={label}>
        {shown.map((item, i) => (
          <Square key={i} item={item} x={(i % columns) * (side + gap)} y={Math.floor(i / columns) * (side + gap)} />
        ))}
      </svg>
      {items.length > most && <p class="note">and {items.length - most} more</p>}
    </>
  )
}

function Square({ item: { status, label, to }, x, y }: { readonly item: StripItem; readonly x: number; readonly y: number }) {
  return (
    <a {...linkTo(to)}>
      <title>{label}</title>
      <rect class={`square ${status}`} x={x} y={y} width={side} height={side} rx="2" fill={fills[status]} />
      {status !== 'passed' && (
        <text x={x + side / 2} y={y + side - 3} text-anchor="middle" font-size="11" font-weight="bold" fill="#ffffff" aria-hidden="true">
          {marks[status]}
        </text>
      )}
    </a>
  )
}

export const fills: Readonly<Record<CaseStatus, string>> = {
  passed: '#1a7f37',
  failed: '#cf222e',
  could_not_tell: '#9a6700',
  not_run: '#6e7781',
}
