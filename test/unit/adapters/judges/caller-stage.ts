import { createAuditor } from '../../../../src/adapters/judges/auditor.js'
import type { Cause } from '../../../../src/domain/cause.js'
import type { Behaviour, TestProfile } from '../../../../src/domain/document.js'
import type { Moment, Transcript } from '../../../../src/domain/transcript.js'
import type { ConversationCase } from '../../../../src/ports/judge.js'
import { agent, scenario, text } from '../../../support/build.js'
import { fakeModel, type FakeModel } from '../../../support/fake-model.js'
import { maria } from '../callers/run-spec.js'

/** Conversations of callers, and what an auditor says of them. */

export const told: Behaviour = {
  kind: 'instructions',
  instructions: 'You are {{test_profile.name}}. You were charged twice and want a refund. Give your pin only when asked.',
  firstMessage: text('I have been charged twice!'),
}

function conductedWith(behaviour: Behaviour, testProfile: TestProfile): ConversationCase {
  return { entry: { agent: agent() }, case: { scenario: { ...scenario({}), behaviour }, testProfile } }
}

/** What made a caller say something, by what a line begins with. */
const causes: Readonly<Record<string, Cause>> = {
  caller: { kind: 'instructions', reason: 'as asked' },
  exact: { kind: 'first_message' },
  idle: { kind: 'idle_prompt' },
  step: { kind: 'step', number: 1 },
}

/** `caller: ...` in its own words, `exact: ...` and `idle: ...` in those of the suite, `agent: ...`. */
export function transcriptOf(lines: readonly string[], by: Transcript['ending']['by'] = 'caller'): Transcript {
  let turn = 0
  const moments = lines.map((line): Moment => {
    const [, who = '', words = ''] = /^(\w+): ([^]*)$/.exec(line) ?? []
    if (who !== 'agent') turn += 1
    const at = { turn, startS: turn, endS: turn, type: 'said', text: words } as const
    return who === 'agent' ? { ...at, by: 'agent' } : { ...at, by: 'caller', cause: causes[who]! }
  })
  const reason = { caller: 'Testing agent-ended-call', agent: 'Main agent-ended-call', limit: 'exceeded-max-turns' } as const
  return { moments, metadata: {}, ending: { by, reason: reason[by], atS: turn } }
}

export function audit(
  model: FakeModel,
  transcript: Transcript,
  behaviour: Behaviour = told,
  testProfile: TestProfile = maria,
): Promise<string | undefined> {
  const use = { signal: new AbortController().signal, spent: () => undefined }
  return createAuditor(model).audit(conductedWith(behaviour, testProfile), transcript, use)
}

/** What is found without a model, which would find nothing. */
export function auditByRule(
  lines: readonly string[],
  behaviour?: Behaviour,
  by?: Transcript['ending']['by'],
  testProfile?: TestProfile,
): Promise<string | undefined> {
  return audit(
    fakeModel(() => ({ findings: [] })),
    transcriptOf(lines, by),
    behaviour,
    testProfile,
  )
}

/** A caller that follows these instructions. */
export const instructed = (instructions: string): Behaviour => ({ kind: 'instructions', instructions, firstMessage: text('Hi!') })
