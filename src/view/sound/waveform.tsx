import type { CallView } from '../model/call-view.js'
import { clockText } from '../parts/figures.js'
import { Words } from '../parts/words.js'

const width = 1000
const lane = 34
const between = 8
const height = 2 * lane + between
/** A wait as long as this is as dark as it gets. */
const longWaitS = 4

/** A call in two lanes: when each side spoke, how long the caller waited, and where both spoke at once. */
export function Waveform({
  call: { seconds, label, caption, stretches, waits, overlaps, recording },
  turn,
  atS,
  seek,
  onKey,
}: {
  readonly call: CallView
  readonly turn: number | undefined
  readonly atS: number
  readonly seek: (seconds: number) => void
  readonly onKey: (event: KeyboardEvent) => void
}) {
  const x = (ofS: number): number => Math.round((Math.min(Math.max(ofS, 0), seconds) / Math.max(seconds, 0.1)) * width * 10) / 10
  return (
    <figure class="waveform" data-shown-turn={turn}>
      <svg
        viewBox={`0 0 ${width} ${height + 16}`}
        role="slider"
        tabindex={0}
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={Math.round(seconds)}
        aria-valuenow={Math.round(atS)}
        aria-valuetext={clockText(atS)}
        preserveAspectRatio="none"
        onClick={event => {
          const { left, width: wide } = event.currentTarget.getBoundingClientRect()
          seek(((event.clientX - left) / wide) * seconds)
        }}
        onKeyDown={onKey}
      >
        <defs>
          <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect class="hatch" width="2" height="6" fill="#9a6700" />
          </pattern>
        </defs>
        {waits.map(({ startS, endS, isOver }) => (
          <rect
            key={startS}
            class={isOver ? 'gap over' : 'gap'}
            x={x(startS)}
            y="0"
            width={Math.max(x(endS) - x(startS), 1)}
            height={height}
            fill="#9a6700"
            fill-opacity={Math.min((endS - startS) / longWaitS, 1) * 0.5}
          >
            <title>{`waited ${(endS - startS).toFixed(1)} s`}</title>
          </rect>
        ))}
        {(['caller', 'agent'] as const).map((by, i) => (
          <Lane key={by} by={by} y={i * (lane + between)} stretches={stretches} x={x} peaks={recording?.peaks[i]} />
        ))}
        {overlaps.map(({ startS, endS }) => (
          <rect key={startS} x={x(startS)} y="0" width={Math.max(x(endS) - x(startS), 1)} height={height} fill="url(#hatch)">
            <title>both speak</title>
          </rect>
        ))}
        <path class="playhead" d={`M${x(atS)} 0V${height}`} stroke="#1f2328" stroke-width="1.5" vector-effect="non-scaling-stroke" />
        {ticks(seconds).map(tickS => (
          <path key={tickS} class="tick" d={`M${x(tickS)} ${height}v4`} stroke="#6e7781" />
        ))}
      </svg>
      <figcaption>
        <span class="lane caller">caller</span> <span class="lane agent">agent</span> {caption}
        {recording && (
          <>
            {' '}
            Recording, in the folder of the result: <Words text={recording.path} />
          </>
        )}
      </figcaption>
    </figure>
  )
}

function Lane({
  by,
  y,
  stretches,
  x,
  peaks,
}: {
  readonly by: 'caller' | 'agent'
  readonly y: number
  readonly stretches: CallView['stretches']
  readonly x: (atS: number) => number
  readonly peaks: readonly number[] | undefined
}) {
  const fill = by === 'caller' ? '#8250df' : '#0969da'
  const own = stretches.filter(stretch => stretch.by === by)
  return (
    <g class={`lane ${by}`}>
      {own.map(({ startS, endS, title }) => (
        <rect
          key={startS}
          class="speech"
          x={x(startS)}
          y={y + (peaks ? 0 : 6)}
          width={Math.max(x(endS) - x(startS), 1)}
          height={peaks ? lane : lane - 12}
          rx="2"
          fill={fill}
          fill-opacity={peaks ? 0.2 : 0.85}
        >
          <title>{title}</title>
        </rect>
      ))}
      {peaks && <path class="peaks" d={peaksPath(peaks, y)} stroke={fill} stroke-width="1.4" />}
    </g>
  )
}

function peaksPath(peaks: readonly number[], y: number): string {
  const step = width / peaks.length
  return peaks
    .map((peak, i) => {
      const half = Math.max(Math.round(peak * (lane / 2) * 10) / 10, 0.4)
      return `M${Math.round((i + 0.5) * step * 10) / 10} ${y + lane / 2 - half}v${half * 2}`
    })
    .join('')
}

/** Every five seconds, or so many times as many that there are at most 40. */
function ticks(seconds: number): number[] {
  const step = Math.ceil(seconds / 5 / 40) * 5 || 5
  return Array.from({ length: Math.floor(seconds / step) }, (_, i) => (i + 1) * step)
}
