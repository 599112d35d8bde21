import { faultOf } from '../fault.js'

/** Faults that end a call early, on any connection. */
export const callFaults = {
  // the agent's
  silence: (p: { ms: number }) =>
    faultOf('silence', `The agent said nothing for ${p.ms / 1000} s after the caller's words (connection.timeout).`),
  tooMuchSaid: (p: { bytes: number }) =>
    faultOf(
      'too_large',
      `The agent said more than ${p.bytes} bytes in one conversation, which was cut off. The agent must say less, or raise limits.conversation.max_bytes.`,
    ),
  tooManyMessages: (p: { messages: number }) =>
    faultOf(
      'too_large',
      `The agent sent more than ${p.messages} messages in one conversation, which was cut off. The agent must send fewer, or raise limits.conversation.max_messages.`,
    ),
  tooManyToolCalls: (p: { calls: number }) =>
    faultOf(
      'too_large',
      `The agent made more than ${p.calls} tool calls in one conversation, which was cut off. The agent must make fewer, or raise limits.conversation.max_tool_calls.`,
    ),
  hungUpUnheard: () => faultOf('closed', 'The agent hung up before it had said anything.'),

  // ours
  slowCaller: () =>
    faultOf(
      'caller_model',
      "The call ran out of time (limits.run_timeout), because it waited for the caller's model. Use a faster model, lower limits.concurrency, or raise limits.run_timeout.",
    ),
  heldTooLong: () =>
    faultOf(
      'rate_limited',
      "The call ran out of time, most of which the agent had asked to wait (Retry-After). Lower the agent's limits.concurrency, or raise max_duration.",
    ),
  callTimeout: (p: { ms: number }) =>
    faultOf(
      'call_timeout',
      `The call was not over ${p.ms / 1000} s after it started, and was cut off. Raise max_duration or limits.run_timeout, or let the scenario end sooner.`,
    ),
  lateAudio: (p: { what: string }) =>
    faultOf(
      'late_audio',
      `This machine was too slow for the sound of the call, so the call says nothing about the agent: ${p.what}. Lower limits.concurrency, or use a machine with more processors.`,
    ),
  neverOpened: (p: { ms: number }) =>
    faultOf(
      'connect_timeout',
      `The call had not begun when its ${p.ms / 1000} s (max_duration, limits.run_timeout) were over. Check that the agent starts and takes calls.`,
    ),
  /** Stopped by the user, a deadline, or a crash of ours. */
  interrupted: () => faultOf('interrupted', 'The run was stopped before it was over.'),
  internal: (p: { detail: string }) => faultOf('internal', `Callsheet itself failed; please report it. ${p.detail}`),
  mockToolFailed: (p: { tool: string; detail: string }) =>
    faultOf('internal', `Callsheet itself failed to answer a call of the mock tool "${p.tool}"; please report it. ${p.detail}`),

  // the server's and the workers'
  serverStopped: () => faultOf('interrupted', 'The server was stopped.'),
  serverDied: () =>
    faultOf('internal', 'The server crashed twice while it conducted this run, so it does not retry it. Find out why it crashed.'),
  workerLost: () => faultOf('interrupted', 'The worker that conducted this run stopped before the run ended.'),
  workersLost: () => faultOf('interrupted', 'Two workers stopped during this run, so it is not retried. Check their logs.'),
  workerLacksSecret: (p: { name: string }) =>
    faultOf('cannot_load', `The worker and the client have different values of ${p.name}. Set the same value for both.`),
  workerRefuses: (p: { name: string }) =>
    faultOf(
      'cannot_load',
      `The worker refused the run: it is not signed with the worker's ${p.name}. Set the same value where the run is ordered.`,
    ),
  otherSuiteInQueue: () =>
    faultOf(
      'cannot_load',
      'The worker refused the run: somebody replaced its suite in the queue. Find out who else can write to the queue.',
    ),
  queueLost: (p: { ms: number }) =>
    faultOf('unreachable', `The queue did not answer for ${p.ms / 60_000} minutes. Start Redis again, then rerun the run.`),
  workerLacksVariables: (p: { names: readonly string[] }) =>
    faultOf('cannot_load', `The worker's environment lacks ${p.names.join(', ')}. Set them where the worker is started.`),
  workerPlansOtherwise: (p: { mistakes: string }) =>
    faultOf(
      'internal',
      `This worker and the client plan the suite differently. Use the same version of Callsheet everywhere.${p.mistakes && ` ${p.mistakes}`}`,
    ),
}
