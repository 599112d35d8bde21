import type { Span } from './source.js'

/** What a language model does in a suite. */
export type ModelRole = 'caller' | 'judge'

/** A language model behind an OpenAI-compatible chat-completions endpoint. */
export interface Model {
  readonly role: ModelRole
  /** Where the suite names it. */
  readonly at: Span
  /** Up to and without `/chat/completions`. */
  readonly baseUrl: string
  /** The name it has there. */
  readonly model: string
  readonly apiKey?: string
  readonly headers: Readonly<Record<string, string>>
  readonly temperature?: number
  /** Where it is left out, the plan's. */
  readonly seed?: number
  /** Of one answer, tokens. */
  readonly maxTokens?: number
  /** For one request, its retries aside. */
  readonly timeoutMs: number
  /** Whether answers are asked for piece by piece: some servers cut long ones off otherwise. */
  readonly stream: boolean
  /** How the shape of an answer is asked for: `response_format`, or only in words. */
  readonly structured: 'json_schema' | 'json_object' | 'prompt'
  readonly limits: { readonly concurrency: number; readonly requestsPerMinute?: number; readonly tokensPerMinute?: number }
  /** How often a request that failed is sent again. */
  readonly retries: number
  readonly prices?: Prices
}

/** The model that judges. */
export interface JudgeModel extends Model {
  /** How often each question is asked; the majority counts. */
  readonly votes: number
}

/** What a model costs, in the suite's currency for a million tokens. */
export interface Prices {
  readonly input: number
  readonly output: number
  /** Of input tokens that the endpoint had cached; where it is left out, `input`. */
  readonly cachedInput?: number
}

/** What was asked of a model, and what it took. */
export interface ModelUsage {
  readonly role: ModelRole
  readonly model: string
  readonly requests: number
  readonly inputTokens: number
  readonly outputTokens: number
  /** In the suite's currency; absent where the suite has no prices for the model. */
  readonly cost?: number
}

/** How much its answers vary; a judge is to say the same of the same conversation. `undefined` where the endpoint decides. */
export function temperatureOf({ role, temperature }: Pick<Model, 'role' | 'temperature'>): number | undefined {
  return temperature ?? (role === 'judge' ? 0 : undefined)
}

/** What a request costs. @param cachedTokens  Of the input: those that the endpoint had cached. */
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

/** Adds usages up, one for each role and model. A sum has a cost only if all of its parts have. */
export function sumUsage(usages: Iterable<ModelUsage>): ModelUsage[] {
  const sums = new Map<string, ModelUsage>()
  for (const usage of usages) {
    const key = `${usage.role} ${usage.model}`
    const sum = sums.get(key)
    sums.set(key, sum ? add(sum, usage) : usage)
  }
  return [...sums.values()]
}

function add(a: ModelUsage, b: ModelUsage): ModelUsage {
  const { cost: _, ...counted } = a
  return {
    ...counted,
    requests: a.requests + b.requests,
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    ...(a.cost !== undefined && b.cost !== undefined && { cost: a.cost + b.cost }),
  }
}
