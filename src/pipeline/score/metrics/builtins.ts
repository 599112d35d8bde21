import type { BuiltinMetric } from '../../../domain/metric.js'
import { appropriateTermination } from './appropriate-termination.js'
import { durationS } from './duration-s.js'
import { dtmfReceived } from './dtmf-received.js'
import { latencyMs } from './latency-ms.js'
import type { Measure } from './measure.js'
import { repetition } from './repetition.js'
import { abruptEnd } from './sound/abrupt-end.js'
import { agentInterruptions, callerInterruptions } from './sound/interruptions.js'
import { latencyWithToolMs, latencyAfterInterruptionMs } from './sound/latencies.js'
import { selectivity } from './sound/selectivity.js'
import { deadAirS, deadAirTotalS, overlapS } from './sound/silence-and-overlap.js'
import { timeToFirstWordMs } from './sound/time-to-first-word-ms.js'
import { snrDb, levelDbfs, clipping, dropouts } from './sound/track-quality.js'
import { callerWer, heardWer } from './sound/word-error-rates.js'
import { wordsPerMinute } from './sound/words-per-minute.js'
import { stopTimeMs, yieldRate } from './sound/yielding.js'
import { talkRatio } from './talk-ratio.js'
import { toolCallSuccess } from './tool-call-success.js'
import { turns } from './turns.js'
import { words } from './words.js'

/** Every metric that Callsheet computes itself. */
export const builtins: Readonly<Record<BuiltinMetric, Measure>> = {
  latency_ms: latencyMs,
  turns,
  duration_s: durationS,
  words,
  repetition,
  tool_call_success: toolCallSuccess,
  appropriate_termination: appropriateTermination,
  talk_ratio: talkRatio,
  dtmf_received: dtmfReceived,
  latency_with_tool_ms: latencyWithToolMs,
  latency_after_interruption_ms: latencyAfterInterruptionMs,
  time_to_first_word_ms: timeToFirstWordMs,
  agent_interruptions: agentInterruptions,
  caller_interruptions: callerInterruptions,
  stop_time_ms: stopTimeMs,
  yield_rate: yieldRate,
  selectivity,
  dead_air_s: deadAirS,
  dead_air_total_s: deadAirTotalS,
  overlap_s: overlapS,
  words_per_minute: wordsPerMinute,
  caller_wer: callerWer,
  heard_wer: heardWer,
  snr_db: snrDb,
  level_dbfs: levelDbfs,
  clipping,
  dropouts,
  abrupt_end: abruptEnd,
}
