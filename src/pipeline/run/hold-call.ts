import { FaultError, interrupted, scored, type Fault, type Outcome } from '../../domain/outcome.js'
import type { RunSpec } from '../../domain/plan.js'
import type { Entry } from '../../domain/transcript.js'
import type { Call, Channel } from '../../ports/channel.js'
import { broken, type Conversed } from './call.js'
import { converse } from './converse.js'
import { createInbox } from './inbox.js'
import { createRecord } from './record.js'
import type { RunContext } from './run-use.js'

/** How long a call that should be over may take to let go before it is cut off. */
const graceMs = 3000
/** How long after a fault the end of the agent's process may take to be known. */
const crashNoticeMs = 100

/** Places one call and holds it: one attempt of a run, from connecting to its outcome. Never throws. */
export async function holdCall(
  spec: RunSpec,
  attempt: number,
  note: (entry: Entry) => void,
  use: RunContext,
): Promise<Outcome> {
  try {
    const channel = await use.channel(spec.entry.agent)
    const { transcript, fault } = await placeCall(spec, attempt, channel, note, use)
    if (fault) return errored(transcript, (await crashBehind(spec, use)) ?? fault)
    return scored(transcript, use.score(spec.case.scenario, transcript))
  } catch (cause) {
    const fault = use.signal.aborted ? interrupted : faultOf(cause)
    const { transcript } = broken({ record: createRecord(note), elapsedS: () => 0 }, fault).conversed
    return errored(transcript, fault)
  }
}

async function placeCall(
  spec: RunSpec,
  attempt: number,
  channel: Channel,
  note: (entry: Entry) => void,
  use: RunContext,
): Promise<Conversed> {
  const { clock, signal } = use
  const { scenario } = spec.case
  const startMs = clock.now()
  const elapsedS = (): number => Math.round(clock.now() - startMs) / 1000
  const inbox = createInbox(clock)
  const record = createRecord(note)
  using cut = use.signals.lend()
  cut.onAbort = inbox.abort
  use.onCall?.(spec.index, cut.abort)
  const longestMs = Math.min(scenario.maxDurationMs, use.runTimeoutMs)
  const cancelTimeout = clock.after(longestMs + graceMs, () => cut.abort(new FaultError(timedOut(longestMs))))
  try {
    cut.signal.throwIfAborted()
    await using conversation = await channel.open(
      callOf(spec, attempt, use, elapsedS),
      event => {
        record.agentDid(event)
        inbox.push(event)
      },
      cut.signal,
    )
    const caller = use.caller(spec, use)
    const deadlineMs = startMs + longestMs
    return await converse({
      conversation, inbox, record, caller, scenario, agent: spec.entry.agent, clock, deadlineMs, elapsedS,
    })
  } catch (cause) {
    return broken({ record, elapsedS }, signal.aborted ? interrupted : faultOf(cause)).conversed
  } finally {
    cancelTimeout()
  }
}

function callOf(spec: RunSpec, attempt: number, { result, runId }: RunContext, elapsedS: () => number): Call {
  const { key, id, behaviour } = spec.case.scenario
  const opening = behaviour.kind === 'script' ? behaviour.script.firstMessage : behaviour.firstMessage
  return {
    result,
    runId: runId?.(spec.index, attempt) ?? `${result}-${spec.index}-${attempt}`,
    runKey: spec.key,
    scenario: { key, ...(id !== undefined && { id }) },
    agentVariables: spec.case.testProfile?.agentVariables ?? {},
    ...(opening.length === 0 && { agentOpens: true }),
    elapsedS,
  }
}

/** If the agent's process has ended of itself, that is what broke the call, whatever the socket said. */
async function crashBehind(spec: RunSpec, use: RunContext): Promise<Fault | undefined> {
  const { agent } = spec.entry
  if (!agent.start || use.signal.aborted) return undefined
  if (!use.crashed(agent)) await new Promise<void>(resolve => void use.clock.after(crashNoticeMs, resolve))
  return use.crashed(agent)
}

function errored(transcript: Conversed['transcript'], fault: Fault): Outcome {
  return { status: fault.by === 'agent' ? 'agent_error' : 'infra_error', transcript, fault }
}

function faultOf(cause: unknown): Fault {
  if (cause instanceof FaultError) return cause.fault
  const detail = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
  return { by: 'infra', code: 'internal', message: `Callsheet itself failed; please report it. ${detail}` }
}

function timedOut(ms: number): Fault {
  return {
    by: 'infra',
    code: 'connect_timeout',
    message: `The call was not over ${ms / 1000} s after it started (max_duration, limits.run_timeout), and was cut off.`,
  }
}
