import { isRecord, parseJson } from '../../../../../domain/json-value.js'
import type { RestAnswer, RestApi } from './rest-api.js'

/**
 * Vonage's calls, which are modified by actions; here they only hang up.
 *
 * @see https://developer.vonage.com/en/api/voice#updateCall
 */
export const vonageRest: RestApi = {
  path: /^\/v1\/calls\/([\w-]+)$/,
  notFound: () => refusal(404, 'Not Found'),
  tooLarge: () => refusal(413, 'Payload Too Large'),
  answer(call, { method, body }) {
    if (method !== 'PUT') return refusal(405, 'Method Not Allowed')
    const action = parseJson(body)
    if (!isRecord(action) || action['action'] !== 'hangup') return refusal(400, 'Bad Request: only the action hangup is there')
    call.complete()
    return { status: 204 }
  },
}

function refusal(status: number, title: string): RestAnswer {
  return { status, body: { type: 'https://developer.vonage.com/en/api-errors', title } }
}
