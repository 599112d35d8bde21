import type { SuiteStarted } from '../../../domain/event.js'
import { wordCassette, wordJudge } from '../model-words.js'
import { safeLine } from '../../../domain/safe-text.js'
import type { CaseFindings } from './findings.js'

export type Property = readonly [name: string, value: string | number]

/** Facts about a case. */
export function propertiesOf(findings: CaseFindings, { plan: { judge }, cassette }: SuiteStarted): Property[] {
  const { entry, case: planned, counts, repeat, means, endings, flaky } = findings
  const { scenario, personality, testProfile } = planned
  const properties: [name: string, value: string | number | undefined][] = [
    ['run', repeat === undefined ? runKeys(planned.key, planned.repeats) : `${planned.key}#${repeat}`],
    ['agent', entry.agent.key],
    ['agent_version', entry.agent.identity?.version],
    ['scenario', scenario.key],
    ['scenario_id', scenario.id],
    ['file', scenario.file],
    ['line', scenario.line],
    ['personality', personality?.key],
    ['test_profile', testProfile?.key],
    ['pass_rate', `${counts.passed}/${repeat === undefined ? planned.repeats : 1}`],
    ['ended_reason', endings.size === 0 ? undefined : [...endings].join(', ')],
    ['judge', judge && wordJudge(judge)],
    ['models', cassette && wordCassette(cassette)],
    ['flaky', flaky === 0 ? undefined : flaky],
    ...[...means].map(([name, { sum, count }]): [string, number] => [`metric.${name}`, Number((sum / count).toFixed(3))]),
  ]
  return properties.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))
}

/** A property in a form that many tools read in `system-out`. */
export function propertyLine([name, value]: Property): string {
  return `[[PROPERTY|${inLine(name)}=${inLine(String(value))}]]`
}

/** A file in a form that GitLab and Jenkins read in `system-out`, relative to the folder of the project. */
export function attachmentLine(path: string): string {
  return `[[ATTACHMENT|${inLine(path)}]]`
}

function inLine(text: string): string {
  return safeLine(text).replaceAll(']]', '] ]')
}

function runKeys(key: string, repeats: number): string {
  return repeats === 1 ? `${key}#1` : `${key}#1 to #${repeats}`
}
