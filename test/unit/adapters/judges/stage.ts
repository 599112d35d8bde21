import type { Agent, Scenario } from '../../../../src/domain/document.js'
import type { Metric } from '../../../../src/domain/metric.js'
import type { ConversationCase } from '../../../../src/ports/judge.js'
import type { LanguageModel, ModelRequest, ModelUse } from '../../../../src/ports/language-model.js'
import * as build from '../../../support/build.js'

/** A model that answers what a test says, and remembers what it was asked. */
export interface Spoken extends LanguageModel {
  readonly asked: ModelRequest[]
}

/** @param answers  By the name of the schema asked for: what the model answers. */
export function modelThat(answers: Readonly<Record<string, (request: ModelRequest) => unknown>>): Spoken {
  const asked: ModelRequest[] = []
  return {
    asked,
    async ask(request) {
      asked.push(request)
      const answer = answers[request.answer.name]
      if (!answer) throw new Error(`Nobody expected ${request.answer.name}.`)
      return answer(request)
    },
  }
}

/** An answer to `claims`: the sentences of the text. */
export function bySentence(request: ModelRequest): unknown {
  const text = request.messages.at(-1)?.content ?? ''
  const claims = text.startsWith('[') ? (JSON.parse(text) as string[]) : text.split(/(?<=\.)\s+/)
  return { claims: claims.map(claim => ({ claim, kind: claim.includes('never') ? 'never' : 'happens' })) }
}

export interface Verdict {
  readonly claim?: number
  readonly reason?: string
  readonly turn?: number | null
  readonly quote?: string
  readonly verdict?: 'met' | 'not_met' | 'cannot_tell'
}

/** An answer to `claim_verdicts`. */
export const verdicts =
  (...claims: readonly Verdict[]) =>
  (): unknown => ({ claims: claims.map((each, i) => ({ claim: i + 1, reason: 'so it is', turn: 1, quote: '', verdict: 'met', ...each })) })

export interface Score {
  readonly applies?: boolean
  readonly explanation?: string
  readonly turn?: number | null
  readonly value: unknown
}

/** An answer to `metric_scores`. */
export const scores = (byMetric: Readonly<Record<string, Score>>) => (): unknown =>
  Object.fromEntries(Object.entries(byMetric).map(([key, score]) => [key, { explanation: 'so it is', turn: null, ...score }]))

export function conversationCase(scenario: Partial<Scenario> = {}, agent: Partial<Agent> = {}): ConversationCase {
  return { entry: { agent: build.agent(agent) }, case: { scenario: build.scenario({}, scenario) } }
}

export const use: ModelUse = { signal: new AbortController().signal, spent: () => {} }

export function judged(key: string, more: Partial<Metric> = {}): Metric {
  return { key, name: key, type: 'rating', source: { kind: 'judge', question: `How much ${key}?` }, ...more }
}
