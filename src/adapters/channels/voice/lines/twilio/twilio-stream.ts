import type { ConnectionOf } from '../../../../../domain/connection.js'
import type { Dial } from '../../../../../ports/line.js'
import type { CallNames } from '../../../headers.js'
import { dialPatiently } from '../dial-patiently.js'
import type { LineUse } from '../line-use.js'
import { usualFrom, usualTo } from '../numbers.js'
import { reachOf } from './reach.js'
import { sidsOf } from '../sids.js'
import type { RestOrder } from '../rest/rest-api.js'
import { asksForRest, withRestUrl } from '../rest/rest-url.js'
import { twilioRest } from '../rest/twilio-rest.js'
import { TwilioCall } from './twilio-call.js'

/**
 * A line as Twilio places calls: to a webhook that answers with TwiML, or at once over a bidirectional Media Stream. If a header or parameter
 * has `<rest_url>` in it, Twilio's REST interface is served on loopback, and this is its address: the agent hangs up and transfers by it.
 */
export function twilioStreamLine(connection: ConnectionOf<'twilio_stream'>, call: CallNames, use: LineUse): Dial {
  const { accountSid, authToken, from = usualFrom, to = usualTo } = connection
  const sids = sidsOf(call, accountSid)
  return (hear, signal) => dialPatiently(() => dial(hear, signal), { clock: use.clock, signal, tries: 1 })

  async function dial(hear: Parameters<Dial>[0], signal: AbortSignal): ReturnType<Dial> {
    const twilioCall = new TwilioCall(hear, use.speaks)
    if (!asksForRest(connection)) return twilioCall.dial(reachOf(connection, { sids, from, to }, call, use), signal)
    const names = { api: twilioRest, account: sids.account, id: sids.call, authToken, from, to }
    const served = { ...names, complete: () => twilioCall.complete(), goOn: (order: RestOrder) => twilioCall.goOn(order) }
    const { url, remove } = await use.calls.serve(served)
    twilioCall.over.addEventListener('abort', remove)
    return twilioCall.dial(reachOf(withRestUrl(connection, url, sids.call), { sids, from, to }, call, use), signal)
  }
}
