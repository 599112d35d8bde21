import { readFileSync } from 'node:fs'
import { errorCode } from './failure.js'

/** Names a process, where the system tells enough, for good: ids come again. */
export interface ProcessName {
  readonly pid: number
  /** When it started, in the system's own count; only where there is a /proc. */
  readonly startedAt?: string
}

export function nameOfProcess(pid: number): ProcessName {
  const startedAt = processStat(pid)?.startedAt
  return { pid, ...(startedAt !== undefined && { startedAt }) }
}

/** Whether that process is still there. One that is dead, and only waits for its parent to notice, is not. */
export function isRunning({ pid, startedAt }: ProcessName): boolean {
  try {
    process.kill(pid, 0)
  } catch (cause) {
    // EPERM: it is there, and is somebody else's.
    if (errorCode(cause) !== 'EPERM') return false
  }
  const stat = processStat(pid)
  if (!stat) return true
  return !['Z', 'X'].includes(stat.state) && (startedAt === undefined || startedAt === stat.startedAt)
}

/** State and start time of a process from /proc (see proc(5)); `undefined` where there is none. */
function processStat(pid: number): { state: string; startedAt: string } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // Its name stands in brackets, and may hold brackets and spaces itself. Fields 3 and 22, as proc(5) counts.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const [state, startedAt] = [fields[0], fields[19]]
    return state === undefined || startedAt === undefined ? undefined : { state, startedAt }
  } catch {
    return undefined
  }
}
