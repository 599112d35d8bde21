import type { Assertion } from '../../../../src/domain/assertion.js'
import type { RunEntry, Scenario } from '../../../../src/domain/document.js'
import type { CaseKey } from '../../../../src/domain/ids.js'
import type { Metric } from '../../../../src/domain/metric.js'
import type { SourceFile } from '../../../../src/domain/source.js'
import type { Ending, Moment, Transcript } from '../../../../src/domain/transcript.js'
import type { Verdict } from '../../../../src/domain/verdict.js'
import { createPatterns } from '../../../../src/adapters/patterns/re2.js'
import type { ConversationCase } from '../../../../src/ports/judge.js'
import type { ModelUse } from '../../../../src/ports/language-model.js'
import { createScorer, type Scorer } from '../../../../src/pipeline/score/score.js'
import * as build from '../../../support/build.js'

/** An assertion without its place: tests put them all on line 3 of a file. */
export type Asked = WithoutPlace<Assertion>
type WithoutPlace<T> = T extends { kind: 'not' }
  ? { kind: 'not'; assertion: Asked }
  : T extends { kind: 'all' | 'any' }
    ? { kind: 'all' | 'any'; assertions: readonly Asked[] }
    : T extends unknown
      ? Omit<T, 'at'>
      : never

const file: SourceFile = { path: 'suite.yaml', text: 'expect:\n\n  - agent_says: { contains: x }\n' }
const at = { file, start: file.text.indexOf('agent_says'), end: file.text.length }

function placed(asked: Asked): Assertion {
  switch (asked.kind) {
    case 'not':
      return { kind: 'not', assertion: placed(asked.assertion), at }
    case 'all':
    case 'any':
      return { kind: asked.kind, assertions: asked.assertions.map(placed), at }
    default:
      return { ...asked, at }
  }
}

export function scenario(asks: { expect?: readonly Asked[]; metrics?: readonly string[]; expectedOutcome?: string }): Scenario {
  return {
    key: 'cancel',
    name: 'Cancel',
    at,
    tags: [],
    behaviour: { kind: 'script', script: { firstMessage: [], steps: [] } },
    expect: (asks.expect ?? []).map(placed),
    metrics: asks.metrics ?? [],
    maxTurns: 30,
    maxDurationMs: 300_000,
    idleTimeoutMs: 10_000,
    idlePrompt: 'Hello?',
    frequency: 1,
    ...(asks.expectedOutcome !== undefined && { expectedOutcome: { kind: 'text', texts: [{ text: asks.expectedOutcome, at }] } }),
  }
}

type Line = (turn: number, startS: number) => Moment

/** A conversation, one second a line; the caller's lines begin new turns. */
export function transcript(lines: readonly Line[], rest: Partial<Omit<Transcript, 'moments'>> = {}): Transcript {
  let turn = 0
  const moments = lines.map((line, i) => {
    const moment = line(turn, i)
    if (moment.by === 'caller') turn += 1
    return { ...moment, turn }
  })
  return { moments, metadata: {}, ending: ended('caller', 'Testing agent-ended-call', lines.length), ...rest }
}

export function ended(by: Ending['by'], reason: Ending['reason'], atS = 10): Ending {
  return { by, reason, atS }
}

export const agent =
  (text: string): Line =>
  (turn, startS) => ({ turn, startS, endS: startS, type: 'said', by: 'agent', text })
export const caller =
  (text: string): Line =>
  (turn, startS) => ({ turn, startS, endS: startS, type: 'said', by: 'caller', text })
export const digits =
  (keys: string): Line =>
  (turn, startS) => ({ turn, startS, endS: startS, type: 'dtmf', by: 'caller', digits: keys })
export const calls =
  (name: string, args: unknown = {}, id?: string): Line =>
  (turn, startS) => ({
    turn,
    startS,
    endS: startS,
    type: 'tool_called',
    by: 'agent',
    name,
    arguments: args,
    ...(id !== undefined && { id }),
  })
export const returns =
  (result: unknown, from: { id?: string; name?: string } = {}): Line =>
  (turn, startS) => ({
    turn,
    startS,
    endS: startS,
    type: 'tool_returned',
    by: 'agent',
    result,
    ...from,
  })

export const patterns = createPatterns()

export function score(
  held: Transcript,
  asks: { expect?: readonly Asked[]; metrics?: readonly string[]; expectedOutcome?: string },
  metrics: readonly Metric[] = [],
): Verdict {
  return scoreWith(createScorer({ metrics, patterns }), scenario(asks), held)
}

/** What a scorer that needs no judge gives at once. */
export function scoreWith(scorer: Scorer, asked: Scenario, held: Transcript): Verdict {
  return scorer(conversationCase(asked), held, unmetered) as Verdict
}

/** What a scorer gives that may ask a judge. */
export async function scoreJudged(scorer: Scorer, asked: Scenario, held: Transcript, entry?: RunEntry): Promise<Verdict> {
  return scorer(conversationCase(asked, entry), held, unmetered)
}

const unmetered: ModelUse = { signal: new AbortController().signal, spent: () => {} }

function conversationCase(asked: Scenario, of: RunEntry = build.entry()): ConversationCase {
  const planned = { index: 0, key: 'case' as CaseKey, scenario: asked, repeats: 1, firstRun: 0 }
  const entry = { index: 0, slug: 'smoke', entry: of, agent: build.agent(), cases: [planned] }
  return { entry, case: planned }
}
