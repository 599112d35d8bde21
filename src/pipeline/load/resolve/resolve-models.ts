import type { Document } from '../../../domain/document.js'
import type { Judge as RawJudge, Model as RawModel, Prices as RawPrices, Suite } from '../../../domain/generated/suite.js'
import type { JudgeModel, Model, ModelRole, Prices } from '../../../domain/model.js'
import type { Context } from '../context.js'
import { given } from '../loose.js'
import type { Loose } from '../loose.js'
import type { Sections } from '../merge-sections.js'
import { checkAddress, checkHeaderNames, checkHeaderValues } from './check-address.js'
import { readDuration } from './read-duration.js'

const defaults = {
  timeoutMs: 60_000,
  retries: 4,
  votes: 1,
} as const

/** The models of a suite, each with its prices. */
export function resolveModels({ models, prices }: Pick<Sections, 'models' | 'prices'>, context: Context): Document['models'] {
  const { caller, judge } = models
  return given({
    caller: caller && resolveModel('caller', caller, prices, context),
    judge: judge && resolveJudge(judge, prices, context),
  })
}

function resolveJudge(raw: Loose<RawJudge>, prices: LoosePrices, context: Context): JudgeModel {
  return { ...resolveModel('judge', raw, prices, context), votes: raw.votes ?? defaults.votes, emptyControl: raw.empty_control !== 'off' }
}

function resolveModel(role: ModelRole, raw: Loose<RawModel>, prices: LoosePrices, context: Context): Model {
  const { limits = {}, model = '', headers = {} } = raw
  checkAddress(raw, 'base_url', context)
  checkHeaderNames(raw, context)
  checkHeaderValues(raw, ['api_key'], context)
  checkHeaderValues(headers, Object.keys(headers), context)
  const own = Object.hasOwn(prices, model) ? prices[model] : undefined
  return {
    role,
    at: context.places.value(raw, 'model'),
    baseUrl: (raw.base_url ?? '').replace(/\/+$/, ''),
    model,
    headers: given(headers) as Model['headers'],
    timeoutMs: readDuration(raw, 'timeout', context) ?? defaults.timeoutMs,
    stream: raw.stream ?? false,
    structured: raw.structured ?? 'json_schema',
    limits: given({
      concurrency: limits.concurrency,
      requestsPerMinute: limits.requests_per_minute,
      tokensPerMinute: limits.tokens_per_minute,
    }),
    retries: raw.retries ?? defaults.retries,
    ...given({
      apiKey: raw.api_key,
      temperature: raw.temperature,
      seed: raw.seed,
      maxTokens: raw.max_tokens,
      prices: own && readPrices(own),
    }),
  }
}

type LoosePrices = Loose<NonNullable<Suite['prices']>>

function readPrices(raw: Loose<RawPrices>): Prices {
  return { input: raw.input ?? 0, output: raw.output ?? 0, ...given({ cachedInput: raw.cached_input }) }
}
