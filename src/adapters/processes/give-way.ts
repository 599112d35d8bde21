import { getPriority, setPriority } from 'node:os'

/**
 * Has a program give way to Callsheet where both want a processor: dozens that start at once would otherwise make the turns of all
 * conversations late.
 */
export function giveWay(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    // All of us may give way to others already.
    if (getPriority(pid) < 5) setPriority(pid, 5)
  } catch {
    // It is gone, or may not be told.
  }
}
