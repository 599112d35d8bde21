import { waitText } from './figures.js'

const width = 320
const height = 72
const bars = 32

/** How often each wait occurred. @param values  Milliseconds, at least one. */
export function Histogram({ values, label }: { readonly values: readonly number[]; readonly label: string }) {
  const sorted = values.toSorted((a, b) => a - b)
  const most = sorted.at(-1)!
  const counts = Array.from({ length: bars }, () => 0)
  for (const value of sorted) counts[Math.min(Math.floor((value / Math.max(most, 1)) * bars), bars - 1)]! += 1
  const highest = Math.max(...counts)
  const middle = sorted[Math.ceil(sorted.length / 2) - 1]!
  const late = sorted[Math.ceil(sorted.length * 0.95) - 1]!
  const text = `median ${waitText(middle)}, 95 % within ${waitText(late)}, slowest ${waitText(most)}`
  return (
    <figure class="histogram">
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`${label}: ${text}`}>
        {counts.map((count, i) =>
          count === 0 ? null : (
            <rect
              class="bar"
              x={(i * width) / bars}
              y={round(height - Math.max((count / highest) * (height - 4), 2))}
              width={width / bars - 1}
              height={round(Math.max((count / highest) * (height - 4), 2))}
              fill="#0969da"
            />
          ),
        )}
      </svg>
      <figcaption>
        {label}: {text}
      </figcaption>
    </figure>
  )
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
