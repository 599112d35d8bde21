import { FaultError } from '../../../../domain/fault.js'
import { telephonyFaults } from '../../../../domain/faults/telephony-faults.js'
import type { Call, ChannelUse } from '../../../../ports/channel.js'
import { placeOf } from '../../faults.js'
import { requestOfAgent } from '../lines/twilio/agent-request.js'

/** How long the webhook may take to answer. */
const withinMs = 15_000

/** What an agent is told that is to call. */
export interface CallWanted {
  readonly trigger: { readonly url: string; readonly secret?: string }
  /** The number that it is to call from, if that is known, and the one of ours to call. */
  readonly from: string | undefined
  readonly to: string
  readonly call: Pick<Call, 'agentVariables' | 'runId'>
  readonly signal: AbortSignal
}

/** Tells an agent to call us. @throws {FaultError} when it cannot be told, or refuses. When the signal aborts, its reason. */
export async function triggerCall({ trigger, from, to, call, signal }: CallWanted, use: ChannelUse): Promise<void> {
  const url = new URL(trigger.url)
  const place = placeOf(url, use.mask)
  const body = JSON.stringify({ from_number: from ?? null, to_number: to, dynamic_variables: call.agentVariables, run_id: call.runId })
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'callsheet',
    ...(trigger.secret !== undefined && { 'x-callsheet-secret': trigger.secret }),
  }
  const within = { ms: withinMs, fault: telephonyFaults.triggerSilent({ place, withinMs }) }
  try {
    await requestOfAgent({ url, place, method: 'POST', body, headers, within, signal }, use)
  } catch (cause) {
    const status = cause instanceof FaultError ? (cause.fault.status ?? 0) : 0
    throw status >= 500 ? new FaultError(telephonyFaults.triggerFailed({ place, status })) : cause
  }
}
