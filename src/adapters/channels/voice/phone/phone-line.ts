import { MessageChannel } from 'node:worker_threads'
import type { SipConnection } from '../../../../domain/connection.js'
import { FaultError } from '../../../../domain/fault.js'
import { telephonyFaults } from '../../../../domain/faults/telephony-faults.js'
import { mayDial } from '../../../../domain/may-dial.js'
import { isDialled } from '../../../../domain/phone-number.js'
import { Place } from '../../../../domain/place.js'
import type { Call, ChannelUse } from '../../../../ports/channel.js'
import type { Trace } from '../../../sip/trace.js'
import { escapedUser, parseUri, userOf, writeUri, type Uri } from '../../../sip/uri.js'
import { headerValue, mergeHeaders, variableHeaders } from '../../headers.js'
import type { TelephoneLine } from '../lines/line-to.js'
import { conductPhoneCall } from './phone-call.js'
import { mediaPlaceTo, srtpOf } from './media-place.js'
import type { Phones } from './phones.js'
import { placeCall } from './place-call.js'
import { takeLine, takeTurn } from './take-line.js'

/** How long an agent may ring, if the suite does not say. */
const usualRingMs = 60_000

export interface PhoneLineUse {
  readonly phones: Phones
  readonly use: ChannelUse
  readonly call: Call
  readonly signal: AbortSignal
}

/**
 * Dials an agent by telephone: takes a line of the trunk, and begins to signal for the call. Its sound is for whoever gets the line.
 *
 * @throws {FaultError} when the number may not be dialled, no line is free, or the trunk does not take us. The signal's reason, when it aborts.
 */
export async function openPhoneLine(connection: SipConnection, { phones, use, call, signal }: PhoneLineUse): Promise<TelephoneLine> {
  const { trunk, headers = {}, ringMs = usualRingMs } = connection
  const to = calledUri(connection)
  const credentials = credentialsOf(connection)
  const place = new Place(writeUri({ ...to, params: new Map() }), use.mask)
  const { own, isAlone } = call.numbers ?? {}
  const alone = isAlone && own !== undefined ? [own] : []
  const lent =
    trunk && (await takeLine({ trunk, numbers: alone, isPlaced: true }, { call, lines: use.phoneLines, signal, clock: use.clock }))
  try {
    const phone = await phones.phone(trunk, use.egress)
    signal.throwIfAborted()
    const proxy = trunk && parseUri(trunk.registrar)
    const names = mergeHeaders<string>(callNames(call), headers, variableHeaders(call))
    const { port1, port2 } = new MessageChannel()
    const traces: Trace[] = []
    const conducted = conductPhoneCall({
      signalling: port1,
      place,
      trunk: trunk?.key,
      ringMs,
      hasPassword: credentials !== undefined,
      srtp: srtpOf(connection),
      keysByInfo: connection.keys === 'info',
      clock: use.clock,
      lost: lent?.lost,
      traces,
      mediaPlace: () => mediaPlaceTo(proxy ?? to, connection, phone),
      begin: async (media, listener, given) => {
        const from = callerUri(connection, proxy ?? to)
        const order = {
          to,
          from,
          proxy,
          route: trunk && phone.serviceRoute(trunk),
          ringMs,
          media,
          listener,
          headers: names.map(([name, value]) => [name, headerValue(value)] as const),
        }
        return placeCall(order, {
          userAgent: phone.userAgent,
          credentials,
          clock: use.clock,
          signal: given,
          hold: () => call.hold(),
          mayCallAgain: async () => {
            if (trunk) await takeTurn(trunk, { call, lines: use.phoneLines, signal: given, clock: use.clock })
          },
          placed: ({ trace }) => traces.push(trace),
        })
      },
      keep: dialogue => call.keep?.(use.mask?.text(dialogue) ?? dialogue),
    })
    void conducted.finally(() => lent?.giveBack())
    return { type: 'sip', name: place.name, signalling: port2 }
  } catch (cause) {
    lent?.giveBack()
    throw cause
  }
}

/** The address to call: the agent's own, or its number at the trunk. @throws {FaultError} when the trunk may not dial it. */
function calledUri({ uri, to, trunk }: SipConnection): Uri {
  const called = parseUri(uri ?? trunk?.registrar ?? '')
  if (!called || (uri === undefined && to === undefined)) throw new RangeError('A call has no address to go to.')
  const number = uri === undefined ? to! : userOf(called)
  // Names of an exchange are no numbers.
  if (trunk && isDialled(number) && !mayDial(number, trunk.allow))
    throw new FaultError(telephonyFaults.numberRefused({ number, trunk: trunk.key }))
  return uri === undefined ? { ...called, user: escapedUser(number) } : called
}

/** Who calls. */
function callerUri({ from, trunk, username }: SipConnection, at: Uri): Uri {
  const user = from ?? trunk?.numbers[0] ?? trunk?.username ?? username ?? 'callsheet'
  return { scheme: at.scheme === 'sips' ? 'sips' : 'sip', user: escapedUser(user), host: at.host, params: new Map() }
}

function credentialsOf({ trunk, username, password }: SipConnection): { username: string; password: string } | undefined {
  const [user, word] = trunk ? [trunk.username, trunk.password] : [username, password]
  return word === undefined ? undefined : { username: user ?? '', password: word }
}

/** Headers that name the run, as agents reached by telephone know them. */
function callNames({ runId, scenario, result, tools }: Call): Record<string, string> {
  return {
    'X-Run-Id': runId,
    'X-Scenario-Id': String(scenario.id ?? scenario.key),
    'X-Result-Id': result,
    ...(tools && { 'X-Callsheet-Mock-Tools-Url': tools.url, 'X-Callsheet-Mcp-Url': tools.mcpUrl }),
  }
}
