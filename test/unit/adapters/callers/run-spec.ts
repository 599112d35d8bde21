import type { Personality, Script, Step, TestProfile } from '../../../../src/domain/document.js'
import type { CaseKey, RunKey } from '../../../../src/domain/ids.js'
import type { PlannedEntry, RunSpec } from '../../../../src/domain/plan.js'
import type { TextMatcher } from '../../../../src/domain/text-matcher.js'
import * as build from '../../../support/build.js'

export const maria: TestProfile = {
  key: 'maria',
  name: 'Maria',
  at: build.somewhere,
  agentVariables: { 'X-Customer-Tier': 'gold' },
  callerVariables: { name: 'Maria Lopez', pin: 4021, member: true, nickname: null },
}

export const calm: Personality = { key: 'calm', name: 'Calm', at: build.somewhere, language: 'es' }

/** A run of a scenario with this script. */
export function specOf(script: Script, who: { personality?: Personality; testProfile?: TestProfile } = {}): RunSpec {
  const scenario = build.scenario(script, { id: 101 })
  const planned = { index: 0, key: 'smoke/cancel' as CaseKey, scenario, repeats: 1, firstRun: 0, ...who }
  // A caller does not look at the entry.
  const entry = {} as PlannedEntry
  return { index: 0, key: 'smoke/cancel#1' as RunKey, repeat: 1, entry, case: planned }
}

/** A step that answers when it hears something, or `any`thing. */
export function step(when: TextMatcher | 'any', say: string, how: Partial<Step> = {}): Step {
  const trigger: Step['trigger'] = when === 'any' ? { kind: 'any' } : { kind: 'when', matcher: when }
  return build.step(trigger, build.text(say), how)
}

/** A step that follows up another: the index of that step, or -1 for the first message. */
export function followUp(of: number, say: string, how: { repeat?: boolean } = {}): Step {
  return build.step({ kind: 'after', step: of }, build.text(say), how)
}
