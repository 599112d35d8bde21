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
  return { claims: (request.messages.at(-1)?.content ?? '').split(/(?<=\.)\s+/) }
}

export interface Verdict {
  readonly reason?: string
  readonly turn?: number | null
  /** For a denial or a manner: the turn of the quote, or without one all turns. */
  readonly turns?: readonly number[]
  readonly quote?: string
  readonly verdict?: 'met' | 'not_met' | 'cannot_tell'
}

/** An answer to `claim_verdicts`, in the order of the claims. On the empty control nothing is met. */
export const verdicts =
  (...claims: readonly Verdict[]) =>
  (request: ModelRequest): unknown => {
    const isControl = request.purpose === 'judge, empty control'
    const schemas = Object.entries(request.answer.schema['properties'] as Record<string, { readonly required: readonly string[] }>)
    return Object.fromEntries(
      schemas.map(([number, { required }]) => {
        const {
          turn = 1,
          turns = turn === null ? [] : [turn],
          ...said
        } = isControl ? { verdict: 'not_met' as const } : (claims[Number(number) - 1] ?? {})
        return [number, { reason: 'so it is', quote: '', verdict: 'met', ...said, ...(required.includes('turn') ? { turn } : { turns }) }]
      }),
    )
  }

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
