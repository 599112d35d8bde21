import type { PastResult } from '../../domain/case-history.js'
import { wilsonInterval } from '../../domain/statistics.js'
import { rangeText, timeText } from './figures.js'

const height = 120
const step = 24
const left = 46

/** The share of passed runs, result by result, each with its interval. A line marks where the agent or the suite changed. */
export function Trend({ results }: { readonly results: readonly PastResult[] }) {
  const width = left + Math.max(results.length, 4) * step
  const y = (share: number): number => Math.round((4 + (1 - share) * (height - 8)) * 10) / 10
  const last = results.at(-1)
  return (
    <svg
      class="trend"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={`Share of passed runs over ${results.length} results${last && last.counted > 0 ? `, in the last ${shareText(last)}` : ''}`}
    >
      {[0, 0.5, 1].map(share => (
        <g key={share}>
          <path class="tick" d={`M${left - 4} ${y(share)}H${width}`} stroke="#6e7781" stroke-opacity="0.4" />
          <text class="axis" x={left - 8} y={y(share) + 4} text-anchor="end" font-size="11" fill="#59636e">
            {share * 100} %
          </text>
        </g>
      ))}
      {results.map((result, i) => (
        <Point key={`${result.result} ${result.at}`} result={result} x={left + (i + 0.5) * step} y={y} />
      ))}
    </svg>
  )
}

function Point({ result, x, y }: { readonly result: PastResult; readonly x: number; readonly y: (share: number) => number }) {
  const { passed, counted, at, changed, isPart } = result
  const { lower, upper } = counted > 0 ? wilsonInterval(passed, counted, 0.95) : { lower: 0, upper: 1 }
  const isOther = changed?.some(what => what !== 'bar')
  return (
    <g>
      <title>{`${timeText(at)}: ${counted > 0 ? shareText(result) : 'no run counted'}`}</title>
      {isOther && <path class="bound" d={`M${x - step / 2} 0v${height}`} stroke="#0969da" stroke-dasharray="2 2" />}
      <path class="tick" d={`M${x} ${y(upper)}V${y(lower)}`} stroke="#6e7781" stroke-width="2" />
      {counted > 0 && (
        <circle
          class="point"
          cx={x}
          cy={y(passed / counted)}
          r="4"
          fill={isPart ? 'none' : '#0969da'}
          stroke="#0969da"
          stroke-width="1.5"
        />
      )}
    </g>
  )
}

function shareText({ passed, counted }: PastResult): string {
  return `${passed} of ${counted} passed, ${rangeText(wilsonInterval(passed, counted, 0.95))}`
}
