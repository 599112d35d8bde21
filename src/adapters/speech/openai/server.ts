import type { Dispatcher } from 'undici'
import { FaultError, type Fault } from '../../../domain/fault.js'
import { speechFaults, type AskedEngine, type EngineAnswered } from '../../../domain/faults/speech-faults.js'
import { parseJson } from '../../../domain/json-value.js'
import { noMask, type Mask } from '../../../domain/mask.js'
import { networkErrorOf, tlsProblemOf } from '../../../domain/network-error.js'
import { Place } from '../../../domain/place.js'
import { readRetryAfter } from '../../../domain/retry-after.js'
import type { OpenAiSpeech } from '../../../domain/speech-settings.js'
import { basicAuthorization } from '../../../domain/url-credentials.js'
import type { Clock } from '../../../ports/clock.js'
import type { Network } from '../../../ports/network.js'
import { addressOf } from '../../network/base-address.js'
import { openRoute, wayTo, type OpenRoute } from '../../network/dispatcher.js'
import { wordsIn } from '../../network/error-words.js'
import { longestWaitMs, mostAtOnce, type Attempt } from '../requests.js'
import { readBody } from './read-body.js'

/** A speech server in OpenAI's wire format. */
export interface SpeechServer extends AsyncDisposable {
  readonly place: Place
  /**
   * Posts to a path below the base URL.
   *
   * @throws {FaultError} when the answer is an error, or there is none.
   */
  post(path: string, body: Buffer, contentType: string, attempt: Attempt): Promise<SpeechAnswer>
}

export interface SpeechAnswer {
  readonly contentType: string
  readonly body: Buffer
}

export interface ServerUse {
  readonly clock: Clock
  readonly network: Network
  /** Masks what faults quote. Default: nothing. */
  readonly mask?: Mask
  /** The environment variable that contains the key, if there is one. */
  readonly keyName?: string
}

/** Of one answer: eight minutes of sound at 48 kHz. */
const mostBytes = 48 << 20

export function openServer(settings: OpenAiSpeech, { clock, network, mask = noMask, keyName }: ServerUse): SpeechServer {
  const { baseUrl, apiKey, role } = settings
  const base = new URL(baseUrl)
  const place = new Place(addressOf(baseUrl), mask)
  const asked: AskedEngine = { speech: role, place }
  const authorization = apiKey ? `Bearer ${apiKey}` : basicAuthorization(base)
  const headers = { 'accept-encoding': 'identity', ...(authorization !== undefined && { authorization }), ...settings.headers }
  let route: Promise<OpenRoute> | undefined

  return {
    place,
    async post(path, body, contentType, { signal, heard }) {
      const { dispatcher, explain } = await (route ??= openRoute(base, wayTo(base, network), mostAtOnce(settings)))
      try {
        const answer = await dispatcher.request({
          origin: base.origin,
          path: `${base.pathname.replace(/\/+$/, '')}${path}${base.search}`,
          method: 'POST',
          headers: { ...headers, 'content-type': contentType },
          body,
          signal,
          // The signal bounds the time.
          headersTimeout: 0,
          bodyTimeout: 0,
        })
        heard()
        const read = await readBody(answer, mostBytes, heard)
        if (read === 'too_large') throw new FaultError(speechFaults.tooLarge({ ...asked, most: mostBytes }))
        if (answer.statusCode >= 300) throw new FaultError(refusal(answer, read))
        return { contentType: firstOf(answer.headers['content-type']) ?? '', body: read }
      } catch (cause) {
        if (cause instanceof FaultError || signal.aborted) throw cause
        throw new FaultError(faultOfNetwork(explain(cause)))
      }
    },
    async [Symbol.asyncDispose]() {
      await (await route)?.dispatcher.destroy()
    },
  }

  function refusal({ statusCode: status, headers: answered }: Dispatcher.ResponseData, body: Buffer): Fault {
    const text = body.toString()
    const p: EngineAnswered = { ...asked, status, words: wordsIn(parseJson(text)) ?? text }
    const waitMs = readRetryAfter(answered['retry-after'], clock.date())
    const isLong = waitMs !== undefined && waitMs > longestWaitMs
    return {
      ...(isLong ? speechFaults.longWait({ ...p, waitMs }) : faultOfStatus(p)),
      ...(waitMs !== undefined && { retryAfterMs: waitMs }),
    }
  }

  function faultOfStatus(p: EngineAnswered): Fault {
    const { status } = p
    if (status === 429) return speechFaults.tooManyRequests(p)
    if (status >= 500 || status === 408 || status === 409 || status === 425) return speechFaults.serverFailed(p)
    if (status === 401) return apiKey ? speechFaults.keyRefused({ ...p, keyName }) : speechFaults.keyMissing(p)
    if (status === 403) return speechFaults.notPermitted({ ...p, keyName })
    if (status === 404) return speechFaults.notFound({ ...p, model: settings.model })
    if (status < 400) return speechFaults.hasMoved(p)
    return speechFaults.refused({ ...p, model: settings.model, voice: settings.voice })
  }

  function faultOfNetwork(error: unknown): Fault {
    const cause = networkErrorOf(error)
    const problem = tlsProblemOf(cause)
    if (problem) return speechFaults.tls({ ...asked, reason: cause.message, problem })
    if (cause.code === 'ENOTFOUND') return speechFaults.noSuchHost(asked)
    return cause.code === 'ECONNREFUSED' ? speechFaults.notListening(asked) : speechFaults.lost({ ...asked, reason: cause.message })
  }
}

function firstOf(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : header?.[0]
}
