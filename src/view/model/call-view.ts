import { count } from '../../domain/count.js'
import type { Sound, Stretch } from '../../domain/sound.js'
import { minutesAndSeconds } from '../../domain/wire/text.js'

/** A call as a page draws it. Times are seconds since the answer. */
export interface CallView {
  readonly seconds: number
  /** What the drawing shows, in words. */
  readonly label: string
  /** The same with what its signs mean. */
  readonly caption: string
  readonly stretches: readonly (Span & { readonly by: Stretch['by']; readonly title: string })[]
  /** When the caller waited for the agent; `isOver` where it did so for longer than the suite allows. */
  readonly waits: readonly (Span & { readonly isOver?: true })[]
  /** When both spoke. */
  readonly overlaps: readonly Span[]
  /** Absent if there is no recording. */
  readonly recording?: Pick<NonNullable<Sound['recording']>, 'path' | 'mediaType' | 'peaks'>
}

export interface Span {
  readonly startS: number
  readonly endS: number
}

/** @param longestWaitS  That the suite allows; absent if it has no bound. */
export function callView({ seconds, stretches, recording }: Sound, longestWaitS = Infinity): CallView {
  const waits = waitsBetween(stretches).map(wait => (wait.endS - wait.startS > longestWaitS ? { ...wait, isOver: true as const } : wait))
  const overlaps = overlapsIn(stretches)
  const label = [
    `Call of ${minutesAndSeconds(seconds)}`,
    `caller spoke ${minutesAndSeconds(spokenS(stretches, 'caller'))}`,
    `agent spoke ${minutesAndSeconds(spokenS(stretches, 'agent'))}`,
    `longest wait ${Math.max(0, ...waits.map(({ startS, endS }) => endS - startS)).toFixed(1)} s`,
    `both at once ${count(overlaps.length, 'time')}`,
  ].join(', ')
  const caption = `${label}. Shaded: the caller waits${longestWaitS < Infinity ? `, in red for longer than ${longestWaitS} s` : ''}. Hatched: both speak. Click, or use the arrows, to go there.`
  return {
    seconds,
    label,
    caption,
    stretches: stretches.map(stretch => ({ by: stretch.by, ...spanOf(stretch), title: titleOf(stretch) })),
    waits,
    overlaps,
    ...(recording && { recording: { path: recording.path, mediaType: recording.mediaType, peaks: recording.peaks } }),
  }
}

/** In whole milliseconds. */
function spanOf({ startS, endS }: Span): Span {
  return { startS: Math.round(startS * 1000) / 1000, endS: Math.round(endS * 1000) / 1000 }
}

function titleOf({ by, startS, endS, kind, cut }: Stretch): string {
  return `${by}, ${startS.toFixed(1)} to ${endS.toFixed(1)} s${kind ? `, ${kind.replaceAll('_', ' ')}` : ''}${cut ? ', cut off' : ''}`
}

/** From the end of the caller's words to the beginning of the agent's, where nobody spoke in between. */
function waitsBetween(stretches: readonly Stretch[]): Span[] {
  return stretches.flatMap((stretch, i): Span[] => {
    const next = stretches[i + 1]
    if (stretch.by !== 'caller' || next?.by !== 'agent' || next.startS <= stretch.endS) return []
    return [spanOf({ startS: stretch.endS, endS: next.startS })]
  })
}

function overlapsIn(stretches: readonly Stretch[]): Span[] {
  const agents = stretches.filter(({ by }) => by === 'agent')
  return stretches
    .filter(({ by }) => by === 'caller')
    .flatMap(caller =>
      agents.flatMap((agent): Span[] => {
        const [startS, endS] = [Math.max(caller.startS, agent.startS), Math.min(caller.endS, agent.endS)]
        return startS < endS ? [spanOf({ startS, endS })] : []
      }),
    )
}

function spokenS(stretches: readonly Stretch[], by: Stretch['by']): number {
  return stretches.reduce((sum, stretch) => sum + (stretch.by === by ? stretch.endS - stretch.startS : 0), 0)
}
