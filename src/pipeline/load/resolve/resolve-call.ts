import type { SipConnection } from '../../../domain/connection.js'
import type { Agent } from '../../../domain/document.js'
import type { Agent as RawAgent, Connection as RawConnection } from '../../../domain/generated/suite.js'
import { mayDial } from '../../../domain/may-dial.js'
import type { Span } from '../../../domain/source.js'
import type { Trunk } from '../../../domain/trunk.js'
import type { Context } from '../context.js'
import { checkAddress } from './check-address.js'
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
  if (trunk) checkLogin(trunk, raw, context)
  if (agent.raw.inbound === false) checkReceiving(trunk, agent, raw, context)
  else checkDialling(trunk, agent, raw, context)
  return { ...own, ...given({ trunk, ringMs }) }
}

function checkLogin({ key: trunk }: Trunk, raw: Loose<RawSipConnection>, { places, problems }: Context): void {
  for (const key of ['username', 'password'] as const) {
    if (raw[key] !== undefined) problems.report('CALL_LOGIN_ELSEWHERE', { key, trunk }, places.key(raw, key))
  }
}

/** The agent is called. */
function checkDialling(
  trunk: Trunk | undefined,
  { key: agent, raw: own }: CalledAgent,
  raw: Loose<RawSipConnection>,
  context: Context,
): void {
  const { places, problems } = context
  if (raw.trigger) problems.report('CALL_TRIGGER_UNUSED', { agent }, places.key(raw, 'trigger'))
  if (raw.uri !== undefined) {
    const [, number] = /^sips?:([\d+*#().-]+)[@;]/i.exec(raw.uri) ?? []
    if (trunk && number !== undefined) checkNumber(number, trunk, () => places.value(raw, 'uri'), context)
    return
  }
  if (raw.trunk === undefined) problems.report('CALL_TARGET_MISSING', { agent }, places.key(own, 'connection'))
  if (!trunk) return
  const number = phoneNumber(own.contact_number)
  if (number === undefined) problems.report('CALL_NUMBER_MISSING', { agent, trunk: trunk.key }, places.value(raw, 'trunk'))
  else checkNumber(number, trunk, () => places.value(own, 'contact_number'), context)
}

/** The agent calls us. */
function checkReceiving(
  trunk: Trunk | undefined,
  { key: agent, raw: own }: CalledAgent,
  raw: Loose<RawSipConnection>,
  context: Context,
): void {
  const { places, problems } = context
  if (raw.trigger) checkAddress(raw.trigger, 'url', context)
  if (raw.trunk === undefined || trunk?.numbers.length === 0)
    problems.report('CALL_TRUNK_MISSING', { agent }, raw.trunk === undefined ? places.key(own, 'connection') : places.value(raw, 'trunk'))
  if (trunk && !trunk.register && trunk.listen?.port === undefined)
    problems.report('CALL_TRUNK_DEAF', { trunk: trunk.key }, places.value(raw, 'trunk'))
}

/** Reports a number of a run entry that its trunk may not dial; or that is none of ours, where the agent is to dial it. */
export function checkEntryNumber({ inbound, connection }: Agent, number: string | undefined, at: () => Span, context: Context): void {
  const trunk = connection.type === 'sip' ? connection.trunk : undefined
  if (!trunk || number === undefined) return
  if (inbound) checkNumber(number, trunk, at, context)
  else if (!trunk.numbers.includes(number)) context.problems.report('CALL_NUMBER_NOT_OURS', { number, trunk: trunk.key }, at())
}

/** Reports a number that a trunk may not dial. */
function checkNumber(number: string, trunk: Trunk, at: () => Span, { problems }: Context): void {
  if (!mayDial(number, trunk.allow)) problems.report('CALL_NUMBER_REFUSED', { number, trunk: trunk.key }, at())
}
