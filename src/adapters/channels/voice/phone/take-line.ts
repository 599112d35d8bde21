import { FaultError } from '../../../../domain/fault.js'
import { telephonyFaults } from '../../../../domain/faults/telephony-faults.js'
import type { Trunk } from '../../../../domain/trunk.js'
import type { Lacking, LineWish } from '../../../../domain/trunk-desk.js'
import type { Call } from '../../../../ports/channel.js'
import type { Clock } from '../../../../ports/clock.js'
import type { LentLine, PhoneLines } from '../../../../ports/phone-lines.js'

/** What a call needs of its trunk. */
export interface LineNeeded {
  readonly trunk: Trunk
  /** Numbers of ours, one of which the call has to itself; none if it needs none. */
  readonly numbers: readonly string[]
  /** Whether we place the call: then it counts for the rate of calls. */
  readonly isPlaced: boolean
  /** The only number that is to call it. */
  readonly peer?: string | undefined
}

export interface LineTaking {
  readonly call: Call
  readonly lines: PhoneLines | undefined
  readonly clock: Clock
  readonly signal: AbortSignal
}

/** How long a call waits for a line at most. */
const longestMs = 600_000
/** Where a trunk does not say how many lines it has, or where they do not matter. */
const anyLines = Number.MAX_SAFE_INTEGER

/**
 * Waits for a line of a trunk. The time of the run stands still meanwhile.
 *
 * @returns Nothing where lines are not shared out.
 * @throws {FaultError} when none was free in time. The signal's reason, when it aborts.
 */
export function takeLine({ trunk, numbers, isPlaced, peer }: LineNeeded, taking: LineTaking): Promise<LentLine | undefined> {
  const { callsPerSecond, lines = anyLines } = trunk
  const rate = isPlaced && callsPerSecond !== undefined && { callsPerSecond }
  return waitAtDesk(trunk, { id: taking.call.runId, numbers, ...(peer !== undefined && { peer }), lines, ...rate }, taking)
}

/** Waits until a trunk takes one more call of a run that has its line: it counts for the rate of calls once more. */
export async function takeTurn(trunk: Trunk, taking: LineTaking): Promise<void> {
  const { callsPerSecond } = trunk
  if (callsPerSecond === undefined) return
  const taken = await waitAtDesk(trunk, { id: `${taking.call.runId} again`, numbers: [], lines: anyLines, callsPerSecond }, taking)
  taken?.giveBack()
}

async function waitAtDesk(
  trunk: Trunk,
  wish: Omit<LineWish, 'result'>,
  { call, lines, clock, signal }: LineTaking,
): Promise<LentLine | undefined> {
  if (!lines) return undefined
  let lacking: Lacking | undefined
  const late = new AbortController()
  const stop = clock.after(longestMs, () =>
    late.abort(new FaultError(telephonyFaults.noLine({ trunk: trunk.key, lacking: lacking ?? 'a line', seconds: longestMs / 1000 }))),
  )
  const resume = call.hold()
  try {
    return await lines.take(accountOf(trunk), { ...wish, result: call.result }, AbortSignal.any([signal, late.signal]), what => {
      lacking = what
      call.waits?.(trunk.key, what)
    })
  } finally {
    if (lacking) call.waits?.(trunk.key)
    stop()
    resume()
  }
}

/** What suites share that use the same account. */
function accountOf({ registrar, username = '' }: Trunk): string {
  return `${username}@${registrar}`
}
