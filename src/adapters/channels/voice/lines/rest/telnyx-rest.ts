import type { RestAnswer, RestApi } from './rest-api.js'

/**
 * Telnyx's calls, which are ended by a command.
 *
 * @see https://developers.telnyx.com/api/call-control/hangup-call
 */
export const telnyxRest: RestApi = {
  path: /^\/v2\/calls\/([\w:-]+)\/actions\/hangup$/,
  notFound: () => refusal(422, '90018', 'Call has already ended'),
  tooLarge: () => refusal(413, '10031', 'Request too large'),
  answer(call, { method }) {
    if (method !== 'POST') return refusal(405, '10015', 'Method not allowed')
    call.complete()
    return { status: 200, body: { data: { result: 'ok' } } }
  },
}

function refusal(status: number, code: string, title: string): RestAnswer {
  return { status, body: { errors: [{ code, title }] } }
}
