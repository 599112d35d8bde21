import { readFileSync } from 'node:fs'
import { errorCode } from './failure.js'

/** Identifies a process even after its id is reused, if the system provides enough. */
export interface ProcessName {
  readonly pid: number
  /** Its start time in the system's own units; only on systems with /proc. */
  readonly startedAt?: string
}

export function nameOfProcess(pid: number): ProcessName {
  const startedAt = processStat(pid)?.startedAt
  return { pid, ...(startedAt !== undefined && { startedAt }) }
}

/** Whether the process still runs. A dead process that waits for its parent does not count. */
export function isRunning({ pid, startedAt }: ProcessName): boolean {
  try {
    process.kill(pid, 0)
  } catch (cause) {
    // EPERM: it runs as another user.
    if (errorCode(cause) !== 'EPERM') return false
  }
  const stat = processStat(pid)
  if (!stat) return true
  return !['Z', 'X'].includes(stat.state) && (startedAt === undefined || startedAt === stat.startedAt)
}

/** State and start time of a process from /proc (see proc(5)); `undefined` without /proc. */
function processStat(pid: number): { state: string; startedAt: string } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name is in brackets, and can contain brackets and spaces. Fields 3 and 22 in proc(5)'s count.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const [state, startedAt] = [fields[0], fields[19]]
    return state === undefined || startedAt === undefined ? undefined : { state, startedAt }
  } catch {
    return undefined
  }
}
