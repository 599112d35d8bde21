import type { Place } from '../place.js'
import { faultOf, type Fault } from '../fault.js'
import type { Model, ModelRole } from '../model.js'
import { fixTls, tlsFailed, type TlsFailure } from './tls-words.js'

/** Whose model was asked, and for what: `caller`, for `the next words`. */
export interface AskedModel {
  readonly role: ModelRole
  readonly purpose: string
}

/** ... at which address, without credentials and query. */
export interface AskedAt extends AskedModel {
  readonly place: Place
}

/** ... and what the endpoint answered instead. */
export interface Answered extends AskedAt {
  /** `undefined` if the answer began well, and an error came in the middle. */
  readonly status: number | undefined
  readonly words: string
}

/** How a request ended that was not answered in time. */
export interface TimedOut {
  /** The bound that was exceeded. */
  readonly withinMs: number
  /** Whether a part of a streamed answer came. */
  readonly hasBegun: boolean
  /** Whether the endpoint was asked nothing else meanwhile. */
  readonly wasAlone: boolean
}

/**
 * Faults of a model. A fault is final (`isFinal`) if the endpoint would fail the same way again: a wrong key, a model that
 * it does not have, a question that is too long.
 */
export const modelFaults = {
  // the endpoint refuses
  keyRefused: (p: Answered & { keyName: string | undefined }) => final(p, answered(p), `Correct ${keyOf(p)}.`),
  keyMissing: (p: Answered) => final(p, answered(p), `Give it a key with ${own(p)}.api_key.`),
  notPermitted: (p: Answered & { keyName: string | undefined }) => final(p, answered(p), `Check what ${keyOf(p)} may use.`),
  noSuchModel: (p: Answered & { model: string }) =>
    final(p, answered(p), `Correct ${own(p)}.model, which is ${p.model}, or ${own(p)}.base_url.`),
  hasMoved: (p: Answered) => final(p, answered(p), `Put the address that it has moved to into ${own(p)}.base_url.`),
  shapeNotTaken: (p: Answered) => final(p, answered(p), `Use ${own(p)}.structured: json_object, or prompt.`),
  requestRefused: (p: Answered) => final(p, answered(p), `Check what ${own(p)} asks for.`),
  bodyTooLarge: (p: Answered & { fix: string | undefined }) =>
    final(p, answered(p), `${p.fix ?? 'Lower max_turns, or let the agent say less'}.`),
  contextTooLong: (p: Answered & { model: string; fix: string | undefined; limit: number | undefined }) => {
    const what = p.fix === undefined ? 'conversation' : 'question'
    const problem =
      p.limit === undefined
        ? `The ${what} is too long for ${p.model}`
        : `Set ${own(p)}.max_tokens lower: the ${what} and an answer of ${p.limit} tokens are too long for ${p.model}`
    const fix = `${p.fix ?? 'Lower max_turns'}, or use a model with a larger context. ${largerContext}.`
    return final(p, answered(p, shortQuote), `${problem}. ${fix}`)
  },
  answerTooLong: (p: Answered & { limit: number }) =>
    final(p, answered(p, shortQuote), `It was asked for at most ${p.limit} tokens. Set ${own(p)}.max_tokens to what the model allows.`),
  quotaUsedUp: (p: Answered) => final(p, answered(p), 'The account has no quota left. Check its billing.'),

  // the endpoint fails, for now
  tooManyRequests: (p: Answered) => fault(p, answered(p), `Lower ${own(p)}.limits to what the endpoint allows.`),
  longWait: (p: Answered & { waitMs: number }) =>
    fault(
      p,
      `${answered(p)}, and asked to wait for ${Math.round(p.waitMs / 1000)} s (Retry-After)`,
      `Lower ${own(p)}.limits to what the endpoint allows, or run again after that time.`,
    ),
  endpointFailed: (p: Answered) => fault(p, answered(p), 'Check the endpoint, then run again.'),
  timedOut: (p: AskedAt & TimedOut) =>
    fault(
      p,
      `at ${p.place.name} did not answer within ${p.withinMs / 1000} s${p.hasBegun ? ': its answer began, and did not end' : ''}`,
      p.wasAlone
        ? `Raise ${own(p)}.timeout.`
        : `Lower limits.concurrency of the suite, so that fewer runs wait for it, or raise ${own(p)}.timeout.`,
    ),
  notJson: (p: AskedAt) =>
    fault(p, `at ${p.place.name} answered something that is not JSON`, `Check that ${own(p)}.base_url leads to chat completions.`),

  // the connection
  tls: (p: AskedAt & TlsFailure) => fault(p, `cannot be asked: ${tlsFailed(p)}`, fixTls(p, `${own(p)}.base_url`), p.problem !== 'cut_off'),
  noSuchHost: (p: AskedAt) => final(p, `at ${p.place.name} has no such host`, `Correct ${own(p)}.base_url.`),
  refused: (p: AskedAt) => fault(p, `does not run: nothing listens at ${p.place.name}`, `Start it, or correct ${own(p)}.base_url.`),
  lost: (p: AskedAt & { reason: string }) =>
    fault(p, `at ${p.place.name} was lost (${p.place.quote(p.reason, 200)})`, 'Check the endpoint, and the network in between.'),

  // the answer cannot be used
  refusedToAnswer: (p: AskedAt & { words: string }) =>
    fault(p, `refused to answer, "${p.place.quote(p.words, 120)}"`, 'Reword what the scenario asks for, or use another model.'),
  cutOff: (p: AskedAt & { maxTokens: number | undefined }) =>
    fault(
      p,
      `at ${p.place.name} was cut off in its answer${p.maxTokens === undefined ? '' : `, at ${p.maxTokens} tokens`}`,
      `${largerContext}, ask for less at a time, or raise ${own(p)}.max_tokens.`,
    ),
  questionCut: (p: AskedAt & { counted: number; fewest: number }) =>
    final(
      p,
      `at ${p.place.name} read ${p.counted} tokens of a question that has at least ${p.fewest}: its server cuts questions off without saying so`,
      `${largerContext}.`,
    ),
  filtered: (p: AskedModel) =>
    fault(p, "had its answer held back by the endpoint's content filter", 'Reword what the scenario asks for, or change the filter.'),
  wrongShape: (p: AskedAt & { words: string; wrong: string }) =>
    fault(
      p,
      `did not answer in the shape asked for, twice${p.words && `, "${p.place.quote(p.words, 120)}"`}: ${p.wrong}`,
      `Change ${own(p)}.structured, or use another model.`,
    ),

  // no model to ask
  notInstalled: (p: { role: ModelRole; message: string }) => faultOf(`${p.role}_model`, p.message, { isFinal: true }),
}

const largerContext = 'Give the server a larger context (llama.cpp: -c, Ollama: num_ctx, vLLM: --max-model-len)'

function fault(p: AskedModel, what: string, next: string, isFinal = false): Fault {
  return faultOf(`${p.role}_model`, `The ${p.role}'s model ${what} (${p.purpose}). ${next}`, { isFinal })
}

function final(p: AskedModel, what: string, next: string): Fault {
  return fault(p, what, next, true)
}

function answered({ place, status, words }: Answered, mostQuoted = 200): string {
  return `at ${place.name} answered ${status ?? 'an error'}${words && `, "${place.quote(words, mostQuoted)}"`}`
}

/** In characters: words that we understand need not be quoted in full. */
const shortQuote = 100

/** Where the suite describes the model. */
function own({ role }: { readonly role: Model['role'] }): string {
  return `models.${role}`
}

/** @param keyName  The environment variable that the key comes from, if any. */
function keyOf(p: AskedModel & { keyName: string | undefined }): string {
  return `${own(p)}.api_key${p.keyName === undefined ? '' : ` (read from ${p.keyName})`}`
}
