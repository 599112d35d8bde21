import { expectsCutOff } from '../../domain/expects-cut-off.js'
import type { Fault } from '../../domain/fault.js'
import { callFaults } from '../../domain/faults/call-faults.js'
import { scored, type Outcome } from '../../domain/outcome.js'
import { sumUsage, type ModelUsage } from '../../domain/model.js'
import type { RunSpec } from '../../domain/plan.js'
import type { Transcript } from '../../domain/transcript.js'
import { unaudited } from '../../domain/unaudited.js'
import type { Verdict } from '../../domain/verdict.js'
import { asUnusable, type ModelUse } from '../../ports/language-model.js'
import type { Conversed } from './call.js'
import { faultOf } from './fault-of.js'
import { PlacedCall } from './placed-call.js'
import type { RunContext } from './run-use.js'
import type { LentSignal } from './signals.js'
import type { TurnEvents } from './turn-events.js'

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
  const { transcript, fault, lapse } = await new PlacedCall(spec, attempt, turns, use).conduct(spent)
  turns.end()
  const isUnexpected = fault && !(fault.cutOff && expectsCutOff(spec.case.scenario.expect, fault.cutOff))
  const outcome = isUnexpected
    ? erroredBy(spec, transcript, fault, use)
    : lapse === undefined
      ? scoreCall(spec, transcript, spent, use)
      : callerInvalid(transcript, lapse)
  return { outcome: outcome instanceof Promise ? await outcome : outcome, usage: usages.length === 0 ? usages : sumUsage(usages) }
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
    return unscored(transcript, cause, cut(), use)
  } finally {
    cut()[Symbol.dispose]()
  }
}

/** Whichever is still being asked is not waited for. */
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
