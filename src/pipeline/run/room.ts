import { isModelDriven } from '../../domain/model-driven.js'
import type { RunSpec } from '../../domain/plan.js'
import type { RunUse } from './run-use.js'

/** How often to look whether a run that waits is still wanted. */
const lookMs = 250

/**
 * Waits until the model of a run's caller can serve it, or until the run is no longer wanted.
 *
 * @returns `undefined` if nothing has to be waited for.
 */
export function roomFor(spec: RunSpec, use: Pick<RunUse, 'room' | 'admit' | 'clock'>): Promise<void> | undefined {
  if (!use.room || !isModelDriven(spec.case.scenario.behaviour)) return undefined
  const unwanted = new AbortController()
  const room = use.room(unwanted.signal)
  return room && untilUnwanted(room, unwanted, () => use.admit(spec) === undefined, use.clock)
}

async function untilUnwanted(
  room: Promise<void>,
  unwanted: AbortController,
  isWanted: () => boolean,
  clock: RunUse['clock'],
): Promise<void> {
  let cancel: (() => void) | undefined
  const look = (): void => {
    if (isWanted()) cancel = clock.after(lookMs, look)
    else unwanted.abort()
  }
  look()
  try {
    await room
  } catch (cause) {
    if (!unwanted.signal.aborted) throw cause
  } finally {
    cancel?.()
  }
}
