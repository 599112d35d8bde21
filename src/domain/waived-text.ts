import { count } from './count.js'
import type { WaivedGate } from './report.js'

const words = { passed: 'passed', failed: 'failed', could_not_tell: 'inconclusive' } as const

/** `passed with 2 exceptions, which the suite allows`; `undefined` if no exception covered anything. */
export function waivedText(waived: WaivedGate | undefined): string | undefined {
  const applied = waived?.waivers.filter(({ state }) => state === 'applied').length ?? 0
  if (!waived || applied === 0) return undefined
  const allowed = waived.allowed && waived.verdict === 'passed' ? ', which the suite allows' : ''
  return `${words[waived.verdict]} with ${count(applied, 'exception')}${allowed}`
}
