import type { Attempt } from '../../domain/event.js'
import { sumUsage, type ModelUsage } from '../../domain/model.js'
import type { Outcome } from '../../domain/outcome.js'
import type { RunSpec } from '../../domain/plan.js'
import { runEnded } from '../../domain/run-ended.js'
import { AskAhead } from './ask-ahead.js'
import { callOutcome } from './call-outcome.js'
import { PlacedCall } from './placed-call.js'
import { retryDelayMs } from './retry.js'
import { roomFor } from './room.js'
import { turnToStart } from './turn-to-start.js'
import { TurnEvents } from './turn-events.js'
import type { RunContext } from './run-use.js'

/** Conducts one run to its end, retries included, and emits each step. */
export async function runOne(spec: RunSpec, context: RunContext): Promise<void> {
  const { index, key: run } = spec
  const { clock, emit, mask, retries, random } = context
  const earlier: Attempt[] = [...context.earlier(index)]
  for (;;) {
    const turn = turnToStart(clock)
    if (turn) await turn
    const attempt = earlier.length + 1
    const startedAt = clock.date().toISOString()
    emit({ type: 'run.started', index, attempt, at: startedAt, run })
    if (context.beforeCall) await unlessCutOff(context.beforeCall(), context)
    const turns = new TurnEvents({ index, attempt }, mask, emit)
    const usages: ModelUsage[] = []
    const spent = (usage: ModelUsage): void => void usages.push(usage)
    const ahead = context.prepareJudge && new AskAhead(context)
    const conversed = await new PlacedCall(spec, attempt, turns, context).conduct(spent, ahead && (() => ahead.begin(spec, spent)))
    turns.end()
    const reached = callOutcome(spec, conversed, spent, context)
    const scored = reached instanceof Promise ? await reached : reached
    const outcome = context.settle ? await context.settle(spec, scored) : scored
    const paid = ahead?.end()
    if (paid) await paid
    // The call's own time, without the agent's start before it and our scoring after it.
    const durationMs = 'transcript' in outcome ? Math.round(outcome.transcript.ending.atS * 1000) : 0
    const made: Attempt = { startedAt, durationMs, outcome, ...(usages.length > 0 && { usage: sumUsage(usages) }) }

    const inMs = context.admit(spec) === undefined ? retryDelayMs(outcome, earlier, retries, random) : undefined
    if (inMs === undefined) return end(spec, made, earlier, context)
    emit({ type: 'run.retrying', index, attempt, run, status: outcome.status, because: reasonOf(outcome), inMs, made })
    await wait(inMs, context)
    await roomFor(spec, context)
    // Stopped during the wait, so this attempt was the last.
    if (context.signal.aborted || context.admit(spec) !== undefined) return end(spec, made, earlier, context)
    earlier.push(made)
  }
}

function end(spec: RunSpec, last: Attempt, earlier: readonly Attempt[], { clock, emit }: RunContext): void {
  emit(runEnded(spec, { at: clock.date().toISOString(), last, earlier }))
}

function reasonOf(outcome: Outcome): string {
  if ('fault' in outcome) return outcome.fault.message
  if ('verdict' in outcome) return outcome.verdict.checks.find(check => check.holds !== 'yes')?.because ?? ''
  return 'reason' in outcome ? outcome.reason : ''
}

async function unlessCutOff(done: Promise<void>, { signals }: RunContext): Promise<void> {
  using lent = signals.lend()
  const cutOff = new Promise<void>(resolve => {
    lent.onAbort = () => resolve()
    if (lent.signal.aborted) resolve()
  })
  await Promise.race([done, cutOff])
}

function wait(ms: number, { clock, signals }: RunContext): Promise<void> {
  return new Promise(resolve => {
    const lent = signals.lend()
    const done = (): void => {
      cancel()
      lent[Symbol.dispose]()
      resolve()
    }
    const cancel = clock.after(ms, done)
    lent.onAbort = done
    if (lent.signal.aborted) done()
  })
}
