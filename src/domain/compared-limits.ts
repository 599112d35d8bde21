import type { Comparison } from './comparison.js'
import { conditionsText } from './conditions.js'
import { isAtHead, type Limit, limitText } from './limit.js'

/** What comparisons tell in other words: that results have other thresholds, and conversations of each other. Waivers change no run. */
const toldOtherwise: ReadonlySet<Limit['code']> = new Set(['BAR_CHANGED', 'RESCORED', 'WAIVED'])

/** The limits of a result that a comparison must tell: its runs are not all that the suite asks for, or not of one agent. */
export function isCompared(limit: Limit): boolean {
  return isAtHead(limit) && !toldOtherwise.has(limit.code)
}

/** `Base: This is shard 1 of 2 of the suite.` */
export function comparedLimits({ base, new: now }: Pick<Comparison, 'base' | 'new'>): string[] {
  return [...sentencesOf('Base', base.limits), ...sentencesOf('New', now.limits)]
}

/** Why a difference may not be the agents' doing, a sentence each. */
export function comparisonWarnings(comparison: Pick<Comparison, 'base' | 'new' | 'conditions'>): string[] {
  const { conditions } = comparison
  return [...comparedLimits(comparison), ...(conditions.length > 0 ? [conditionsText(conditions)] : [])]
}

function sentencesOf(side: string, limits: readonly Limit[] = []): string[] {
  return limits.map(limit => `${side}: ${limitText(limit)}`)
}
