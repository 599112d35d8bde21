import type { RestApi } from './rest-api.js'

/**
 * Plivo's calls, which are ended by deleting them.
 *
 * @see https://www.plivo.com/docs/voice/api/call/hangup-a-call
 */
export const plivoRest: RestApi = {
  path: /^\/v1\/Account\/\w+\/Call\/([\w-]+)\/?$/,
  notFound: () => ({ status: 404, body: { error: 'call not found' } }),
  tooLarge: () => ({ status: 413, body: { error: 'request too large' } }),
  answer(call, { method }) {
    if (method !== 'DELETE') return { status: 405, body: { error: 'method not allowed' } }
    call.complete()
    return { status: 204 }
  },
}
