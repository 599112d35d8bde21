import { expect, test } from 'vitest'
import { createPatterns } from '../../../../src/adapters/patterns/re2.js'
import type { Assertion } from '../../../../src/domain/assertion.js'
import { usualSound } from '../../../../src/domain/caller-sound.js'
import type { Hearing } from '../../../../src/domain/hearing.js'
import type { Metric } from '../../../../src/domain/metric.js'
import type { Sound } from '../../../../src/domain/sound.js'
import type { Moment, Transcript } from '../../../../src/domain/transcript.js'
import { turnPresets } from '../../../../src/domain/turn-taking.js'
import type { Verdict } from '../../../../src/domain/verdict.js'
import { createScorer } from '../../../../src/pipeline/score/score.js'
import { agent, scenario, somewhere as at } from '../../../support/build.js'
import { agentAt, callerAt, soundOf } from '../../../support/sounds.js'
import { ended } from './conversations.js'

const deadAir: Metric = {
  key: 'silence',
  name: 'Silence',
  type: 'numeric',
  source: { kind: 'builtin', builtin: 'dead_air_s', statistic: 'max' },
}
const helps: Assertion = { kind: 'agent_says', at, matcher: { contains: 'help' } }

function verdict(moments: readonly Moment[], sound: Sound, { expect: asked = [helps], hear = 'live' as Hearing } = {}): Verdict {
  const held: Transcript = { moments, metadata: {}, ending: ended('caller', 'Testing agent-ended-call'), sound }
  const call = { turns: turnPresets.normal, sound: usualSound, hear }
  const subject = { entry: { agent: agent() }, case: { scenario: scenario({}, { expect: asked }), call } }
  return createScorer({ metrics: [deadAir], patterns: createPatterns() })(subject, held)
}

const said = (by: 'agent' | 'caller', turn: number, startS: number, text: string): Moment => ({
  type: 'said',
  by,
  turn,
  startS,
  endS: startS + 1,
  text,
})
const words = [said('agent', 0, 0, 'Hello.'), said('caller', 1, 2, 'Can you?'), said('agent', 1, 4, 'I can help.')]
const speech = [agentAt(0, 1), callerAt(2, 3), agentAt(4, 5)]
const outcomeOf = ({ holds, checks }: Verdict) => [holds, ...checks.filter(check => check.holds !== 'yes').map(({ because }) => because)]

test('a call in which both were heard passes, and says what makes it count', () => {
  const { holds, checks } = verdict(words, soundOf(speech))
  expect(holds).toBe('yes')
  expect(checks.map(({ assertion }) => assertion)).toEqual([
    'both sides spoke',
    "the agent's speech was made out",
    'no dead air of 10 s',
    'agent says contains "help"',
  ])
})

/** A call whose caller was sent this loud. */
const faint = (levelDbfs: number): Sound => soundOf(speech, { caller: { levelDbfs, snrDb: 0, clipped: 0, dropouts: 0 } })

test('a caller that nobody can have heard proves nothing: its network lost all of it, or it was far too quiet', () => {
  expect(outcomeOf(verdict(words, faint(-96)))).toEqual([
    'unknown',
    'nobody can have heard the caller: at -96 dBFS, nothing or next to nothing of its words was sent',
  ])
  expect(verdict(words, faint(-59)).holds).toBe('yes')
})

test('a silent track proves nothing, whatever the words are', () => {
  expect(outcomeOf(verdict(words, soundOf([agentAt(0, 1), agentAt(4, 5)])))).toEqual([
    'unknown',
    'the caller had words, but no sound of it was sent',
  ])
  expect(outcomeOf(verdict(words, soundOf([callerAt(2, 3)], { seconds: 5 })))).toEqual([
    'unknown',
    'the agent has words, but no sound of it was heard',
  ])
})

test('an agent that made no sound and has no words fell silent, and fails', () => {
  const [, question] = words
  const { holds, checks } = verdict([question!], soundOf([callerAt(2, 3)], { seconds: 5 }))
  expect(holds).toBe('no')
  expect(checks[0]).toMatchObject({ holds: 'no', because: 'the agent fell silent: it never said a word' })
})

test('an agent that spoke without being understood did not fall silent', () => {
  const [greeting, question] = words
  const { holds, checks } = verdict([greeting!, question!], soundOf(speech))
  expect(holds).toBe('unknown')
  expect(checks[0]?.because).toBe('the agent spoke for 1 s after the caller, but none of its words were made out')
})

test('words that nobody heard count only where the suite says that claimed ones are enough', () => {
  const { ears: _, ...unheard } = soundOf(speech)
  expect(outcomeOf(verdict(words, unheard))).toEqual(['unknown', 'nothing listened to the agent: its words are only claimed'])
  expect(verdict(words, unheard, { hear: 'claimed' }).holds).toBe('yes')
})

test('that something was never said is not proven by speech without words', () => {
  const never: Assertion = { kind: 'not', at, assertion: { kind: 'agent_says', at, matcher: { contains: 'card' } } }
  const more = [...speech, agentAt(6, 9)]
  const because = 'no words were made out in 3 s of the 5 s that the agent spoke'
  expect(outcomeOf(verdict(words, soundOf(more), { expect: [never] }))).toEqual(['unknown', because])
  expect(verdict(words, soundOf(more, { detector: 'energy' }), { expect: [never] }).holds).toBe('yes')
  expect(verdict(words, soundOf([...speech, agentAt(6, 7.5)]), { expect: [never] }).holds).toBe('yes')
})

test('10 s of dead air fail a call, unless the scenario has a bound of its own', () => {
  const late = [agentAt(0, 1), callerAt(2, 3), agentAt(13, 14)]
  const moments = [words[0]!, words[1]!, said('agent', 1, 13, 'I can help.')]
  expect(outcomeOf(verdict(moments, soundOf(late)))).toEqual(['no', 'the agent let the caller wait for 10 s'])
  const bounded: Assertion = { kind: 'metric', at, name: 'silence', bounds: { max: 12 } }
  expect(verdict(moments, soundOf(late), { expect: [helps, bounded] }).holds).toBe('yes')
  expect(verdict(moments, soundOf(late), { expect: [helps, { ...bounded, bounds: { max: 5 } }] }).holds).toBe('no')
})

const pressed = (by: 'agent' | 'caller', startS: number): Moment => ({ type: 'dtmf', by, turn: 1, startS, endS: startS, digits: '1' })

test('where nothing hears words, speech and keys of the agent are its answers', () => {
  const endedByCaller: Assertion = { kind: 'ended_by', at, by: 'caller' }
  const heldOf = (moments: readonly Moment[], stretches = [agentAt(0, 1)], hear: Hearing = 'never') =>
    verdict(moments, soundOf(stretches), { expect: [{ kind: 'not', at, assertion: { ...endedByCaller, by: 'limit' } }], hear }).holds
  expect(heldOf([pressed('caller', 2)], [agentAt(0, 1), agentAt(3, 4)])).toBe('yes')
  expect(heldOf([pressed('caller', 2), pressed('agent', 3)])).toBe('yes')
  expect(heldOf([pressed('caller', 2), said('caller', 2, 3, 'Hello?')], [agentAt(0, 1), callerAt(3, 4), agentAt(5, 6)])).toBe('yes')
  expect(heldOf([pressed('caller', 2)], [])).toBe('no')
  expect(heldOf([], [agentAt(0, 1)])).toBe('unknown')
  expect(heldOf([pressed('caller', 2)], [agentAt(0, 1), agentAt(3, 4)], 'live')).toBe('unknown')
})

test('a noise of the caller is no speech that had to be sent', () => {
  const noisy = [said('agent', 0, 0, 'Hello.'), said('caller', 1, 2, '[noise: beep]'), said('agent', 1, 4, 'I can help.')]
  expect(verdict(noisy, soundOf([agentAt(0, 1), agentAt(4, 5)])).holds).toBe('yes')
})
