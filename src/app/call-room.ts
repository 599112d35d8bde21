import pLimit, { type LimitFunction } from 'p-limit'
import { count } from '../domain/count.js'
import type { SuiteModels } from './suite-models.js'

/** Room for the calls of a process: over all results, no more at once than this machine can conduct. */
export interface CallRoom {
  /** Conducts a call once there is room for it; where few calls are no problem, at once. */
  enter(models: Pick<SuiteModels, 'speech'>, call: () => Promise<void>): Promise<void>
}

/** @param onNote  Told how many calls there is room for, before the first of them. */
export function createCallRoom(onNote?: (text: string) => void): CallRoom {
  let room: LimitFunction | undefined
  const open = (mostCalls: number): LimitFunction => {
    onNote?.(capacityText(mostCalls))
    return pLimit(mostCalls)
  }
  return {
    enter({ speech }, call) {
      const { mostCalls } = speech?.detector ?? {}
      return mostCalls === undefined ? call() : (room ??= open(mostCalls))(call)
    },
  }
}

/** What this machine can do, for people. */
export function capacityText(mostCalls: number): string {
  return `This machine can conduct ${count(mostCalls, 'call')} at once with the voice detector Silero, and conducts no more.`
}
