import type { Assertion } from './assertion.js'
import { leavesOf } from './assertion-leaves.js'
import type { Scenario } from './document.js'
import { listensForWords } from './listens-for-words.js'
import type { BuiltinMetric, Metric } from './metric.js'

/** The built-in metrics that are computed from what the agent said, or from how well our ears hear. */
const ofWords: readonly BuiltinMetric[] = ['words', 'repetition', 'appropriate_termination', 'words_per_minute', 'caller_wer', 'heard_wer']

/** What of a scenario needs the words of the agent, for people; `undefined` if nothing does. */
export function readerOfWords({ behaviour, expect, expectedOutcome, metrics }: Scenario, all: readonly Metric[]): string | undefined {
  if (listensForWords(behaviour)) return 'its caller'
  if (expectedOutcome !== undefined) return 'its expected outcome'
  if (expect.some(readsWords)) return 'agent_says'
  return metrics.find(key => all.some(each => each.key === key && measuresWords(each)))
}

function readsWords(assertion: Assertion): boolean {
  return leavesOf(assertion).some(({ assertion: { kind } }) => kind === 'agent_says')
}

function measuresWords({ source, trigger }: Metric): boolean {
  if (trigger && (trigger.kind === 'judge' || readsWords(trigger.assertion))) return true
  switch (source.kind) {
    case 'builtin':
      return ofWords.includes(source.builtin)
    case 'judge':
    case 'outcome':
    case 'agent_says':
      return true
    default:
      return false
  }
}
