import { expectsCutOff } from '../../domain/expects-cut-off.js'
import { FaultError, type Fault } from '../../domain/fault.js'
import { callFaults } from '../../domain/faults/call-faults.js'
import { scored, type Outcome } from '../../domain/outcome.js'
import { sumUsage, type ModelUsage } from '../../domain/model.js'
import type { RunSpec } from '../../domain/plan.js'
import { callRunId } from '../../domain/run-id.js'
import type { Moment, Transcript } from '../../domain/transcript.js'
import { unaudited } from '../../domain/unaudited.js'
import type { Verdict } from '../../domain/verdict.js'
import type { AgentEvent, Call } from '../../ports/channel.js'
import { asUnusable, type ModelUse } from '../../ports/language-model.js'
import { broken, CallOver, type Conversed } from './call.js'
import { createCallTime, type CallTime } from './call-time.js'
import { converse } from './converse.js'
import { Deadline } from './deadline.js'
import { createInbox } from './inbox.js'
import { createMeter } from './meter.js'
import { ConversationRecord } from './record.js'
import type { RunContext } from './run-use.js'
import type { LentSignal } from './signals.js'
import type { TurnEvents } from './turn-events.js'

/** How long an overdue call may take to close before it is cut off. */
const graceMs = 3000
/** How long after a fault the exit of the agent's process may take to be noticed. */
const crashNoticeMs = 100

/** How an attempt ended, and the model usage of its caller and its judge. */
export interface Conducted {
  readonly outcome: Outcome
  readonly usage: readonly ModelUsage[]
}

/** Conducts one attempt of a run, from connecting to its outcome, and scores it. Never throws. */
export async function conductCall(spec: RunSpec, attempt: number, turns: TurnEvents, use: RunContext): Promise<Conducted> {
  const usages: ModelUsage[] = []
  const spent = (usage: ModelUsage): void => void usages.push(usage)
  const { transcript, fault, lapse } = await placeCall(spec, attempt, { note: turns.note, spent }, use)
  turns.end()
  const isUnexpected = fault && !(fault.cutOff && expectsCutOff(spec.case.scenario.expect, fault.cutOff))
  const outcome = isUnexpected
    ? erroredBy(spec, transcript, fault, use)
    : lapse === undefined
      ? scoreCall(spec, transcript, spent, use)
      : callerInvalid(transcript, lapse)
  return { outcome: outcome instanceof Promise ? await outcome : outcome, usage: sumUsage(usages) }
}

/** The observers of a call in progress. */
interface CallListener {
  readonly note: (moment: Moment) => void
  readonly spent: ModelUse['spent']
}

async function placeCall(spec: RunSpec, attempt: number, { note, spent }: CallListener, use: RunContext): Promise<Conversed> {
  const { clock, signal } = use
  const { scenario } = spec.case
  const inbox = createInbox(clock)
  /** Of the call alone, without the start of the agent's process. */
  const time = createCallTime(clock, inbox.nudge)
  const record = new ConversationRecord(note)
  using cut = use.signals.lend()
  cut.onAbort = inbox.abort
  use.onCall?.(spec.index, cut.abort)
  const exceeded = createMeter(use.conversationLimits)
  let excess: Fault | undefined
  const hear = (event: AgentEvent): void => {
    if (excess) return
    excess = exceeded(event)
    if (excess) return cut.abort(new FaultError(excess))
    record.agentDid(event)
    inbox.push(event)
  }
  const longestMs = Math.min(scenario.maxDurationMs, use.runTimeoutMs)
  let cancelTimeout: (() => void) | undefined
  let isOpen = false
  const cutOverdue = (deadline: Deadline): void => {
    const leftMs = deadline.leftMs + graceMs
    if (leftMs > 0) return void (cancelTimeout = clock.after(leftMs, () => cutOverdue(deadline)))
    cut.abort(new FaultError(isOpen ? callFaults.callTimeout({ ms: longestMs }) : callFaults.neverOpened({ ms: longestMs + graceMs })))
  }
  try {
    const opened = use.channel(spec.entry.agent)
    const channel = opened instanceof Promise ? await opened : opened
    const deadline = new Deadline(clock, { conversationMs: scenario.maxDurationMs, runMs: use.runTimeoutMs })
    time.begin()
    cutOverdue(deadline)
    cut.signal.throwIfAborted()
    const opening = channel.open(callOf(spec, attempt, use, time), hear, cut.signal)
    const conversation = opening instanceof Promise ? await opening : opening
    const { elapsedS } = conversation
    try {
      isOpen = true
      if (conversation.pointers) record.readPointers(conversation.pointers)
      const random = use.randomOf(`${spec.key} ${attempt}`)
      const caller = use.caller(spec, { patterns: use.patterns, random, spent, mask: use.mask })
      const { agent } = spec.entry
      return await converse({ conversation, inbox, record, caller, scenario, agent, clock, deadline, time, elapsedS })
    } catch (cause) {
      // The agent is heard for a while after the caller has hung up.
      if (excess) return broken({ record, elapsedS }, excess).conversed
      if (cause instanceof CallOver) return cause.conversed
      if (cause instanceof FaultError) return broken({ record, elapsedS }, cause.fault).conversed
      throw cause
    } finally {
      await conversation[Symbol.asyncDispose]()
    }
  } catch (cause) {
    return broken({ record, elapsedS: time.elapsedS }, signal.aborted ? callFaults.interrupted() : faultOf(cause)).conversed
  } finally {
    cancelTimeout?.()
  }
}

/** Scores a conducted conversation; waits only for models. */
function scoreCall(spec: RunSpec, transcript: Transcript, spent: ModelUse['spent'], use: RunContext): Outcome | Promise<Outcome> {
  const cut = use.signals.lend()
  const model = { signal: cut.signal, spent }
  let isWaiting = false
  try {
    const audit = use.audit?.(spec, transcript, model)
    // Whoever waits for it gets its failure. This handler only avoids an unhandled rejection if nobody does.
    audit?.catch(() => undefined)
    const verdict = use.score(spec, transcript, model)
    isWaiting = audit !== undefined || verdict instanceof Promise
    return isWaiting ? judgedCall(transcript, { audit, verdict, cut }, use) : scored(transcript, verdict as Verdict)
  } catch (cause) {
    return unscored(transcript, cause, cut, use)
  } finally {
    if (!isWaiting) cut[Symbol.dispose]()
  }
}

interface Judging {
  readonly audit: Promise<string | undefined> | undefined
  readonly verdict: Verdict | Promise<Verdict>
  readonly cut: LentSignal
}

/** The outcome, once the models have answered. The transcript stays even if they fail. */
async function judgedCall(transcript: Transcript, { audit, verdict, cut }: Judging, use: RunContext): Promise<Outcome> {
  try {
    const reached = await verdict
    const reason = await audit?.catch(asUnusable)
    if (reason === undefined) return scored(transcript, reached)
    return typeof reason === 'string' ? callerInvalid(transcript, reason) : scored(transcript, unaudited(reached, reason.fault.message))
  } catch (cause) {
    return unscored(transcript, cause, cut, use)
  } finally {
    cut[Symbol.dispose]()
  }
}

/** Whichever is still being asked is not waited for. */
function unscored(transcript: Transcript, cause: unknown, cut: LentSignal, use: RunContext): Outcome {
  cut.abort(cause)
  return errored(transcript, use.signal.aborted ? callFaults.interrupted() : faultOf(cause))
}

function callOf(spec: RunSpec, attempt: number, { result, runId }: RunContext, { elapsedS, hold }: CallTime): Call {
  const { key, id, behaviour } = spec.case.scenario
  const opening = behaviour.kind === 'script' ? behaviour.script.firstMessage : behaviour.firstMessage
  return {
    result,
    runId: callRunId({ id: runId?.(spec.index), result, index: spec.index }, attempt),
    runKey: spec.key,
    scenario: { key, ...(id !== undefined && { id }) },
    agentVariables: spec.case.testProfile?.agentVariables ?? {},
    ...(opening?.length === 0 && { agentOpens: true }),
    elapsedS,
    hold,
  }
}

async function erroredBy(spec: RunSpec, transcript: Transcript, fault: Fault, use: RunContext): Promise<Outcome> {
  return errored(transcript, (await crashBehind(spec, fault, use)) ?? fault)
}

/** If the agent's process has ended on its own, that is what broke the call, whatever the socket reported. */
async function crashBehind(spec: RunSpec, fault: Fault, use: RunContext): Promise<Fault | undefined> {
  const { agent } = spec.entry
  if (!agent.start || fault.code === 'not_started' || use.signal.aborted) return undefined
  if (!use.crashed(agent)) await new Promise<void>(resolve => void use.clock.after(crashNoticeMs, resolve))
  return use.crashed(agent)
}

function callerInvalid(transcript: Conversed['transcript'], reason: string): Outcome {
  return { status: 'caller_invalid', transcript, reason }
}

function errored(transcript: Conversed['transcript'], fault: Fault): Outcome {
  return { status: fault.by === 'agent' ? 'agent_error' : 'infra_error', transcript, fault }
}

function faultOf(cause: unknown): Fault {
  if (cause instanceof FaultError) return cause.fault
  const detail = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
  return callFaults.internal({ detail })
}
