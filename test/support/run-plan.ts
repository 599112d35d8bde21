import { noMask } from '../../src/domain/mask.js'
import type { Document } from '../../src/domain/document.js'
import type { RunEnded, RunEvent } from '../../src/domain/event.js'
import type { ResultId } from '../../src/domain/ids.js'
import type { Transcript } from '../../src/domain/transcript.js'
import type { Verdict } from '../../src/domain/verdict.js'
import { scriptedCaller } from '../../src/adapters/callers/scripted.js'
import { planRuns } from '../../src/pipeline/plan/plan-runs.js'
import { runPlan } from '../../src/pipeline/run/run-plan.js'
import type { RunUse } from '../../src/pipeline/run/run-use.js'
import type { Channel } from '../../src/ports/channel.js'
import type { Clock } from '../../src/ports/clock.js'

/** Conducts a document's plan with an agent in memory, and returns its events. */
export async function conductPlan(
  document: Document,
  clock: Clock,
  channel: Channel,
  more: Partial<RunUse> = {},
): Promise<{ events: RunEvent[]; ended: RunEnded[] }> {
  const planned = planRuns(document)
  if (!('plan' in planned)) throw new Error(planned.diagnostics.map(each => each.message).join('\n'))
  const events: RunEvent[] = []
  await runPlan(planned.plan, {
    result: 'result' as ResultId,
    channel: async () => channel,
    crashed: () => undefined,
    caller: scriptedCaller,
    score: (): Verdict => ({ holds: 'yes', checks: [], metrics: [] }),
    admit: () => undefined,
    hasEnded: () => false,
    earlier: () => [],
    runTimeoutMs: planned.plan.limits.runTimeoutMs,
    conversationLimits: planned.plan.limits.conversation,
    clock,
    random: () => 0.5,
    randomOf: () => () => 0.5,
    patterns: { search: (pattern, text) => new RegExp(pattern).test(text) },
    mask: noMask,
    emit: event => events.push(event),
    signal: new AbortController().signal,
    ...more,
  })
  return { events, ended: events.filter(event => event.type === 'run.ended') }
}

/** The transcript of a run that was conducted. */
export function transcriptOf({ outcome }: RunEnded): Transcript {
  if (outcome.status === 'not_run') throw new Error('it was not run')
  return outcome.transcript
}

/** A transcript in short: `0.5 agent: Hello`. */
export function linesOf(run: RunEnded): string[] {
  return transcriptOf(run).moments.map(entry => {
    const what = entry.type === 'said' ? entry.text : entry.type === 'dtmf' ? `#${entry.digits}` : entry.type
    return `${entry.startS} ${entry.by}: ${what}`
  })
}
