import type { Mask } from '../domain/mask.js'
import type { ModelUsage } from '../domain/model.js'

/** A language model that answers in JSON. One per role of a suite, shared by its runs; it enforces its own limits. */
export interface LanguageModel {
  /**
   * Asks, with retries where they may help, until the answer has the requested shape.
   *
   * @returns The model's answer, valid against `request.answer.schema`.
   * @throws {FaultError} by infra, `caller_model` or `judge_model`, when there is none. When the signal aborts, its reason.
   */
  ask(request: ModelRequest, use: ModelUse): Promise<unknown>
}

export interface ModelRequest {
  /** The purpose of the request, for people: `caller, turn 3`, `judge, expected outcome`. */
  readonly purpose: string
  readonly messages: readonly ModelMessage[]
  /** The shape of the answer: a JSON Schema in which every object is closed and all its properties are required. */
  readonly answer: { readonly name: string; readonly schema: Readonly<Record<string, unknown>> }
  /**
   * The fix if the request is too long for the model, unless it is to shorten the conversation: `Shorten the expected
   * outcome`.
   */
  readonly ifTooLong?: string
  /** Number of the vote: requests that differ only in it may have different answers. */
  readonly vote?: number
  /** Default: the model's own. */
  readonly temperature?: number
  /** The same question may be answered differently with another seed. */
  readonly seed?: number
}

export interface ModelMessage {
  readonly role: 'system' | 'user' | 'assistant'
  readonly content: string
}

/** The context of a request to a model. */
export interface ModelUse {
  readonly signal: AbortSignal
  /** Called after each answered request, whatever happens to the answer. */
  spent(usage: ModelUsage): void
}

/** Masks secrets in what a model is asked. */
export function maskMessages(messages: readonly ModelMessage[], mask: Mask): readonly ModelMessage[] {
  return mask.isEmpty ? messages : messages.map(message => ({ ...message, content: mask.text(message.content) }))
}
