import { expect, test } from 'vitest'
import { describeCause, isCausedBy, type Cause } from '../../../src/domain/cause.js'
import { areOwnWords } from '../../../src/domain/model-driven.js'
import { step, text } from '../../support/build.js'

test.each<[Cause, string]>([
  [{ kind: 'first_message' }, 'first message'],
  [{ kind: 'step', number: 2 }, 'step 2'],
  [{ kind: 'condition', number: 3 }, 'condition 3'],
  [{ kind: 'instructions' }, 'instructions'],
  [{ kind: 'instructions', reason: 'wants a refund' }, 'instructions: wants a refund'],
  [{ kind: 'idle_prompt' }, 'idle prompt'],
])('%j is described as %j', (cause, described) => {
  expect(describeCause(cause)).toBe(described)
})

test('a step is told from a condition of the same number', () => {
  expect(isCausedBy({ kind: 'step', number: 2 }, { kind: 'step', number: 2 })).toBe(true)
  expect(isCausedBy({ kind: 'step', number: 2 }, { kind: 'condition', number: 2 })).toBe(false)
  expect(isCausedBy({ kind: 'step', number: 2 }, { kind: 'step', number: 3 })).toBe(false)
  expect(isCausedBy({ kind: 'step', number: 2 }, undefined)).toBe(false)
})

test('whose words they are is told by the kind of their cause, whatever its reason says', () => {
  const instructed = { kind: 'instructions', instructions: 'Cancel.' } as const
  expect(areOwnWords(instructed, { kind: 'instructions', reason: 'first message' })).toBe(true)
  expect(areOwnWords(instructed, { kind: 'first_message' })).toBe(false)
  const steps = [step({ kind: 'any' }, text('Say goodbye'), { wording: 'own' })]
  const scripted = { kind: 'script', script: { firstMessage: [], steps } } as const
  expect(areOwnWords(scripted, { kind: 'step', number: 1 })).toBe(true)
  expect(areOwnWords(scripted, { kind: 'instructions', reason: 'step 1' })).toBe(false)
})
