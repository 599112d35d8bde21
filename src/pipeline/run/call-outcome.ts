import { expectsCutOff } from '../../domain/expects-cut-off.js'
import type { Fault } from '../../domain/fault.js'
import { callFaults } from '../../domain/faults/call-faults.js'
import { scored, type Outcome } from '../../domain/outcome.js'
import type { RunSpec } from '../../domain/plan.js'
import type { Transcript } from '../../domain/transcript.js'
import { lateAudio, unclearCaller } from '../../domain/unsound-call.js'
import { unaudited } from '../../domain/unaudited.js'
import type { Verdict } from '../../domain/verdict.js'
import { asUnusable, type ModelUse } from '../../ports/language-model.js'
import type { Conversed } from './call.js'
import { faultOf } from './fault-of.js'
import type { RunContext } from './run-use.js'
import type { LentSignal } from './signals.js'

/** How long after a fault the exit of the agent's process may take to be noticed. */
const crashNoticeMs = 100

/** The outcome of a call. It waits only for models, and for the end of an agent's process. Never throws. */
export function callOutcome(
  spec: RunSpec,
  { transcript, fault, lapse }: Conversed,
  spent: ModelUse['spent'],
  use: RunContext,
): Outcome | Promise<Outcome> {
  const { sound } = transcript
  const late = sound && lateAudio(sound.pacing)
  // Whatever the agent did, it did to a call that it could not hear well.
  if (late !== undefined) return errored(transcript, callFaults.lateAudio({ what: late }))
  const isUnexpected = fault && !(fault.cutOff && expectsCutOff(spec.case.scenario.expect, fault.cutOff))
  if (isUnexpected) return erroredBy(spec, transcript, fault, use)
  const invalid = lapse ?? (sound && unclearCaller(sound))
  return invalid === undefined ? scoreCall(spec, transcript, spent, use) : callerInvalid(transcript, invalid)
}

/** Scores a conducted conversation; waits only for models. */
function scoreCall(spec: RunSpec, transcript: Transcript, spent: ModelUse['spent'], use: RunContext): Outcome | Promise<Outcome> {
  let lent: LentSignal | undefined
  // Most calls are scored without a model, and so need no signal.
  const cut = (): LentSignal => (lent ??= use.signals.lend())
  const model: ModelUse = {
    get signal() {
      return cut().signal
    },
    spent,
  }
  let isWaiting = false
  try {
    const audit = use.audit?.(spec, transcript, model)
    // Whoever waits for it gets its failure. This handler only avoids an unhandled rejection if nobody does.
    audit?.catch(() => undefined)
    const verdict = use.score(spec, transcript, model)
    isWaiting = audit !== undefined || verdict instanceof Promise
    return isWaiting ? judgedCall(transcript, { audit, verdict, cut }, use) : scored(transcript, verdict as Verdict)
  } catch (cause) {
    return unscored(transcript, cause, cut(), use)
  } finally {
    if (!isWaiting) lent?.[Symbol.dispose]()
  }
}

interface Judging {
  readonly audit: Promise<string | undefined> | undefined
  readonly verdict: Verdict | Promise<Verdict>
  readonly cut: () => LentSignal
}

/** The outcome, once the models have answered. The transcript stays even if they fail. */
async function judgedCall(transcript: Transcript, { audit, verdict, cut }: Judging, use: RunContext): Promise<Outcome> {
  try {
    const reached = await verdict
    const reason = await audit?.catch(asUnusable)
    if (reason === undefined) return scored(transcript, reached)
    return typeof reason === 'string' ? callerInvalid(transcript, reason) : scored(transcript, unaudited(reached, reason.fault.message))
  } catch (cause) {
    const outcome = unscored(transcript, cause, cut(), use)
    // What is abandoned has cost something too.
    await Promise.allSettled([verdict, audit])
    return outcome
  } finally {
    cut()[Symbol.dispose]()
  }
}

/** Whichever is still being asked is abandoned. */
function unscored(transcript: Transcript, cause: unknown, cut: LentSignal, use: RunContext): Outcome {
  cut.abort(cause)
  return errored(transcript, use.signal.aborted ? callFaults.interrupted() : faultOf(cause))
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
