import type { ConnectionOf } from '../../../../../domain/connection.js'
import type { Dial } from '../../../../../ports/line.js'
import type { CallNames } from '../../../headers.js'
import { dialPatiently } from '../dial-patiently.js'
import type { LineUse } from '../line-use.js'
import { usualFrom, usualTo } from '../numbers.js'
import { reachOf } from './reach.js'
import { sidsOf } from '../sids.js'
import type { RestOrder } from './call-server.js'
import { TwilioCall } from './twilio-call.js'

/** In a header or parameter of the suite, it stands for the address of the REST interface. */
const restUrl = '<rest_url>'

/**
 * A line as Twilio places calls: to a webhook that answers with TwiML, or at once over a bidirectional Media Stream. If a header or parameter
 * has `<rest_url>` in it, Twilio's REST interface is served on loopback, and this is its address: the agent hangs up and transfers by it.
 */
export function twilioStreamLine(connection: ConnectionOf<'twilio_stream'>, call: CallNames, use: LineUse): Dial {
  const { accountSid, authToken, from = usualFrom, to = usualTo, headers = {}, parameters = {} } = connection
  const sids = sidsOf(call, accountSid)
  const isServed = Object.values({ ...headers, ...parameters }).some(value => value.includes(restUrl))
  return (hear, signal) => dialPatiently(() => dial(hear, signal), { clock: use.clock, signal, tries: 1 })

  async function dial(hear: Parameters<Dial>[0], signal: AbortSignal): ReturnType<Dial> {
    const twilioCall = new TwilioCall(hear)
    if (!isServed) return twilioCall.dial(reachOf(connection, { sids, from, to }, call, use), signal)
    const names = { accountSid: sids.account, callSid: sids.call, authToken, from, to }
    const served = { ...names, complete: () => twilioCall.complete(), goOn: (order: RestOrder) => twilioCall.goOn(order) }
    const { url, remove } = await use.calls.serve(served)
    twilioCall.over.addEventListener('abort', remove)
    const told = { ...connection, headers: filled(headers, url), parameters: filled(parameters, url) }
    return twilioCall.dial(reachOf(told, { sids, from, to }, call, use), signal)
  }
}

function filled(values: Readonly<Record<string, string>>, url: string): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value.replaceAll(restUrl, url)]))
}
