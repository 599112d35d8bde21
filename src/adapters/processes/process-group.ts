import { readdirSync, readFileSync } from 'node:fs'
import type { ChildProcess } from 'node:child_process'

/** The leader of a process group. Windows has no groups, so there it stands only for itself. */
export type GroupLeader = Pick<ChildProcess, 'pid' | 'exitCode' | 'signalCode' | 'kill'>

/** Signals the whole group. Does nothing if the group is gone. */
export function signalGroup(leader: GroupLeader, signal: NodeJS.Signals): void {
  if (leader.pid === undefined) return
  try {
    if (process.platform === 'win32') leader.kill(signal)
    else process.kill(-leader.pid, signal)
  } catch {
    // The group is empty.
  }
}

/** Whether any process of the group still runs. */
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

/** Exited processes stay in their group until they are collected. In a container without an init process, that never happens. */
function hasRunningMember(group: number): boolean {
  return readdirSync('/proc').some(name => {
    if (!/^\d+$/.test(name)) return false
    const stat = statOf(name)
    // proc(5): pid (name) state parent group ...; the name can contain any character.
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
