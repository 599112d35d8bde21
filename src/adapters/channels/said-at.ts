import type { Saying } from '../../ports/channel.js'

/** Words that are delivered at once. */
export function saidAt(atS: number): Saying {
  return { done: { startS: atS, endS: atS }, cut: () => {} }
}
