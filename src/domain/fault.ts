/** Who is to blame for each kind of fault: it decides between agent_error and infra_error. */
export const partyAtFault = {
  http_status: 'agent', // answered 4xx or 5xx, or refused the upgrade
  closed: 'agent', // closed in the middle of a turn, or with a close code
  reset: 'agent', // the connection was reset in the middle of the conversation
  silence: 'agent', // did not answer in time
  not_json: 'agent',
  bad_frame: 'agent', // JSON, but not a frame of the protocol
  pointer_missed: 'agent', // JSON, but nothing where the reply should be
  empty_reply: 'agent',
  too_large: 'agent', // over 1 MiB
  invalid_utf8: 'agent',
  crashed: 'agent', // its process ended, or its function threw
  tool_loop: 'agent', // called mock tools again and again, and never came to words

  // Ours, or of what is between.
  refused: 'infra', // nothing listens there
  no_such_host: 'infra',
  unreachable: 'infra',
  connect_timeout: 'infra', // no connection was made in time
  tls: 'infra', // a certificate that we do not trust, or no TLS at all
  not_started: 'infra', // the agent's `start` failed, or it was never ready; or its mock tools could not be served
  cannot_load: 'infra', // the agent's module or program is not there
  call_timeout: 'infra', // the call was not over in time, and was cut off
  caller_model: 'infra', // what drives the caller failed
  judge_model: 'infra', // the conversation was conducted, but its judge failed
  service: 'infra', // the hosted service could not conduct it, or does not tell how it ended
  interrupted: 'infra', // stopped by the user, a deadline or a crash of ours
  internal: 'infra', // a bug of ours
} as const

/** How the agent, or we, broke. */
export type FaultCode = keyof typeof partyAtFault

/** What broke a conversation. */
export interface Fault {
  readonly by: 'agent' | 'infra'
  readonly code: FaultCode
  /** What, where and what next, in one line. */
  readonly message: string
  /** HTTP status or WebSocket close code, where there is one. */
  readonly status?: number
  /** How long the other side asked us to wait before another try. */
  readonly retryAfterMs?: number
  /** Another try would meet the same: a key that is wrong, a model that is not there. */
  readonly isFinal?: true
}

/**
 * A fault, as the catalogues in `faults/` make them. Nobody else does: whoever meets a fault takes it from there.
 *
 * @param details  What is known besides; what is `undefined` is left out.
 */
export function faultOf(code: FaultCode, message: string, { status, retryAfterMs, isFinal }: FaultDetails = {}): Fault {
  return {
    by: partyAtFault[code],
    code,
    message,
    ...(status !== undefined && { status }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(isFinal && { isFinal }),
  }
}

export interface FaultDetails {
  readonly status?: number | undefined
  readonly retryAfterMs?: number | undefined
  readonly isFinal?: boolean | undefined
}

/** Thrown by whoever meets a fault; `run` turns it into an outcome. */
export class FaultError extends Error {
  override readonly name = 'FaultError'
  constructor(readonly fault: Fault) {
    super(fault.message)
  }
}
