import type { ListeningSettings as RawListening, Trunk as RawTrunk } from '../../../domain/generated/suite.js'
import { shownAddress } from '../../../domain/shown-address.js'
import type { Listening, PortRange, Trunk } from '../../../domain/trunk.js'
import type { Context } from '../context.js'
import { given, readable, type Loose } from '../loose.js'
import type { Declared } from '../merge-sections.js'
import { phoneNumber } from './phone-number.js'
import { createRegister, type Register } from './references.js'

/** The trunks, by key. */
export function resolveTrunks(declared: readonly Declared<RawTrunk>[], context: Context): Register<Trunk> {
  return createRegister(
    'TRUNK_UNKNOWN',
    declared.map(({ key, raw }) => ({ key, noun: raw && resolveTrunk(key, raw, context) })),
  )
}

function resolveTrunk(key: string, raw: Loose<RawTrunk>, context: Context): Trunk {
  const { registrar = '', username, password, lines, calls_per_second: callsPerSecond } = raw
  checkSipAddress(raw, 'registrar', context)
  const missing = username === undefined ? 'username' : 'password'
  if ((username === undefined) !== (password === undefined))
    context.problems.report(
      'TRUNK_LOGIN_INCOMPLETE',
      { key: missing, trunk: key },
      context.places.key(raw, missing === 'username' ? 'password' : 'username'),
    )
  return {
    key,
    registrar,
    register: raw.register ?? false,
    numbers: [...readable(raw.numbers)].map(([, number]) => phoneNumber(number)!),
    srtp: raw.srtp ?? 'allowed',
    ...given({
      username,
      password,
      lines,
      callsPerSecond,
      allow: raw.allow && [...readable(raw.allow)].map(([, pattern]) => pattern),
      listen: raw.listen && listeningOf(raw.listen, context),
    }),
  }
}

function listeningOf(raw: Loose<RawListening> | 'open', context: Context): Listening {
  if (raw === 'open') return { from: 'open' }
  const { address, port, public_address: publicAddress, from, rtp_ports: ports } = raw
  const sources = typeof from === 'string' ? from : from && [...readable(from)].map(([, source]) => source)
  return given({ address, port, publicAddress, from: sources, rtpPorts: ports && portRange(ports, raw, context) })
}

function portRange({ first, last }: Loose<PortRange>, container: object, context: Context): PortRange | undefined {
  if (first === undefined || last === undefined) return undefined
  if (last <= first + (first % 2)) context.problems.report('RTP_PORTS_EMPTY', { first, last }, context.places.key(container, 'rtp_ports'))
  return { first, last }
}

/** Reports a setting that is no SIP address. */
export function checkSipAddress(container: object, key: string, { places, problems }: Context): void {
  const address = (container as Readonly<Record<string, unknown>>)[key]
  if (typeof address !== 'string' || isSipAddress(address)) return
  problems.report('SIP_ADDRESS_INVALID', { key, address: shownAddress(address) }, places.value(container, key))
}

function isSipAddress(address: string): boolean {
  const [is, port = '5060', params = ''] = sipAddress.exec(address) ?? []
  const [, transport = 'udp'] = /;transport=([^;]*)/i.exec(params) ?? []
  return is !== undefined && Number(port) > 0 && Number(port) <= 65_535 && /^(udp|tcp|tls)$/i.test(transport)
}

const sipAddress = /^sips?:(?:[^\s@<>"?:]+@)?(?:\[[\da-f:.]+\]|[\w.-]+)(?::(\d{1,5}))?(;[^\s<>"?]*)?$/i
