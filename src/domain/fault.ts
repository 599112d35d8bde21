import type { CutOff } from './cut-off.js'

/** Which side is at fault, by fault code. It decides between agent_error and infra_error. */
export const partyAtFault = {
  http_status: 'agent', // answered 4xx or 5xx, or refused the upgrade
  closed: 'agent', // closed in the middle of a turn, or with a close code
  reset: 'agent', // the connection was reset in the middle of the conversation
  silence: 'agent', // did not answer in time
  not_json: 'agent',
  bad_frame: 'agent', // JSON, but not a frame of the protocol
  pointer_missed: 'agent', // JSON, but nothing where the reply should be
  empty_reply: 'agent',
  too_large: 'agent', // over 1 MiB in one piece, nested too deeply, or more than limits.conversation allows
  invalid_utf8: 'agent',
  crashed: 'agent', // its process ended, or its function threw
  cut_off: 'agent', // its model stopped in the middle of an answer: too long, or filtered
  tool_loop: 'agent', // kept calling mock tools and never answered in words
  busy: 'agent', // its telephone was busy
  declined: 'agent', // declined the call, or refused it at its own address
  no_answer: 'agent', // did not answer the call in time
  not_called: 'agent', // was to call, and did not in time
  no_common_media: 'agent', // has no codec in common with us, or only one side requires SRTP
  no_audio: 'agent', // answered the call, and nothing of it is to be heard
  one_way_audio: 'agent', // is heard, and does not hear us

  // Ours, or something in between.
  refused: 'infra', // nothing listens there
  no_such_host: 'infra',
  unreachable: 'infra',
  connect_timeout: 'infra', // no connection was made in time
  tls: 'infra', // a certificate that we do not trust, or no TLS at all
  not_started: 'infra', // the agent's `start` failed, it never became ready, or its mock tools could not be served
  cannot_load: 'infra', // the agent's module or program is not there
  rate_limited: 'infra', // asked for more patience (429 or 503 with Retry-After) than there is
  call_timeout: 'infra', // the call did not end in time and was cut off
  not_authorized: 'infra', // our user name or password is wrong there
  not_routed: 'infra', // the trunk does not carry the call to the agent
  no_line: 'infra', // no number or line of ours was free in time
  number_refused: 'infra', // a number that the trunk may not dial
  late_audio: 'infra', // this machine was too slow for the sound of the call
  caller_model: 'infra', // the caller's model failed
  judge_model: 'infra', // the conversation ended, but its judge failed
  tts: 'infra', // the caller's words could not be made speech
  stt: 'infra', // the agent's speech could not be turned into words
  service: 'infra', // the hosted service could not conduct the conversation, or does not say how it ended
  interrupted: 'infra', // stopped by the user, a deadline or a crash of ours
  internal: 'infra', // a bug of ours
} as const

/** How the agent, or our side, broke. */
export type FaultCode = keyof typeof partyAtFault

/** What broke a conversation. */
export interface Fault {
  readonly by: 'agent' | 'infra'
  readonly code: FaultCode
  /** What happened, where, and what to do, in one line. */
  readonly message: string
  /** HTTP status or WebSocket close code, if there is one. */
  readonly status?: number
  /** How long the other side asked us to wait before a retry. */
  readonly retryAfterMs?: number
  /** A retry would fail the same way: the key is wrong, the model does not exist. */
  readonly isFinal?: true
  /** The agent broke off in a way that a scenario may expect. */
  readonly cutOff?: CutOff
}

/**
 * Makes a fault. Only the catalogues in `faults/` call it; all other code takes faults from there.
 *
 * @param details  Further facts; `undefined` ones are left out.
 */
export function faultOf(code: FaultCode, message: string, { status, retryAfterMs, isFinal, cutOff }: FaultDetails = {}): Fault {
  return {
    by: partyAtFault[code],
    code,
    message,
    ...(status !== undefined && { status }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(isFinal && { isFinal }),
    ...(cutOff && { cutOff }),
  }
}

export interface FaultDetails {
  readonly status?: number | undefined
  readonly retryAfterMs?: number | undefined
  readonly isFinal?: boolean | undefined
  readonly cutOff?: CutOff | undefined
}

/** Thrown where a fault occurs; the run stage turns it into an outcome. */
export class FaultError extends Error {
  override readonly name = 'FaultError'
  constructor(readonly fault: Fault) {
    super(fault.message)
  }
}
