import { soundMetrics, type BuiltinMetric } from '../../../domain/metric.js'
import { reduceTo } from '../../../domain/statistics.js'
import type { Transcript } from '../../../domain/transcript.js'
import { builtins } from '../../../pipeline/score/metrics/builtins.js'
import { SortedTranscript } from '../../../pipeline/score/sorted-transcript.js'
import type { AudioMetric } from '../generated/answers.js'

const names: readonly BuiltinMetric[] = ['latency_ms', 'talk_ratio', ...soundMetrics]

/** A share of fewer than this proves nothing. */
const fewest = 10

/** Everything that is measured of a call's sound, whether or not its scenario asks for it; `null` without sound. */
export function audioMetrics(transcript: Transcript | undefined): AudioMetric[] | null {
  if (!transcript?.sound) return null
  const conversation = new SortedTranscript(transcript)
  return names.map(name => {
    const measured = builtins[name](conversation)
    if ('because' in measured) return { name, value: null, explanation: [measured.because] }
    if ('moot' in measured) return { name, value: null, explanation: [measured.moot] }
    if ('value' in measured) return { name, value: typeof measured.value === 'string' ? null : measured.value, explanation: [] }
    const { samples, isRate } = measured
    const count = samples.length
    if (isRate && count < fewest) return { name, value: null, count, explanation: [`Fewer than ${fewest} cases.`] }
    return { name, value: reduceTo('mean', Float64Array.from(samples).toSorted()), count, explanation: [] }
  })
}
