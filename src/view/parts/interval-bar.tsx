import type { GateLine } from '../../domain/report.js'

const width = 120
const height = 18

/** A rule that a share must reach: what was measured with its interval, and the bound, from 0 to 100 %. Nothing for other rules. */
export function IntervalBar({ line }: { readonly line: GateLine }) {
  const { rule, relation, bound, value: share, n, lower, upper, verdict } = line
  if (relation !== '>=' || bound === undefined || bound > 1 || share === undefined || !n || rule.startsWith('metrics.')) return null
  const parts = [
    `measured ${percent(share)}`,
    ...(lower === undefined || upper === undefined ? [] : [`interval ${percent(lower)} to ${percent(upper)}`]),
  ]
  return (
    <svg
      class="interval"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={`${parts.join(', ')}, bound ${percent(bound)}`}
    >
      <rect class="track" x="0" y="8" width={width} height="2" fill="#8c959f" />
      {lower !== undefined && upper !== undefined && (
        <rect
          class={`range ${verdict}`}
          x={at(lower)}
          y="5"
          width={Math.max(at(upper) - at(lower), 1)}
          height="8"
          rx="1"
          fill="#8c959f"
          fill-opacity="0.6"
        />
      )}
      <rect class={`value ${verdict}`} x={Math.max(at(share) - 1.5, 0)} y="2" width="3" height="14" fill="#1f2328" />
      <path class="bound" d={`M${at(bound)} 0v${height}`} stroke="#0969da" stroke-width="1.5" stroke-dasharray="2 2" fill="none" />
    </svg>
  )
}

function at(share: number): number {
  return Math.round(Math.min(Math.max(share, 0), 1) * width * 10) / 10
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}
