import { FaultError } from '../domain/fault.js'
import type { Mask } from '../domain/mask.js'
import type { ModelUsage } from '../domain/model.js'

/** A language model that answers in JSON. One per role of a suite, shared by its runs; it enforces its own limits. */
export interface LanguageModel {
  /**
   * Asks, with retries where they may help, until the answer has the requested shape.
   *
   * @returns The model's answer, valid against `request.answer.schema`.
   * @throws {FaultError} by infra, `caller_model` or `judge_model`, when there is none; {@link AnswerUnusable} when there is one
   *   that cannot be used. When the signal aborts, its reason.
   */
  ask(request: ModelRequest, use: ModelUse): Promise<unknown>
  /**
   * Waits until the model can serve another conversation: asked before one begins, so that no more wait for the model than it serves.
   *
   * @returns `undefined` if it can now; the method is absent if it always can.
   * @throws the signal's reason, if it aborts.
   */
  room?(signal: AbortSignal): Promise<void> | undefined
}

export interface ModelRequest {
  /** The purpose of the request, for people: `caller, turn 3`, `judge, expected outcome`. */
  readonly purpose: string
  readonly messages: readonly ModelMessage[]
  readonly answer: AnswerShape
  /**
   * The fix if the request is too long for the model, unless it is to shorten the conversation: `Shorten the expected
   * outcome`.
   */
  readonly ifTooLong?: string
  /**
   * Whoever asks goes on without the answer, so its lack is no failure: if it was `cut` off, because less is asked for then; if it is
   * `unusable` in any way, because nothing is decided then.
   */
  readonly mayBe?: 'cut' | 'unusable'
  /** Number of the vote: requests that differ only in it may have different answers. */
  readonly vote?: number
  /** Default: the model's own. */
  readonly temperature?: number
  /** The same question may be answered differently with another seed. */
  readonly seed?: number
}

/** The answer that a question asks for. */
export interface AnswerShape {
  readonly name: string
  /**
   * A JSON Schema in which every object is closed and all its properties are required. Lengths (`maxLength`, `maxItems`) guide the
   * endpoint; a longer answer is valid. A `description` says in a few words what belongs there.
   */
  readonly schema: Readonly<Record<string, unknown>>
  /** Limit of the answer in tokens, if the suite sets none. */
  readonly mostTokens: number
  /** An earlier answer of the model in this shape, given its words. Endpoints that are asked in words only see it so. */
  readonly wrap?: (words: string) => unknown
}

/** The model answered, and the answer cannot be used: it is not of the shape asked for, refused, filtered, or to another question. */
export class AnswerUnusable extends FaultError {}

/** For a rejection: the answer that cannot be used. @throws any other cause. */
export function asUnusable(cause: unknown): AnswerUnusable {
  if (cause instanceof AnswerUnusable) return cause
  throw cause
}

/** The answer was cut off at the limit of its length. A question that asks for less may be answered whole. */
export class AnswerCut extends AnswerUnusable {}

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
