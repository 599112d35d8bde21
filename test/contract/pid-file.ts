import { existsSync, readFileSync } from 'node:fs'

/** How many of the processes that wrote their id into a file, one a line, are alive. */
export function countAlive(file: string): number {
  if (!existsSync(file)) return 0
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(pid => pid !== '' && isAlive(Number(pid))).length
}

function isAlive(pid: number): boolean {
  // On Linux: one that has ended may wait to be collected by the process that it was left to.
  if (existsSync('/proc/self')) return existsSync(`/proc/${pid}`) && !/^State:\s+Z/m.test(statusOf(pid))
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

function statusOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8')
  } catch {
    return 'State: Z'
  }
}
