import type { RestAnswer, RestApi, ServedCall } from './rest-api.js'

/**
 * Twilio's calls: read, ended with `Status=completed`, and sent elsewhere with `Twiml=` or `Url=`.
 *
 * @see https://www.twilio.com/docs/voice/api/call-resource
 */
export const twilioRest: RestApi = {
  path: /^\/2010-04-01\/Accounts\/\w+\/Calls\/(\w+)\.json$/,
  notFound: path => refusal(404, 20_404, `The requested resource ${path.slice(0, 200)} was not found`),
  tooLarge: () => refusal(413, 20_001, 'The request is too large'),
  answer(call, { method, authorization, body }, path) {
    if (!path.includes(`/${call.account}/`)) return twilioRest.notFound(path)
    if (call.authToken !== undefined && authorization !== basic(call)) return refusal(401, 20_003, 'Authenticate')
    if (method === 'GET') return { status: 200, body: resourceOf(call, 'in-progress') }
    if (method !== 'POST') return refusal(405, 20_004, 'Method not allowed')
    const form = new URLSearchParams(body)
    const [status, twiml, url] = [form.get('Status'), form.get('Twiml'), form.get('Url')]
    if (status === 'completed' || status === 'canceled') {
      call.complete()
      return { status: 200, body: resourceOf(call, 'completed') }
    }
    if (twiml !== null) call.goOn?.({ twiml })
    else if (url !== null) call.goOn?.({ url, method: form.get('Method') ?? undefined })
    return { status: 200, body: resourceOf(call, 'in-progress') }
  },
}

function basic({ account, authToken }: ServedCall): string {
  return `Basic ${Buffer.from(`${account}:${authToken}`).toString('base64')}`
}

function refusal(status: number, code: number, message: string): RestAnswer {
  return { status, body: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status } }
}

function resourceOf({ account, id, from, to }: ServedCall, status: 'in-progress' | 'completed'): object {
  return {
    sid: id,
    account_sid: account,
    status,
    from,
    to,
    direction: 'inbound',
    api_version: '2010-04-01',
    uri: `/2010-04-01/Accounts/${account}/Calls/${id}.json`,
  }
}
