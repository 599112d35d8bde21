import { FaultError } from '../../../../domain/fault.js'
import { telephonyFaults } from '../../../../domain/faults/telephony-faults.js'
import type { Trunk } from '../../../../domain/trunk.js'
import type { Lacking } from '../../../../domain/trunk-desk.js'
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
  /** The call has its line already, and is placed once more. */
  readonly isAgain?: true
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

/**
 * Waits for a line of a trunk. The time of the run stands still meanwhile.
 *
 * @returns Nothing where lines are not shared out.
 * @throws {FaultError} when none was free in time. The signal's reason, when it aborts.
 */
export async function takeLine(
  { trunk, numbers, isPlaced, isAgain, peer }: LineNeeded,
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
    const wish = {
      id: isAgain ? `${call.runId} again` : call.runId,
      result: call.result,
      numbers,
      ...(peer !== undefined && { peer }),
      lines: (!isAgain && trunk.lines) || Number.MAX_SAFE_INTEGER,
      ...(trunk.callsPerSecond !== undefined && isPlaced && { callsPerSecond: trunk.callsPerSecond }),
    }
    return await lines.take(accountOf(trunk), wish, AbortSignal.any([signal, late.signal]), what => {
      lacking = what
      call.waits?.(trunk.key, what)
    })
  } finally {
    if (lacking) call.waits?.(trunk.key)
    stop()
    resume()
  }
}

/** Waits until a trunk takes one more call of a run that has its line: it counts for the rate of calls once more. */
export async function takeTurn(trunk: Trunk, taking: LineTaking): Promise<void> {
  if (trunk.callsPerSecond === undefined) return
  const taken = await takeLine({ trunk, numbers: [], isPlaced: true, isAgain: true }, taking)
  taken?.giveBack()
}

/** What suites share that use the same account. */
function accountOf({ registrar, username = '' }: Trunk): string {
  return `${username}@${registrar}`
}
