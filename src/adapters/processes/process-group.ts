import { readdirSync, readFileSync } from 'node:fs'
import type { ChildProcess } from 'node:child_process'

/** A process that leads a group of its own; on Windows, which has none, it stands for itself alone. */
export type GroupLeader = Pick<ChildProcess, 'pid' | 'exitCode' | 'signalCode' | 'kill'>

/** Sends a signal to a whole group; harmless where it is gone. */
export function signalGroup(leader: GroupLeader, signal: NodeJS.Signals): void {
  if (leader.pid === undefined) return
  try {
    if (process.platform === 'win32') leader.kill(signal)
    else process.kill(-leader.pid, signal)
  } catch {
    // Nobody is left.
  }
}

/** Whether anyone in a group still runs. */
export function isGroupAlive(leader: GroupLeader): boolean {
  if (leader.pid === undefined) return false
  if (process.platform === 'win32') return leader.exitCode === null && leader.signalCode === null
  try {
    process.kill(-leader.pid, 0)
  } catch {
    return false
  }
  return process.platform !== 'linux' || hasRunningMember(leader.pid)
}

/** Those that have ended stay in their group until they are collected; in a container without an init, that is never. */
function hasRunningMember(group: number): boolean {
  return readdirSync('/proc').some(name => {
    if (!/^\d+$/.test(name)) return false
    const stat = statOf(name)
    // proc(5): pid (name) state parent group ...; the name may hold anything.
    const [state, , itsGroup] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return Number(itsGroup) === group && state !== 'Z' && state !== 'X'
  })
}

function statOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    return ''
  }
}
