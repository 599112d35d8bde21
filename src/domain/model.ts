import type { Span } from './source.js'
import type { SpeechRole } from './speech-settings.js'

/** What a language model does in a suite. */
export type ModelRole = 'caller' | 'judge'

/** A language model behind an OpenAI-compatible chat-completions endpoint. */
export interface Model {
  readonly role: ModelRole
  /** Where the suite declares it. */
  readonly at: Span
  /** Base URL, without `/chat/completions`. */
  readonly baseUrl: string
  /** The endpoint's name for the model. */
  readonly model: string
  readonly apiKey?: string
  readonly headers: Readonly<Record<string, string>>
  readonly temperature?: number
  /** Default: the plan's seed. */
  readonly seed?: number
  /** Limit of one answer, in tokens. */
  readonly maxTokens?: number
  /** Timeout of one request, without its retries. */
  readonly timeoutMs: number
  /** Whether answers are streamed: some servers cut long answers off otherwise. */
  readonly stream: boolean
  /** How a request demands the shape of the answer: with `response_format`, or only in words. */
  readonly structured: 'json_schema' | 'json_object' | 'prompt'
  /** Without `concurrency`, the number of requests at once adapts to the endpoint. */
  readonly limits: { readonly concurrency?: number; readonly requestsPerMinute?: number; readonly tokensPerMinute?: number }
  /** How often a failed request is retried. */
  readonly retries: number
  readonly prices?: Prices
}

/** The model that judges. */
export interface JudgeModel extends Model {
  /** How often each question is asked; the majority decides. */
  readonly votes: number
  /** Whether the judge is tried on a conversation that cannot meet an outcome, once for each outcome. */
  readonly emptyControl: boolean
}

/** Prices of a model, in the suite's currency per million tokens. */
export interface Prices {
  readonly input: number
  readonly output: number
  /** Price of input tokens that the endpoint had cached. Default: `input`. */
  readonly cachedInput?: number
}

/** Usage of one model in one role. */
export interface ModelUsage {
  readonly role: ModelRole | SpeechRole
  readonly model: string
  readonly requests: number
  /** Tokens; 0 for speech. */
  readonly inputTokens: number
  readonly outputTokens: number
  /** Characters of text that was spoken, for `tts`. */
  readonly characters?: number
  /** Seconds of sound that was heard, for `stt`. */
  readonly seconds?: number
  /** In the suite's currency; absent if the suite has no prices for the model. */
  readonly cost?: number
}

/**
 * The temperature to ask with. A judge's default is 0, so that it repeats its judgement of the same conversation.
 * `undefined` if the endpoint decides.
 */
export function temperatureOf({ role, temperature }: Pick<Model, 'role' | 'temperature'>): number | undefined {
  return temperature ?? (role === 'judge' ? 0 : undefined)
}

/**
 * The cost of a request, in the currency of the prices.
 *
 * @param cachedTokens  How many of the input tokens the endpoint had cached.
 */
export function costOf(
  {
    inputTokens,
    outputTokens,
    cachedTokens,
  }: { readonly inputTokens: number; readonly outputTokens: number; readonly cachedTokens: number },
  { input, output, cachedInput = input }: Prices,
): number {
  return ((inputTokens - cachedTokens) * input + cachedTokens * cachedInput + outputTokens * output) / 1_000_000
}

/** Sums usages per role and model. A sum has a cost only if all of its parts do. */
export function sumUsage(usages: Iterable<ModelUsage>): ModelUsage[] {
  const sums = new Map<string, ModelUsage>()
  for (const usage of usages) {
    const key = `${usage.role} ${usage.model}`
    const sum = sums.get(key)
    sums.set(key, sum ? add(sum, usage) : usage)
  }
  // Whoever was asked first is chance.
  return [...sums.values()].toSorted((a, b) => roles.indexOf(a.role) - roles.indexOf(b.role))
}

const roles: readonly ModelUsage['role'][] = ['caller', 'judge', 'tts', 'stt']

function add(a: ModelUsage, b: ModelUsage): ModelUsage {
  const { cost: _, ...counted } = a
  return {
    ...counted,
    requests: a.requests + b.requests,
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    ...(a.characters !== undefined && b.characters !== undefined && { characters: a.characters + b.characters }),
    ...(a.seconds !== undefined && b.seconds !== undefined && { seconds: a.seconds + b.seconds }),
    ...(a.cost !== undefined && b.cost !== undefined && { cost: a.cost + b.cost }),
  }
}
