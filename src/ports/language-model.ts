import type { ModelUsage } from '../domain/model.js'

/** A language model that answers in JSON. One for each role of a suite, shared by its runs; keeps its own limits. */
export interface LanguageModel {
  /**
   * Asks, again where that may help, until there is an answer of the shape asked for.
   *
   * @returns What the model answered, valid against `request.answer.schema`.
   * @throws {FaultError} by infra, `caller_model` or `judge_model`, when there is none. When the signal aborted, its reason.
   */
  ask(request: ModelRequest, use: ModelUse): Promise<unknown>
}

export interface ModelRequest {
  /** What it is for, in a few words, for people: `caller, turn 3`, `judge, expected outcome`. */
  readonly purpose: string
  readonly messages: readonly ModelMessage[]
  /** The shape of the answer: a JSON Schema in which every object is closed and all its properties are required. */
  readonly answer: { readonly name: string; readonly schema: Readonly<Record<string, unknown>> }
  /** What to do where it is too long for the model, if not to shorten the conversation: `Shorten the expected outcome`. */
  readonly ifTooLong?: string
  /** Asks for another answer to the same question: the votes of a judge differ in it. */
  readonly vote?: number
  /** Where it is left out, the model's own. */
  readonly temperature?: number
  /** Asks as one of many: the same question with another seed may be answered otherwise. */
  readonly seed?: number
}

export interface ModelMessage {
  readonly role: 'system' | 'user' | 'assistant'
  readonly content: string
}

/** What comes along with a question to a model. */
export interface ModelUse {
  readonly signal: AbortSignal
  /** Told of each request that was answered, whatever became of the answer. */
  spent(usage: ModelUsage): void
}
