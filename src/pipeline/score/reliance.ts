import type { Assertion } from '../../domain/assertion.js'
import { leavesOf } from '../../domain/assertion-leaves.js'
import { isSoundMetric, type BuiltinMetric, type Metric, type SoundMetric } from '../../domain/metric.js'
import { pickedTools } from '../../domain/mock-tool.js'
import { missedIn } from '../../domain/pointer-count.js'
import type { JudgedClaim, MetricScore } from '../../domain/verdict.js'
import type { ConversationCase } from '../../ports/judge.js'
import { checkAssertion, type CheckEvidence } from './checks/check-assertion.js'
import { metricsIn } from './checks/describe.js'

/**
 * What rests on pointers of the connection that found nothing in a conversation: no tool call seen proves nothing if the pointer
 * never finds any. The end of the suite shows whether a pointer found something elsewhere.
 */
export interface Reliance {
  /** Settings on which the whole conversation rests: values that its requests lacked. */
  readonly whole: readonly string[]
  /** What a claim rests on that the judge decided; `undefined`: an outcome without claims. */
  ofClaim(claim: JudgedClaim | undefined): readonly string[]
  ofMetric(metric: Metric): readonly string[]
  ofAssertion(assertion: Assertion, evidence: CheckEvidence): readonly string[]
}

/** @returns `undefined` if every pointer found something, or there are none. */
export function relianceIn(
  { pointers }: CheckEvidence['conversation']['transcript'],
  { entry }: Pick<ConversationCase, 'entry'>,
  metrics: readonly Metric[],
): Reliance | undefined {
  const missed = missedIn(pointers)
  if (missed.size === 0) return undefined
  const served = new Set(pickedTools(entry.agent.mockTools).map(({ name }) => name))
  const settingOf = (assertion: Assertion): string | undefined => settingFor(assertion, served)
  const settingsOf = (assertion: Assertion): (string | undefined)[] => leavesOf(assertion).map(leaf => settingOf(leaf.assertion))
  const only = (settings: readonly (string | undefined)[]): string[] => [
    ...new Set(settings.filter(setting => setting !== undefined && missed.has(setting)) as string[]),
  ]
  const ofMetric = ({ source, trigger }: Metric): string[] => {
    const before = trigger?.kind === 'assertion' ? settingsOf(trigger.assertion) : trigger && ['reply']
    switch (source.kind) {
      case 'builtin':
        return only([...(before ?? []), isSoundMetric(source.builtin) ? undefined : settingOfBuiltin[source.builtin]])
      case 'agent_says':
      case 'judge':
      case 'outcome':
        return only([...(before ?? []), 'reply'])
      case 'tool_called':
        return only([...(before ?? []), settingForCall(source.call, served)])
      case 'metadata':
        return only([...(before ?? []), 'metadata'])
      case 'caller_says':
        return only(before ?? [])
    }
  }
  const reliant = new Map(metrics.map(metric => [metric.key, ofMetric(metric)]))

  return {
    whole: [...missed].filter(setting => setting.startsWith('capture.')),
    // Callsheet serves the mock tools itself: the judge sees their calls.
    ofClaim: claim => only(['reply', ...(claim && restsOnAbsence(claim) ? [served.size > 0 ? undefined : 'tool_calls', 'end'] : [])]),
    ofMetric,
    ofAssertion(assertion, evidence) {
      const settings = only([...settingsOf(assertion), ...metricsIn(assertion).flatMap(key => reliant.get(key) ?? [])])
      if (settings.length === 0) return []
      const isUnseen = (leaf: Assertion): boolean => only([settingOf(leaf)]).length > 0
      const doubtful = checkAssertion(assertion, { ...evidence, isUnseen, scores: withoutReliant(evidence.scores, reliant) })
      return doubtful.holds === checkAssertion(assertion, evidence).holds ? [] : settings
    },
  }
}

/** Whether a verdict says that there is nothing in the conversation, which the judge cannot quote. */
function restsOnAbsence({ kind = 'happens', holds }: JudgedClaim): boolean {
  return holds === (kind === 'happens' ? 'no' : 'yes')
}

/** The setting whose pointer shows what a single assertion looks at; `undefined` if it needs none. */
function settingFor(assertion: Assertion, served: ReadonlySet<string>): string | undefined {
  switch (assertion.kind) {
    case 'agent_says':
      return 'reply'
    case 'tool_called':
      return settingForCall(assertion.call, served)
    case 'metadata':
      return 'metadata'
    case 'ended_by':
      return 'end'
    default:
      return undefined
  }
}

/** @param served  Mock tools. Callsheet serves them itself, so it sees their calls on any connection. */
function settingForCall({ name, after }: { readonly name: string; readonly after?: string }, served: ReadonlySet<string>) {
  return served.has(name) && (after === undefined || served.has(after)) ? undefined : 'tool_calls'
}

/** Sound comes without pointers. */
const settingOfBuiltin: Readonly<Record<Exclude<BuiltinMetric, SoundMetric>, string | undefined>> = {
  latency_ms: 'reply',
  turns: undefined,
  duration_s: undefined,
  words: 'reply',
  repetition: 'reply',
  tool_call_success: 'tool_calls',
  appropriate_termination: 'end',
  talk_ratio: 'reply',
  dtmf_received: undefined,
}

function withoutReliant(
  scores: ReadonlyMap<string, MetricScore>,
  reliant: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, MetricScore> {
  return new Map(
    [...scores].map(([key, { applies: _, samples: _samples, ...score }]) => {
      const isReliant = (reliant.get(key)?.length ?? 0) > 0
      return [key, isReliant ? { ...score, value: null, because: 'a pointer found nothing' } : (scores.get(key) ?? { ...score })]
    }),
  )
}
