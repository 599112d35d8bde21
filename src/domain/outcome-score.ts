import type { JudgedClaim } from './verdict.js'

/** The share of claims that are met, 0..100 with one decimal place; `null` while one is inconclusive. @param claims  At least one. */
export function outcomeScoreOf(claims: readonly Pick<JudgedClaim, 'holds'>[]): number | null {
  if (claims.some(({ holds }) => holds === 'unknown')) return null
  return Math.round((claims.filter(({ holds }) => holds === 'yes').length / claims.length) * 1000) / 10
}
