import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** What other processes take of this machine's processors while a test measures its own. */
export interface OthersShare {
  /** 0..1 of all processors, in the worst second so far; 0 where the system does not say (`/proc`). */
  worst(): number
  stop(): void
}

const everyMs = 1000

/** Watches what processes take that are neither this one nor its descendants. */
export function watchOthers(): OthersShare {
  let before = spent()
  let worst = 0
  const timer = setInterval(() => {
    const now = spent()
    if (!before || !now) return
    const own = [...now.own].reduce((sum, [pid, ticks]) => sum + ticks - (before!.own.get(pid) ?? 0), 0)
    const all = now.all - before.all
    if (all > 0) worst = Math.max(worst, (now.busy - before.busy - own) / all)
    before = now
  }, everyMs)
  return { worst: () => worst, stop: () => clearInterval(timer) }
}

interface Spent {
  /** Ticks of all processors, and those of them that were not idle. */
  readonly all: number
  readonly busy: number
  /** Of this process and its descendants. */
  readonly own: ReadonlyMap<number, number>
}

function spent(): Spent | undefined {
  if (!existsSync('/proc/stat')) return undefined
  const ticks = /^cpu +(.*)/.exec(readFileSync('/proc/stat', 'utf8'))![1]!.split(' ').slice(0, 8).map(Number)
  const all = ticks.reduce((sum, each) => sum + each, 0)
  const processes = new Map(readdirSync('/proc').flatMap(name => (/^\d+$/.test(name) ? statOf(name) : [])))
  const isOwn = (pid: number): boolean => pid === process.pid || (pid > 1 && isOwn(processes.get(pid)?.parent ?? 0))
  const own = new Map([...processes].flatMap(([pid, { spent: each }]) => (isOwn(pid) ? [[pid, each] as const] : [])))
  return { all, busy: all - ticks[3]! - ticks[4]!, own }
}

function statOf(pid: string): [number, { parent: number; spent: number }][] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return [[Number(pid), { parent: Number(fields[1]), spent: Number(fields[11]) + Number(fields[12]) }]]
  } catch {
    // It ended meanwhile.
    return []
  }
}
