import { writeCsv } from '../../adapters/exchange/csv/write-csv.js'
import { exportCase } from '../../adapters/exchange/export-cases.js'
import type { Loss } from '../../adapters/exchange/finding.js'
import { showPath, type Path } from '../../adapters/exchange/path.js'
import { most } from '../../adapters/exchange/test-suite/test-suite.js'
import { writeTestSuite } from '../../adapters/exchange/test-suite/write-test-suite.js'
import { describeCause } from '../../domain/cause.js'
import { diagnose, type Diagnostic } from '../../domain/diagnostic.js'
import type { Agent, Document, RunEntry, Scenario } from '../../domain/document.js'
import type { PlannedEntry } from '../../domain/plan.js'
import type { Span } from '../../domain/source.js'
import type { Thresholds } from '../../domain/thresholds.js'
import { describe } from '../../pipeline/score/checks/describe.js'
import { createWording } from '../../pipeline/score/wording.js'
import type { ImportFinding } from './import-suite.js'
import type { Prepared } from '../plan-document.js'

export type ExportKind = 'test-suite' | 'csv'

export interface ExportedSuite {
  readonly text: string
  readonly scenarios: number
  /** What the target format cannot express. */
  readonly losses: readonly ImportFinding[]
}

/**
 * Converts a suite to a JSON test suite or a table.
 *
 * @param agent  Key of an agent. Exports only what runs with it, in the order of the runs.
 */
export function exportSuite(
  prepared: Prepared,
  kind: ExportKind,
  agent: string | undefined,
): ExportedSuite | { readonly diagnostics: readonly Diagnostic[] } {
  const { document, mask } = prepared
  const entries = prepared.plan.entries.filter(each => agent === undefined || each.agent.key === agent)
  if (agent !== undefined && entries.length === 0) {
    const known = [...new Set(prepared.plan.entries.map(each => each.agent.key))]
    return { diagnostics: [diagnose('EXPORT_AGENT_UNKNOWN', { agent, known })] }
  }
  const scenarios = agent === undefined ? document.scenarios : scenariosOf(entries, document)

  const losses: ImportFinding[] = []
  const locate = locator(prepared)
  const lose = ({ at, message }: Loss): void => void losses.push({ ...locate(at), message })
  for (const loss of surroundings(
    prepared,
    entries.map(({ entry }) => entry),
  ))
    lose(loss)
  const plain = scenarios.map(scenario => exportCase(scenario, { lose, describe: assertion => describe(assertion, createWording(mask)) }))
  const { name, description, metrics, limits } = document
  const concurrency = entries.map(({ entry }) => entry.concurrencyLimit).find(each => each !== undefined) ?? limits.concurrency
  const plainFacts = {
    name,
    metrics,
    ...(description !== undefined && { description }),
    ...(concurrency !== defaultConcurrency && { concurrency }),
  }
  // Before it is quoted: quoting changes a secret.
  const [cases, facts] = [mask.strings(plain), mask.strings(plainFacts)]
  const text = kind === 'csv' ? writeCsv(cases, lose) : `${JSON.stringify(writeTestSuite(cases, facts, lose), null, 2)}\n`
  if (cases !== plain || facts !== plainFacts)
    lose({ at: ['suite'], message: 'Secrets are replaced by [redacted ...] in the text. Search for it.' })
  if (kind === 'test-suite' && Buffer.byteLength(text) > most.bytes) {
    lose({ at: ['suite'], message: 'The document is larger than 1 MiB and will be refused. Split the suite.' })
  }
  return { text, scenarios: scenarios.length, losses: inOrder(losses.map(loss => ({ ...loss, message: mask.text(loss.message) }))) }
}

/** The scenarios of run entries as the suite declares them, in the order of the runs: the plan adapts them to calls. */
function scenariosOf(entries: readonly PlannedEntry[], { scenarios }: Document): readonly Scenario[] {
  const declared = new Map(scenarios.map(scenario => [scenario.key, scenario]))
  const keys = new Set(entries.flatMap(({ cases }) => cases.map(({ scenario }) => scenario.key)))
  return [...keys].flatMap(key => declared.get(key) ?? [])
}

/** A suite's concurrency where it declares none. */
const defaultConcurrency = 10

/** Agents, runs and the gate: the target format has no place for them. */
function* surroundings({ document }: Prepared, entries: readonly RunEntry[]): Generator<Loss> {
  for (const each of new Set(entries.map(({ agent }) => agent))) yield agentLoss(each)
  for (const entry of entries) yield* entryLosses(entry)
  if (asksForSomething(document.thresholds)) {
    yield { at: ['thresholds'], message: 'Left out: the format has no gate. Check the result against the thresholds yourself.' }
  }
  for (const { key } of document.controls) {
    yield { at: ['judge_controls', key], message: 'Left out: the format has no judge controls.' }
  }
}

function agentLoss({ key, id }: Agent): Loss {
  const named = id === undefined ? 'by its id there' : `by its id, ${id}`
  return { at: ['agents', key], message: `Left out: the request names the agent, ${named}. Its connection is configured there.` }
}

function* entryLosses({
  name,
  personalities,
  testProfiles,
  frequency,
  thresholds,
  mode,
  outboundPhoneNumber,
  agentNumber,
}: RunEntry): Generator<Loss> {
  const at: Path = ['runs', name]
  if (personalities.length > 0)
    yield { at: [...at, 'personalities'], message: 'Left out: in the format, each case has its own personality.' }
  if (testProfiles.length > 0)
    yield { at: [...at, 'test_profiles'], message: 'Left out: in the format, each case has its own test profile.' }
  if (frequency !== undefined)
    yield { at: [...at, 'frequency'], message: 'Left out: set frequency in the request. It multiplies the frequencies of the cases.' }
  if (thresholds && asksForSomething(thresholds)) yield { at: [...at, 'thresholds'], message: 'Left out: the format has no gate.' }
  if (mode !== 'same_number') yield { at: [...at, 'mode'], message: 'Left out: it belongs in the request.' }
  if (outboundPhoneNumber !== undefined) yield { at: [...at, 'outbound_phone_number'], message: 'Left out: it belongs in the request.' }
  if (agentNumber !== undefined) yield { at: [...at, 'agent_number'], message: 'Left out: it belongs in the request.' }
}

function asksForSomething({ metrics, ...rules }: Thresholds): boolean {
  return metrics.length > 0 || Object.values(rules).some(rule => rule !== undefined)
}

/** Locates a path in the suite as closely as known. */
function locator({ document }: Prepared): (at: Path) => { readonly span?: Span; readonly place: string } {
  const scenarios = new Map(document.scenarios.map(scenario => [scenario.key, scenario]))
  const others = { agents: document.agents, judge_controls: document.controls }
  return at => {
    const [section, key, ...within] = at
    const place = showPath(at)
    if (section === 'scenarios' || section === undefined) {
      const scenario = scenarios.get(String(key))
      return { place, ...(scenario && { span: spanIn(scenario, within) }) }
    }
    const found = Object.hasOwn(others, section) ? others[section as keyof typeof others].find(each => each.key === key) : undefined
    const entry = section === 'runs' ? document.entries.find(each => each.name === key) : undefined
    const span = found?.at ?? entry?.at
    return { place, ...(span && { span }) }
  }
}

function spanIn({ at, expect, behaviour }: Scenario, [field, index]: Path): Span {
  if (field === 'expect' && typeof index === 'number') return expect[index]?.at ?? at
  const steps = behaviour.kind === 'script' ? behaviour.script.steps : []
  return steps.find(({ cause }) => describeCause(cause) === field)?.at ?? at
}

/** Sorts by file and position; what has no position comes last. */
function inOrder(losses: readonly ImportFinding[]): ImportFinding[] {
  const files = [...new Set(losses.map(({ span }) => span?.file))].filter(file => file !== undefined)
  const rank = ({ span }: ImportFinding): number => (span ? files.indexOf(span.file) : files.length)
  return losses.toSorted((a, b) => rank(a) - rank(b) || (a.span?.start ?? 0) - (b.span?.start ?? 0))
}
