import { expect, test } from 'vitest'
import type { Connection } from '../../../../src/domain/connection.js'
import type { Behaviour, Personality } from '../../../../src/domain/document.js'
import { planRuns } from '../../../../src/pipeline/plan/plan-runs.js'
import { agent, document, entry, scenario, somewhere, step, text } from '../../../support/build.js'
import { maria } from '../../adapters/callers/run-spec.js'

/** Codes and messages of what a plan with this scenario is told. */
function mistakesOf(behaviour: Behaviour, more: { personality?: Personality; connection?: Connection } = {}): string[] {
  const own = agent(more.connection && { connection: more.connection })
  const who = { testProfile: maria, ...(more.personality && { personality: more.personality }) }
  const planned = planRuns(document({ agents: [own], entries: [entry({ agent: own })], scenarios: [{ ...scenario({}, who), behaviour }] }))
  return 'plan' in planned ? [] : planned.diagnostics.map(({ code, message }) => `${code} ${/\{\{.*\}\}/.exec(message)?.[0] ?? ''}`.trim())
}

const instructions = (words: string): Behaviour => ({ kind: 'instructions', instructions: words })
const script = (...steps: ReturnType<typeof step>[]): Behaviour => ({ kind: 'script', script: { firstMessage: text('Hi.'), steps } })
const missing = 'VARIABLE_MISSING {{test_profile.phone}}'

test.each([
  ['instructions', instructions('Your phone is {{test_profile.phone}}.')],
  ['first words', { ...instructions('Be angry.'), firstMessage: text('{{test_profile.phone}}') } as Behaviour],
  ['an act', script(step({ kind: 'any' }, text('Say {{test_profile.phone}}'), { wording: 'own' }))],
  ['a condition', script(step({ kind: 'when', matcher: {}, says: 'asks for {{test_profile.phone}}' }, text('a')))],
])('a value that %s needs, and the profile has not, is told before the first call', (_, behaviour) => {
  expect(mistakesOf(behaviour)).toEqual([missing])
})

test("a personality's prompt is filled in only where a model reads it", () => {
  const personality = { key: 'p', name: 'P', at: somewhere, language: 'en', prompt: '{{test_profile.phone}} {{scenario.id}}' }
  expect(mistakesOf(instructions('Be angry.'), { personality })).toEqual([missing, 'TEMPLATE_NO_ID'])
  expect(mistakesOf(script(step({ kind: 'any' }, text('a'))), { personality })).toEqual([])
})

test('who waits for the agent to speak first cannot, with one that only answers', () => {
  const connection = { type: 'openai', baseUrl: 'http://127.0.0.1:1/v1', model: 'm' } as const
  const waiting: Behaviour = { ...instructions('Be angry.'), firstMessage: [] } as Behaviour
  expect(mistakesOf(waiting, { connection })).toEqual(['CHANNEL_CANNOT_GREET'])
  expect(mistakesOf(instructions('Be angry.'), { connection })).toEqual([])
  expect(mistakesOf(waiting)).toEqual([])
})
