import { diagnose, type Diagnostic } from '../../domain/diagnostic.js'
import type { Document } from '../../domain/document.js'
import type { PlannedCase } from '../../domain/plan.js'
import type { PlanOptions } from '../../domain/plan-options.js'
import { shownAddress } from '../../domain/shown-address.js'

type FilteredCase = Pick<PlannedCase, 'key' | 'scenario'>

/** Reports options that match nothing: a typing mistake must not silently leave something out. */
export function* checkOptions(options: PlanOptions, document: Document, cases: readonly FilteredCase[]): Generator<Diagnostic> {
  const { tags, filter, agents, cases: wanted } = options
  for (const tag of tags ?? []) {
    if (!document.scenarios.some(scenario => scenario.tags.includes(tag))) yield findsNothing('tag', tag)
  }
  for (const text of filter ?? []) {
    if (!cases.some(each => matchesFilter(each, text))) yield findsNothing('filter', text)
  }
  for (const key of wanted ?? []) {
    if (!cases.some(each => each.key === key)) yield diagnose('OPTION_CASE_GONE', { key })
  }
  const known = document.agents.map(({ key }) => key)
  for (const [key, address] of Object.entries(agents ?? {})) {
    if (known.includes(key)) continue
    // An address whose key was forgotten is split at a `=` of its own.
    const named = /[/:@?]/.test(key) ? shownAddress(`${key}=${address}`) : key
    yield diagnose('OPTION_AGENT_UNKNOWN', { key: named, known })
  }
}

/** Whether a case has the text in its key or its scenario's name. A run key pasted from a report matches its case. */
export function matchesFilter({ key, scenario }: FilteredCase, text: string): boolean {
  const wanted = text.toLowerCase().replace(/#\d+$/, '')
  return wanted !== '' && `${key}\n${scenario.name}`.toLowerCase().includes(wanted)
}

function findsNothing(option: string, text: string): Diagnostic {
  return diagnose('OPTION_FINDS_NOTHING', { option: `${option} ${JSON.stringify(text)}` })
}
