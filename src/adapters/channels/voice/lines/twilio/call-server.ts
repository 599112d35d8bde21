import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A call that an agent may end or send elsewhere over Twilio's REST interface. */
export interface ServedCall {
  readonly accountSid: string
  readonly callSid: string
  /** Without it anybody may. */
  readonly authToken: string | undefined
  readonly from: string
  readonly to: string
  /** `Status=completed`. */
  complete(): void
  /** `Twiml=` or `Url=`: the call goes on with that. */
  goOn(to: RestOrder): void
}

/** What a call is to go on with. */
export type RestOrder = { readonly twiml: string } | { readonly url: string; readonly method: string | undefined }

/** Twilio's REST interface on loopback, for all calls of a thread. It starts with the first call that needs it. */
export interface CallServer extends AsyncDisposable {
  /** @returns Its address, for an agent's `base_url`, and what takes the call off it. */
  serve(call: ServedCall): Promise<{ readonly url: string; remove(): void }>
}

const mostBytes = 64 << 10

export function createCallServer(): CallServer {
  const calls = new Map<string, ServedCall>()
  let started: Promise<Server> | undefined

  return {
    async serve(call) {
      calls.set(call.callSid, call)
      const server = await (started ??= start())
      const { port } = server.address() as AddressInfo
      return { url: `http://127.0.0.1:${port}`, remove: () => void calls.delete(call.callSid) }
    },
    async [Symbol.asyncDispose]() {
      const server = await started
      started = undefined
      server?.closeAllConnections()
      server?.close()
    },
  }

  function start(): Promise<Server> {
    return new Promise((resolve, reject) => {
      const server = createServer((request, response) => {
        answer(request).then(
          ({ status, body }) => respond(response, status, body),
          () => response.destroy(),
        )
      })
      // It does not keep the process alive.
      server.unref()
      server.once('error', reject).listen(0, '127.0.0.1', () => resolve(server))
    })
  }

  async function answer(request: IncomingMessage): Promise<{ status: number; body: object }> {
    const [, account = '', sid = ''] =
      /^\/2010-04-01\/Accounts\/(\w+)\/Calls\/(\w+)\.json$/.exec((request.url ?? '').replace(/\?.*$/, '')) ?? []
    const call = calls.get(sid)
    if (!call || call.accountSid !== account) return notFound(request.url ?? '')
    if (call.authToken !== undefined && request.headers.authorization !== basic(call)) return refusal(401, 20_003, 'Authenticate')
    if (request.method === 'GET') return { status: 200, body: resourceOf(call, 'in-progress') }
    if (request.method !== 'POST') return refusal(405, 20_004, 'Method not allowed')
    const sent = await bodyOf(request)
    if (sent === undefined) return refusal(413, 20_001, 'The request is too large')
    const form = new URLSearchParams(sent)
    const [twiml, url] = [form.get('Twiml'), form.get('Url')]
    if (form.get('Status') === 'completed' || form.get('Status') === 'canceled') {
      calls.delete(sid)
      call.complete()
      return { status: 200, body: resourceOf(call, 'completed') }
    }
    if (twiml !== null) call.goOn({ twiml })
    else if (url !== null) call.goOn({ url, method: form.get('Method') ?? undefined })
    return { status: 200, body: resourceOf(call, 'in-progress') }
  }
}

/** `undefined` if it is too large. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  let body = ''
  for await (const chunk of request.setEncoding('utf8')) {
    body += chunk as string
    if (body.length > mostBytes) return undefined
  }
  return body
}

function basic({ accountSid, authToken }: ServedCall): string {
  return `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`
}

function respond(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json;charset=utf-8' }).end(JSON.stringify(body))
}

/** As Twilio answers for a call that it does not know, or that is over. */
function notFound(path: string): { status: number; body: object } {
  return refusal(404, 20_404, `The requested resource ${path.slice(0, 200)} was not found`)
}

function refusal(status: number, code: number, message: string): { status: number; body: object } {
  return { status, body: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status } }
}

function resourceOf({ accountSid, callSid, from, to }: ServedCall, status: 'in-progress' | 'completed'): object {
  return {
    sid: callSid,
    account_sid: accountSid,
    status,
    from,
    to,
    direction: 'inbound',
    api_version: '2010-04-01',
    uri: `/2010-04-01/Accounts/${accountSid}/Calls/${callSid}.json`,
  }
}
