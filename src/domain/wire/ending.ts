import { cutOffs, type CutOff } from '../cut-off.js'
import { isRecord } from '../json-value.js'
import type { EndedReason, Ending } from '../transcript.js'

/** How a call ended, in JSON: the API's `ended_reason`, and in `callsheet.ending` what the reason alone does not say. */
export interface WireEnding {
  readonly ended_reason: EndedReason
  readonly ending: {
    readonly by: Ending['by']
    readonly cut_off?: CutOff
    /** Seconds from the start of the call. */
    readonly end_time: number
    /** How many of these seconds the call waited for its caller's model. */
    readonly caller_thought_time?: number
  }
}

/** The one writer of endings in JSON; {@link readEnding} gives back the same ending. */
export function writeEnding({ by, reason, cutOff, atS, thoughtS }: Ending): WireEnding {
  const thought = thoughtS !== undefined && { caller_thought_time: thoughtS }
  return { ended_reason: reason, ending: { by, ...(cutOff && { cut_off: cutOff }), end_time: atS, ...thought } }
}

/** How a call ended, as far as a run in JSON says so. */
export interface StatedEnding {
  /** Absent if the reason does not tell who ended the call. `limit`: neither side hung up. */
  readonly by?: Ending['by']
  readonly reason?: EndedReason
  readonly cutOff?: CutOff
  readonly atS?: number
  readonly thoughtS?: number
  /** A reason that the reader does not know. */
  readonly unknown?: string
}

/**
 * The one reader of endings in JSON: as {@link writeEnding} writes them into the metadata of a run, or only as a reason, in the
 * words of the run-scenarios API or of other telephony services. Never throws.
 *
 * @param run  A run; anything else says nothing.
 * @param isOurs  Whether to read `callsheet`. In the runs of another service it may be the agent's own metadata.
 */
export function readEnding(run: unknown, isOurs = true): StatedEnding {
  if (!isRecord(run)) return {}
  const metadata = isRecord(run['metadata']) ? run['metadata'] : {}
  const said = metadata['ended_reason'] ?? run['ended_reason'] ?? run['call_ended_reason']
  const reason = typeof said === 'string' ? reasonIn(said) : undefined
  const by = reason && sideOf[reason]
  return {
    ...(reason && { reason }),
    ...(by && { by }),
    ...(typeof said === 'string' && !reason && said.trim() !== '' && { unknown: said }),
    ...(isOurs && isRecord(metadata['callsheet']) && readOurs(metadata['callsheet']['ending'])),
  }
}

/** Which side hung up; `undefined` if neither did, or that is not known. Nobody hangs up in a call that is cut off or falls silent. */
export function hungUpBy({ by, reason, cutOff }: StatedEnding): 'agent' | 'caller' | undefined {
  if (cutOff) return undefined
  const side = reason ? sideOf[reason] : by
  return side === 'limit' ? undefined : side
}

/** The reason that stands for a way to end, where only the side is known. */
export const reasonFor = {
  agent: 'Main agent-ended-call-after-message-spoken',
  caller: 'Testing agent-ended-call',
  limit: 'exceeded-max-turns',
} as const satisfies Record<Ending['by'], EndedReason>

/** Who ended a call, by its reason alone; `undefined` where the reason does not tell. */
const sideOf: Readonly<Record<EndedReason, Ending['by'] | undefined>> = {
  'Main agent-ended-call': 'agent',
  'Main agent-ended-call-after-message-spoken': 'agent',
  'Testing agent-ended-call': 'caller',
  'Main agent-silence-timed-out': 'limit',
  'Main agent-call-not-connected': undefined,
  'call-failed-unknown-error': undefined,
  'exceeded-max-duration': 'limit',
  'exceeded-max-turns': 'limit',
  'run-cancelled-by-user': 'limit',
}

/** How telephony services word their reasons. The first that matches decides. */
const otherWords: readonly (readonly [words: RegExp, reason: EndedReason])[] = [
  [/^(main agent|assistant|agent)[- ]said/i, 'Main agent-ended-call-after-message-spoken'],
  [/^(main agent|assistant|agent)[- ]ended/i, 'Main agent-ended-call'],
  [/^(testing agent|customer|caller|user)[- ]ended/i, 'Testing agent-ended-call'],
  [/exceeded.*turns/i, 'exceeded-max-turns'],
  [/exceeded/i, 'exceeded-max-duration'],
  [/silence|timed[- ]out/i, 'Main agent-silence-timed-out'],
]

function reasonIn(said: string): EndedReason | undefined {
  if (Object.hasOwn(sideOf, said)) return said as EndedReason
  return otherWords.find(([words]) => words.test(said))?.[1]
}

function readOurs(written: unknown): StatedEnding {
  if (!isRecord(written)) return {}
  const { by } = written
  const atS = secondsIn(written['end_time'])
  const thoughtS = secondsIn(written['caller_thought_time'])
  const cutOff = cutOffs.find(each => each === written['cut_off'])
  return {
    ...(Object.hasOwn(reasonFor, String(by)) && { by: by as Ending['by'] }),
    ...(cutOff && { cutOff }),
    ...(atS !== undefined && { atS }),
    ...(thoughtS !== undefined && { thoughtS }),
  }
}

function secondsIn(written: unknown): number | undefined {
  return typeof written === 'number' && Number.isFinite(written) && written >= 0 ? written : undefined
}
