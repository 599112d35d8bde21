import type { SipConnection } from '../../../domain/connection.js'
import type { Agent as RawAgent, Connection as RawConnection } from '../../../domain/generated/suite.js'
import { mayDial } from '../../../domain/may-dial.js'
import type { Span } from '../../../domain/source.js'
import type { Trunk } from '../../../domain/trunk.js'
import type { Context } from '../context.js'
import { given, type Loose } from '../loose.js'
import { phoneNumber } from './phone-number.js'
import { readDuration } from './read-duration.js'
import { resolveReference, type Register } from './references.js'
import { checkSipAddress } from './resolve-trunks.js'

export type RawSipConnection = Extract<RawConnection, { type: 'sip' }>

/** The agent that is called. */
interface CalledAgent {
  readonly key: string
  readonly raw: Loose<RawAgent>
}

/** Finds the trunk of a call, and reports a call that could not be placed. */
export function resolveCall(
  own: SipConnection,
  agent: CalledAgent,
  raw: Loose<RawSipConnection>,
  context: Context & { readonly trunks: Register<Trunk> },
): SipConnection {
  const { places, problems, trunks } = context
  checkSipAddress(raw, 'uri', context)
  const trunk = resolveReference(raw.trunk, trunks, () => places.value(raw, 'trunk'), problems)
  const ringMs = readDuration(raw, 'ring', context)
  if (raw.uri === undefined && raw.trunk === undefined)
    problems.report('CALL_TARGET_MISSING', { agent: agent.key }, places.key(agent.raw, 'connection'))
  if (trunk) checkTrunkCall(trunk, agent, raw, context)
  return { ...own, ...given({ trunk, ringMs }) }
}

function checkTrunkCall(trunk: Trunk, agent: CalledAgent, raw: Loose<RawSipConnection>, context: Context): void {
  const { places, problems } = context
  for (const key of ['username', 'password'] as const) {
    if (raw[key] !== undefined) problems.report('CALL_LOGIN_ELSEWHERE', { key, trunk: trunk.key }, places.key(raw, key))
  }
  if (raw.uri !== undefined) return
  const number = phoneNumber(agent.raw.contact_number)
  if (number === undefined) problems.report('CALL_NUMBER_MISSING', { agent: agent.key, trunk: trunk.key }, places.value(raw, 'trunk'))
  else checkNumber(number, trunk, () => places.value(agent.raw, 'contact_number'), context)
}

/** Reports a number that a trunk may not dial. */
export function checkNumber(number: string, trunk: Trunk, at: () => Span, { problems }: Context): void {
  if (!mayDial(number, trunk.allow)) problems.report('CALL_NUMBER_REFUSED', { number, trunk: trunk.key }, at())
}
