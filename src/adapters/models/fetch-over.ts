import type { ClientOptions } from 'openai'
import type { Dispatcher } from 'undici'
import { readJsonText } from '../../domain/json-value.js'
import { codingOf, openDecoder, type Decoder } from '../network/decoder.js'

/** The limit for one answer, decoded. */
const mostBytes = 16 << 20

/**
 * `fetch`, as far as the `openai` package uses it (an address and a text body), directly over undici. Node's own
 * `fetch` takes four times as long, which matters for hundreds of conversations at once.
 */
export function fetchOver(dispatcher: Dispatcher): NonNullable<ClientOptions['fetch']> {
  const aim = createAim()
  return (to, init) =>
    new Promise((resolve, reject) => {
      const url = to as string
      const body = openBody(() => stop(new Error('nobody reads the answer any more')))
      const fail = (error: Error): void => {
        body.end(error)
        reject(error)
      }
      let control: Dispatcher.DispatchController | undefined
      let decoder: Decoder | undefined
      let bytes = 0
      const stop = (error: Error): void => {
        decoder?.stop()
        fail(error)
        control?.abort(error)
      }
      const take = (chunk: Buffer): void => {
        bytes += chunk.length
        if (bytes > mostBytes) stop(new Error(`its answer has more than ${mostBytes >> 20} MiB`))
        else body.push(chunk)
      }
      init?.signal?.addEventListener('abort', () => {
        stop(init.signal?.reason as Error)
      })
      const request = {
        ...aim(url, init?.headers as Headers),
        method: 'POST',
        body: init?.body as string,
        // The caller bounds the time.
        headersTimeout: 0,
        bodyTimeout: 0,
      } as const
      dispatcher.dispatch(request, {
        onRequestStart(controller) {
          control = controller
          if (init?.signal?.aborted) controller.abort(init.signal.reason as Error)
        },
        onResponseStart(_controller, status, headers) {
          if (status < 200) return
          const coding = codingOf(headers['content-encoding'])
          decoder = coding === undefined ? undefined : openDecoder(coding, { decoded: take, ended: body.end, failed: stop })
          if (coding !== undefined && !decoder) return stop(new Error(`its answer has the coding ${coding}, which is not supported`))
          resolve(responseOf(url, status, headers, body))
        },
        onResponseData(_controller, chunk) {
          if (decoder) decoder.write(chunk)
          else take(chunk)
        },
        onResponseEnd() {
          if (decoder) decoder.end()
          else body.end()
        },
        onResponseError(_controller, error) {
          fail(error)
        },
      })
    })
}

interface Aim {
  readonly origin: string
  readonly path: string
  readonly headers: string[]
}

/** Builds the target and the headers of requests once, for as long as they stay the same. */
function createAim(): (url: string, headers: Headers) => Aim {
  let last: { readonly url: string; readonly headers: Headers; readonly aim: Aim } | undefined
  return (url, headers) => {
    if (last?.url !== url || last.headers !== headers) {
      const { origin, pathname, search } = new URL(url)
      last = { url, headers, aim: { origin, path: pathname + search, headers: [...headers].flat() } }
    }
    return last.aim
  }
}

type Headed = Readonly<Record<string, string | string[] | undefined>>

/** A response with the parts the package reads. */
function responseOf(url: string, status: number, headers: Headed, body: Body): Response {
  const text = async (): Promise<string> => (await body.whole()).toString()
  const response = {
    ok: status >= 200 && status < 300,
    status,
    url,
    headers: { get: (name: string) => headers[name] ?? null, entries: () => Object.entries(headers) },
    body,
    text,
    json: async () => readJsonText(await text()),
  }
  return response as unknown as Response
}

/** An incoming body, which can be read once. */
interface Body extends AsyncIterable<Buffer> {
  /** Resolves to the whole body. */
  whole(): Promise<Buffer>
  push(chunk: Buffer): void
  end(error?: Error): void
}

/** @param left  Called when a reader leaves before the end. */
function openBody(left: () => void): Body {
  const chunks: Buffer[] = []
  let ended: { readonly error?: Error | undefined } | undefined
  let wake: (() => void) | undefined
  return {
    async whole() {
      while (!ended) await new Promise<void>(resolve => (wake = resolve))
      if (ended.error) throw ended.error
      const [only] = chunks
      return chunks.length === 1 && only ? only : Buffer.concat(chunks)
    },
    push(chunk) {
      chunks.push(chunk)
      wake?.()
    },
    end(error) {
      ended = { error }
      wake?.()
    },
    async *[Symbol.asyncIterator]() {
      try {
        for (;;) {
          for (let chunk = chunks.shift(); chunk; chunk = chunks.shift()) yield chunk
          if (ended?.error) throw ended.error
          if (ended) return
          await new Promise<void>(resolve => (wake = resolve))
          wake = undefined
        }
      } finally {
        if (!ended) left()
      }
    },
  }
}
