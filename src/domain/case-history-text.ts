import type { CaseHistory, FailingSince, Flip, PastResult } from './case-history.js'

/** What differs between two results, in a few words after `with`. */
const reasons: Readonly<Record<Flip['because'], string>> = {
  agent: 'with another agent',
  suite: 'with another suite',
  agent_and_suite: 'with another agent and another suite',
  nothing: 'with the same agent and suite',
  unknown: 'with the same suite; no identity tells whether the agent changed',
}

export function reasonText({ because }: Flip): string {
  return reasons[because]
}

/** `failing since 2026-01-03 09:00 (bakery 4.1.8), for the cause of today since 2026-01-05 09:00 (bakery 4.1.9)` */
export function failingSinceText({ forThisCause, ...first }: FailingSince): string {
  return `failing since ${placeText(first)}${forThisCause ? `, for the cause of today since ${placeText(forThisCause)}` : ''}`
}

function placeText({ at, agents }: Pick<PastResult, 'at' | 'agents'>): string {
  return `${at.slice(0, 16).replace('T', ' ')} (${agents})`
}

/** `passed -> failed, with another agent, for another cause than before` */
export function flipText(flip: Flip): string {
  const cause = flip.cause && { same: ', for the same cause as before', other: ', for another cause than before' }[flip.cause]
  return `${flip.from} -> ${flip.to}, ${reasonText(flip)}${cause ?? ''}`
}

/** What an earlier result did not have, in words: `another agent, changed thresholds`. */
export function changesText({ changed = [] }: PastResult): string {
  return changed.map(what => ({ agent: 'another agent', suite: 'another suite', bar: 'other thresholds' })[what]).join(', ')
}

export const cameMarks: Readonly<Record<CaseHistory['results'][number]['came'], string>> = { passed: '✓', failed: '✗', mixed: '~' }
