import { isRecord } from '../json-value.js'
import type { Pacing, SelfHeard, Sound, Stretch, TrackQuality } from '../sound.js'

/** The sound of a call in JSON. Times are seconds since the answer. */
export interface WireSound {
  readonly rate: number
  readonly seconds: number
  readonly stretches: readonly {
    readonly by: Stretch['by']
    readonly start_time: number
    readonly end_time: number
    readonly segment?: number
    readonly kind?: Stretch['kind']
    readonly cut?: true
  }[]
  readonly caller: WireTrack
  readonly agent: WireTrack
  readonly pacing: {
    readonly p99_ms: number
    readonly worst_ms: number
    readonly late: number
    readonly lost: number
    readonly frames: number
  }
  readonly detector: Sound['detector']
  readonly mouth?: string
  readonly ears?: string
  readonly waits?: readonly { readonly start_time: number; readonly end_time: number }[]
  readonly claimed?: readonly { readonly text: string; readonly time: number }[]
  readonly warnings?: readonly string[]
  readonly self_heard?: { readonly said: SelfHeard['said']; readonly usual_wer: number }
}

interface WireTrack {
  readonly level_dbfs: number | null
  readonly snr_db: number | null
  readonly clipped: number
  readonly dropouts: number
}

/** The one writer of sound in JSON; {@link readSound} gives back the same, but for the recording, whose place is another there. */
export function writeSound({ rate, seconds, stretches, caller, agent, pacing, detector, ...more }: Sound): WireSound {
  const { mouth, ears, waits, claimed, warnings, selfHeard } = more
  return {
    rate,
    seconds,
    stretches: stretches.map(({ startS, endS, ...stretch }) => ({ ...stretch, start_time: startS, end_time: endS })),
    caller: writeTrack(caller),
    agent: writeTrack(agent),
    pacing: writePacing(pacing),
    detector,
    ...(mouth !== undefined && { mouth }),
    ...(ears !== undefined && { ears }),
    ...(waits && { waits: waits.map(({ startS, endS }) => ({ start_time: startS, end_time: endS })) }),
    ...(claimed && { claimed: claimed.map(({ text, atS }) => ({ text, time: atS })) }),
    ...(warnings && { warnings }),
    ...(selfHeard && { self_heard: { said: selfHeard.said, usual_wer: selfHeard.usualWer } }),
  }
}

function writeTrack({ levelDbfs, snrDb, clipped, dropouts }: TrackQuality): WireTrack {
  return { level_dbfs: levelDbfs, snr_db: snrDb, clipped, dropouts }
}

function writePacing({ p99Ms, worstMs, ...counts }: Pacing): WireSound['pacing'] {
  return { p99_ms: p99Ms, worst_ms: worstMs, ...counts }
}

/** The one reader of sound in JSON. Never throws: what is not whole is `undefined`, for half a measurement proves nothing. */
export function readSound(written: unknown): Sound | undefined {
  if (!isRecord(written)) return undefined
  const { rate, seconds, stretches, detector, mouth, ears } = written
  const [caller, agent, pacing] = [readTrack(written['caller']), readTrack(written['agent']), readPacing(written['pacing'])]
  const read = listOf(stretches, readStretch)
  if (!isNumber(rate) || !isNumber(seconds) || !read || !caller || !agent || !pacing || !isOneOf(detectors, detector)) return undefined
  const waits = listOf(written['waits'], readSpan)
  const claimed = listOf(written['claimed'], each =>
    isText(each['text']) && isNumber(each['time']) ? { text: each['text'], atS: each['time'] } : undefined,
  )
  const warnings = Array.isArray(written['warnings']) && written['warnings'].every(isText) ? written['warnings'] : undefined
  const selfHeard = readSelfHeard(written['self_heard'])
  return {
    rate,
    seconds,
    stretches: read,
    caller,
    agent,
    pacing,
    detector,
    ...(isText(mouth) && { mouth }),
    ...(isText(ears) && { ears }),
    ...(waits && { waits }),
    ...(claimed && { claimed }),
    ...(warnings && { warnings }),
    ...(selfHeard && { selfHeard }),
  }
}

const sides = ['agent', 'caller'] as const
const kinds = ['barge_in', 'backchannel', 'tic', 'idle_prompt'] as const
const detectors = ['energy', 'fvad', 'silero'] as const

function readStretch(written: Readonly<Record<string, unknown>>): Stretch | undefined {
  const { by, segment, kind, cut } = written
  const span = readSpan(written)
  if (!isOneOf(sides, by) || !span) return undefined
  return {
    by,
    ...span,
    ...(isNumber(segment) && { segment }),
    ...(isOneOf(kinds, kind) && { kind }),
    ...(cut === true && { cut }),
  }
}

function readSpan({ start_time: startS, end_time: endS }: Readonly<Record<string, unknown>>): { startS: number; endS: number } | undefined {
  return isNumber(startS) && isNumber(endS) ? { startS, endS } : undefined
}

function readTrack(written: unknown): TrackQuality | undefined {
  if (!isRecord(written)) return undefined
  const { level_dbfs: levelDbfs, snr_db: snrDb, clipped, dropouts } = written
  if (!isNumber(clipped) || !isNumber(dropouts) || !isNumberOrNull(levelDbfs) || !isNumberOrNull(snrDb)) return undefined
  return { levelDbfs, snrDb, clipped, dropouts }
}

function readPacing(written: unknown): Pacing | undefined {
  if (!isRecord(written)) return undefined
  const { p99_ms: p99Ms, worst_ms: worstMs, late, lost, frames } = written
  const isWhole = isNumber(p99Ms) && isNumber(worstMs) && isNumber(late) && isNumber(lost) && isNumber(frames)
  return isWhole ? { p99Ms, worstMs, late, lost, frames } : undefined
}

function readSelfHeard(written: unknown): SelfHeard | undefined {
  if (!isRecord(written)) return undefined
  const { usual_wer: usualWer } = written
  const said = listOf(written['said'], ({ text, heard }) => (isText(text) && isText(heard) ? { text, heard } : undefined))
  return said && isNumber(usualWer) ? { said, usualWer } : undefined
}

/** A list in which every item can be read; `undefined` if it is none. */
function listOf<Item>(written: unknown, read: (item: Readonly<Record<string, unknown>>) => Item | undefined): Item[] | undefined {
  if (!Array.isArray(written)) return undefined
  const items = written.map((item: unknown) => (isRecord(item) ? read(item) : undefined))
  return items.every(item => item !== undefined) ? items : undefined
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}

function isNumberOrNull(value: unknown): value is number | null {
  return value === null || isNumber(value)
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isOneOf<Choice extends string>(choices: readonly Choice[], value: unknown): value is Choice {
  return (choices as readonly unknown[]).includes(value)
}
