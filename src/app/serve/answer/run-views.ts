import type { CaseSummary, RunEnded, RunWaiting } from '../../../domain/event.js'
import type { Outcome } from '../../../domain/outcome.js'
import { writeMessages } from '../../../domain/wire/message.js'
import { writeMetadata } from '../../../domain/wire/run-metadata.js'
import { minutesAndSeconds, transcriptText } from '../../../domain/wire/text.js'
import type { RunRecord, RunStanding } from '../../../ports/database.js'
import { outcomePrompt } from '../catalogue/catalogue-views.js'
import { audioMetrics } from './audio-metrics.js'
import { dialWindowView } from './dial-window.js'
import { evaluationView, expectedOutcomeView } from './evaluation-views.js'
import { recordingOf } from './recording-of.js'
import type { ResultContext } from './result-context.js'
import type { Run, RunOfResult } from '../generated/answers.js'
import { isSuccess, runStatus, type IsShort } from './statuses.js'
import { waitingFor } from './waiting-views.js'

export interface RunViewUse {
  /** Whether the run's result missed a metric threshold that covers the run. */
  readonly isShort: IsShort
  /** What it waits for at present; absent if nothing. */
  readonly wait: RunWaiting | undefined
  /** Makes the URL of its recording. */
  recordingUrl(run: RunRecord): string
}

export function runView(run: RunRecord, context: ResultContext, { isShort, wait, recordingUrl }: RunViewUse): Run {
  const own = context.caseOf(run.index)
  const { scenario } = own
  const messages = writeMessages(transcriptOf(run.ended)?.moments ?? [])
  return {
    ...runSummaryView(run, context, isShort),
    result_id: run.result,
    expected_outcome_prompt: outcomePrompt(context.scenarios.get(scenario.key)),
    transcript: transcriptText(messages),
    transcript_object: messages,
    test_profile_data: testProfileData(own, context),
    waiting_for: waitingFor(wait),
    voice_recording_url: recordingOf(run) ? recordingUrl(run) : null,
    audio_metrics: audioMetrics(transcriptOf(run.ended)),
    metadata: metadataOf(run.ended),
  }
}

/** A run in its result's answer, without the conversation. */
export function runSummaryView(run: RunStanding & Pick<RunRecord, 'ended'>, context: ResultContext, isShort: IsShort): RunOfResult {
  const { scenario, personality } = context.caseOf(run.index)
  const verdict = verdictOf(run.ended)
  const { inboundNumber, outboundNumber } = context.numbersOf(run.index)
  return {
    id: run.id,
    scenario: scenario.id ?? null,
    scenario_name: scenario.name,
    scenario_type: context.scenarios.get(scenario.key)?.behaviour.kind === 'instructions' ? 'instruction' : 'conditional_actions',
    personality: personality?.id ?? null,
    personality_name: personality?.name ?? null,
    agent: context.agentId,
    status: runStatus(run),
    success: isSuccess(run, isShort(run.index)),
    error_message: errorMessage(run, run.ended?.outcome),
    expected_outcome: verdict ? expectedOutcomeView(verdict) : null,
    evaluation: verdict ? evaluationView(verdict, context.metrics) : null,
    duration: minutesAndSeconds((run.durationMs ?? 0) / 1000),
    outbound_number: outboundNumber,
    inbound_number: inboundNumber,
    ...dialWindowView(context, run),
    timestamp: context.createdAt,
    executed_at: run.startedAt ?? null,
  }
}

/** Why the conversation did not reach its end, or was not scored. */
export function errorMessage({ state, message }: RunStanding, outcome: Outcome | undefined): string | null {
  if (state !== 'ended') return null
  if (message !== undefined) return message
  if (outcome?.status === 'caller_invalid') return `The simulated caller did not follow its instructions: ${outcome.reason}`
  return outcome?.status === 'not_run' ? `Not run: ${outcome.reason}.` : null
}

function verdictOf(ended: RunEnded | undefined) {
  return ended && 'verdict' in ended.outcome ? ended.outcome.verdict : undefined
}

function transcriptOf(ended: RunEnded | undefined) {
  return ended && 'transcript' in ended.outcome ? ended.outcome.transcript : undefined
}

/** The test profile of a case as the suite declared it when the result started; `null` without one. Secrets appear by name only. */
export function testProfileData(
  { testProfile }: Pick<CaseSummary, 'testProfile'>,
  { testProfiles }: Pick<ResultContext, 'testProfiles'>,
): Readonly<Record<string, unknown>> | null {
  if (!testProfile) return null
  const { key, id, name } = testProfile
  const profile = testProfiles.get(key)
  return {
    id: id ?? null,
    name,
    main_agent_variables: profile?.agentVariables ?? {},
    testing_agent_variables: profile?.callerVariables ?? {},
  }
}

/** The agent's metadata, why the call ended, and everything the API has no field for. */
function metadataOf(ended: RunEnded | undefined): Readonly<Record<string, unknown>> {
  if (!ended) return {}
  const { outcome, earlier, flaky } = ended
  return writeMetadata(transcriptOf(ended), {
    outcome: outcome.status,
    ...('fault' in outcome && { fault: outcome.fault }),
    ...('reason' in outcome && { reason: outcome.reason }),
    ...('verdict' in outcome && {
      checks: outcome.verdict.checks,
      ...(outcome.verdict.outcome && { judged: outcome.verdict.outcome }),
      metrics: outcome.verdict.metrics,
    }),
    ...(flaky && { flaky }),
    ...(earlier.length > 0 && {
      earlier: earlier.map(attempt => ({
        outcome: attempt.outcome.status,
        ...('fault' in attempt.outcome && { fault: attempt.outcome.fault }),
      })),
    }),
  })
}
