import { FaultError, type Fault } from '../../../domain/fault.js'
import { soundFaults } from '../../../domain/faults/sound-faults.js'

/** Why an engine failed, or the sound of a call: anything but a fault is a bug of ours. */
export function engineFault(cause: unknown): Fault {
  if (cause instanceof FaultError) return cause.fault
  return soundFaults.mediaFailed({ words: cause instanceof Error ? cause.message : String(cause) })
}
