import { isMetricValue, wordMetricValues, type Metric } from '../../../domain/metric.js'
import { reduceTo } from '../../../domain/statistics.js'
import { unreachable } from '../../../domain/unreachable.js'
import type { MetricScore } from '../../../domain/verdict.js'
import type { Patterns } from '../../../ports/patterns.js'
import type { Finding } from '../checks/finding.js'
import { hasMark, meetsMaskedKey, undecided } from '../checks/masked.js'
import { agentSays, callerSays } from '../checks/speech.js'
import { toolCalled } from '../checks/tool-called.js'
import type { SortedTranscript } from '../sorted-transcript.js'
import { resolvePointer } from '../../../domain/json-pointer.js'
import { inline } from '../wording.js'
import { builtins } from './builtins.js'

/** Scores one metric of a conversation. A missing value, or one of the wrong type, is not scored. */
export function scoreMetric(metric: Metric, conversation: SortedTranscript, patterns: Patterns): MetricScore {
  const { source } = metric
  switch (source.kind) {
    case 'builtin': {
      const measured = builtins[source.builtin](conversation)
      if ('because' in measured) return unscored(metric, measured.because)
      if ('moot' in measured) return { ...unscored(metric, measured.moot), applies: false }
      if ('value' in measured) return scored(metric, measured.value)
      const { samples, turns, isRate } = measured
      const sorted = Float64Array.from(samples).toSorted()
      const turn = turns[samples.indexOf(sorted.at(-1) ?? NaN)]
      return {
        ...scored(metric, reduceTo(source.statistic, sorted)),
        samples,
        ...(turn !== undefined && { turn }),
        ...(isRate && { isRate }),
      }
    }
    case 'agent_says':
      return foundIn(metric, isNegated => agentSays(source.matcher, conversation, patterns, isNegated), onReading)
    case 'caller_says':
      return found(metric, callerSays(source.matcher, conversation, patterns))
    case 'tool_called':
      return foundIn(metric, isNegated => toolCalled(source.call, conversation, isNegated), onReadingOfVariable)
    case 'metadata': {
      const { transcript, isStored, wording } = conversation
      const value = resolvePointer(transcript.metadata, source.pointer)
      if (isStored && (hasMark(value) || meetsMaskedKey(transcript.metadata, source.pointer))) return found(metric, undecided())
      // Numbers of ours are never masked, and these are counted.
      const shown = typeof value === 'number' ? wording.mask.json<unknown>(value) : value
      if (shown !== value) return unscored(metric, `its value is a secret, ${String(shown)}, which no report may show`)
      return value === undefined ? unscored(metric, `the metadata has no ${source.pointer}`) : scored(metric, value)
    }
    case 'judge':
    case 'outcome':
      return unscored(metric, 'there was no judge to score it')
    default:
      return unreachable(source)
  }
}

const onReading =
  "it depends on how the agent's words are read: with or without markdown and hyphens, its messages joined in one way or another; connection.messages.join says how"
const onReadingOfVariable =
  'it depends on whether the value of a variable is read as a text or as a number, or on a difference of case or one that nobody sees'

/**
 * Either value may be asked for, so there is none where the reading decides.
 *
 * @param because  What it then depends on.
 */
function foundIn(metric: Metric, search: (isNegated: boolean) => Finding, because: string): MetricScore {
  const first = search(false)
  if (first.holds !== 'no' || search(true).holds === 'no') return found(metric, first)
  return unscored(metric, because)
}

function found(metric: Metric, { holds, saw }: Finding): MetricScore {
  return holds === 'unknown' ? unscored(metric, saw()) : scored(metric, holds === 'yes')
}

function scored(metric: Metric, value: unknown): MetricScore {
  return isMetricValue(metric, value)
    ? { metric: metric.key, type: metric.type, value }
    : unscored(metric, `${inline(value)} is not ${wordMetricValues(metric)}`)
}

function unscored({ key, type }: Metric, because: string): MetricScore {
  return { metric: key, type, value: null, because }
}
