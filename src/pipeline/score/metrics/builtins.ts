import type { BuiltinMetric } from '../../../domain/metric.js'
import { appropriateTermination } from './appropriate-termination.js'
import { durationS } from './duration-s.js'
import { latencyMs } from './latency-ms.js'
import type { Measure } from './measure.js'
import { repetition } from './repetition.js'
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
}
