import { FaultError, type Fault } from '../../domain/fault.js'
import { callFaults } from '../../domain/faults/call-faults.js'

/** The fault that was thrown. Anything else is a mistake of ours. */
export function faultOf(cause: unknown): Fault {
  if (cause instanceof FaultError) return cause.fault
  const detail = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
  return callFaults.internal({ detail })
}
