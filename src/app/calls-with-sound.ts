import type { TimelineCall, TimelineOptions } from '../adapters/reporters/timeline/call.js'
import type { RunEnded } from '../domain/event.js'
import { answersIn } from '../pipeline/score/metrics/sound/answers.js'
import { bargeIns } from '../pipeline/score/metrics/sound/stretches.js'
import type { FinishedResult } from '../ports/reporter.js'

/** The calls of a run: its attempts that have sound, oldest first. */
export interface RunCalls {
  readonly run: RunEnded
  readonly calls: readonly TimelineCall[]
}

/** All runs of a result, in plan order; those without sound have no calls. */
export async function* runsWithCalls({ runs }: Pick<FinishedResult, 'runs'>): AsyncGenerator<RunCalls> {
  for await (const batch of runs()) {
    for (const run of batch) yield { run, calls: callsOf(run) }
  }
}

function callsOf(run: RunEnded): TimelineCall[] {
  const outcomes = [...run.earlier.map(({ outcome }) => outcome), run.outcome]
  return outcomes.flatMap((outcome, i): TimelineCall[] => {
    if (!('transcript' in outcome)) return []
    const { transcript } = outcome
    const { sound } = transcript
    if (!sound) return []
    const place = { run: run.run, attempt: i + 1, attempts: outcomes.length, status: outcome.status }
    return [{ ...place, transcript, sound, answers: answersIn(sound, transcript), bargeIns: bargeIns(sound).map(({ bargeIn }) => bargeIn) }]
  })
}

/** A call as text for people. */
export async function showCall(call: TimelineCall, how: TimelineOptions): Promise<string> {
  const { timeline } = await import('../adapters/reporters/timeline.js')
  return timeline(call, how)
}

/** A line for each call. */
export async function showCallLines(calls: readonly TimelineCall[]): Promise<readonly string[]> {
  const { timelineHead } = await import('../adapters/reporters/timeline.js')
  return calls.map(call => `${timelineHead(call)}${call.sound.recording ? '' : ', no recording'}`)
}
