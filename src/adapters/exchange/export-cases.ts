import type { Assertion } from '../../domain/assertion.js'
import { caseVariables } from '../../domain/case-variables.js'
import type { Scenario, TestProfile } from '../../domain/document.js'
import { placeholder } from '../../domain/placeholder.js'
import type { ListedCase } from './drafting.js'
import type { Loss } from './finding.js'
import type { Path } from './path.js'
import { conditionsOf } from './script-conditions.js'
import { showUtterance } from './show-utterance.js'

export interface Exporting {
  readonly lose: (loss: Loss) => void
  /** Describes an assertion in words. */
  readonly describe: (assertion: Assertion) => string
}

/** A case in a form that test suites and tables share. */
export interface ExportedCase extends ListedCase {
  readonly key: string
  readonly scenario: Scenario
}

/** Turns a scenario into a case. Reports everything that neither a test suite nor a table can express. */
export function exportCase(scenario: Scenario, { lose, describe }: Exporting): ExportedCase {
  const at: Path = ['scenarios', scenario.key]
  const { behaviour, expectedOutcome, expect, maxDurationMs, frequency, testProfile } = scenario
  const fill = filler(scenario, at, lose)
  nameUnsaid(scenario, at, lose)
  for (const [index, assertion] of expect.entries()) {
    lose({
      at: [...at, 'expect', index],
      message: `"${describe(assertion)}" cannot be checked there. Describe it in expected_outcome in plain language.`,
    })
  }
  if (expectedOutcome === undefined) {
    lose({ at, message: 'It no longer expects anything the agent could fail. Add an expected_outcome.' })
  }
  const repeats = frequencyOf(frequency, at, lose)
  const outcome = expectedOutcome?.texts
    .map(({ text }, index) => (expectedOutcome.kind === 'claims' ? `${index + 1}. ${text}` : text))
    .join('\n')
  return {
    scenario,
    key: scenario.key,
    name: scenario.name,
    tags: scenario.tags,
    ...(scenario.id !== undefined && { id: scenario.id }),
    ...(scenario.description !== undefined && { description: scenario.description }),
    ...(scenario.folder !== undefined && { folder: scenario.folder }),
    ...(testProfile && { test_profile: { key: testProfile.key, ...profileOf(testProfile) } }),
    ...(behaviour.kind === 'script'
      ? { type: 'conditional_actions' as const, conditional_actions: fill.all(conditionsOf(scenario, behaviour.script, at, lose)) }
      : {
          instructions: fill.all(behaviour.instructions),
          ...(behaviour.firstMessage && { first_message: fill.all(showUtterance(behaviour.firstMessage)) }),
        }),
    ...(outcome !== undefined && { expected_outcome: outcome }),
    metrics: scenario.metrics,
    ...(repeats !== 1 && { frequency: repeats }),
    ...(maxDurationMs !== defaults.maxDurationMs && { max_duration: secondsOf(maxDurationMs, at, lose) }),
  }
}

/** The defaults of the suite format. */
const defaults = { maxTurns: 30, maxDurationMs: 300_000, idleTimeoutMs: 10_000, idlePrompt: 'Hello, are you still there?' } as const

function nameUnsaid(scenario: Scenario, at: Path, lose: Exporting['lose']): void {
  const { maxTurns, idleTimeoutMs, idlePrompt, thresholds } = scenario
  if (maxTurns !== defaults.maxTurns) lose({ at: [...at, 'max_turns'], message: 'Left out: the format has no limit on turns.' })
  if (idleTimeoutMs !== defaults.idleTimeoutMs) lose({ at: [...at, 'idle_timeout'], message: 'Left out: the format has no idle timeout.' })
  if (idlePrompt !== defaults.idlePrompt) lose({ at: [...at, 'idle_prompt'], message: 'Left out: the format has no idle prompt.' })
  if (thresholds)
    lose({ at: [...at, 'thresholds'], message: 'Left out: the format has no gate. Check the result against the thresholds yourself.' })
}

/**
 * Fills in the suite's templates as far as their values are known. Test profile templates stay, because the format has
 * them too.
 */
function filler(scenario: Scenario, at: Path, lose: Exporting['lose']): { all<Value>(value: Value): Value } {
  const { personality } = scenario
  const variables = caseVariables({ scenario, ...(personality && { personality }) })
  const fill = (text: string): string =>
    text.replaceAll(placeholder, (whole, name: string) => {
      if (Object.hasOwn(variables, name)) return String(variables[name] ?? '')
      if (!name.startsWith('test_profile.')) lose({ at, message: `${whole} is not supported there and is spoken literally.` })
      return whole
    })
  const all = (value: unknown): unknown => {
    if (typeof value === 'string') return fill(value)
    if (Array.isArray(value)) return value.map(all)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, all(each)]))
  }
  return { all: value => all(value) as typeof value }
}

function profileOf({ agentVariables, callerVariables, name, key }: TestProfile) {
  return {
    ...(name !== key && { name }),
    ...(Object.keys(agentVariables).length > 0 && { agent_variables: agentVariables }),
    ...(Object.keys(callerVariables).length > 0 && { caller_variables: callerVariables }),
  }
}

function frequencyOf(frequency: Scenario['frequency'], at: Path, lose: Exporting['lose']): number {
  if (typeof frequency === 'number') return frequency
  lose({ at: [...at, 'frequency'], message: `Now always ${frequency.min}: the format cannot repeat until the gate is decided.` })
  return frequency.min
}

function secondsOf(ms: number, at: Path, lose: Exporting['lose']): number {
  const seconds = Math.max(1, Math.ceil(ms / 1000))
  if (seconds * 1000 !== ms) lose({ at: [...at, 'max_duration'], message: `Now ${seconds} s: the format supports only whole seconds.` })
  return seconds
}
