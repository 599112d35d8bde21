import { draftCases } from '../../adapters/exchange/draft-cases.js'
import type { Loss } from '../../adapters/exchange/finding.js'
import { createDraft, type SuiteDraft } from '../../adapters/exchange/suite-draft.js'
import { writeSuiteYaml } from '../../adapters/exchange/suite-yaml.js'
import { draftConversation } from '../../adapters/exchange/transcript/draft-conversation.js'
import type { Diagnostic } from '../../domain/diagnostic.js'
import { judgedMetrics } from '../../domain/judged-metrics.js'
import { builtinMetrics } from '../../domain/metric.js'
import type { Span } from '../../domain/source.js'
import type { ImportKind, ImportSource, ReadImport } from './import-source.js'
import { surroundingsOf } from './import-surroundings.js'
import { readImport } from './read-import.js'
import { tidyText } from './tidy-text.js'

export type { ImportKind, ImportSource }

export interface ImportRequest {
  /** What is imported, in order, into one suite. */
  readonly sources: readonly ImportSource[]
  /** ws(s):// or http(s)://; where it is left out, the environment's AGENT_URL. */
  readonly agentUrl?: string
  /** Where an editor finds the schema, from the suite file. */
  readonly schema: string
}

export interface ImportedSuite {
  /** Of the suite file. */
  readonly text: string
  readonly scenarios: number
  /** What could not be carried over as it was. */
  readonly losses: readonly ImportFinding[]
  /** What the importer has to see to. */
  readonly warnings: readonly ImportFinding[]
}

/** Something about a place of what was imported. */
export interface ImportFinding {
  /** Absent of a conversation that was taken from a result. */
  readonly span?: Span
  /** The place in words: `scenarios[0].tools[1]`. */
  readonly place: string
  readonly message: string
}

/** Makes a suite file of test suites, tables and conversations; or says all that is wrong with them. */
export async function importSuite({
  sources,
  agentUrl,
  schema,
}: ImportRequest): Promise<ImportedSuite | { readonly diagnostics: readonly Diagnostic[] }> {
  const read = await Promise.all(sources.map(readImport))
  const diagnostics = read.flatMap(each => each.diagnostics)
  if (diagnostics.length > 0) return { diagnostics }

  const draft = createDraft()
  const losses: ImportFinding[] = []
  const warnings: ImportFinding[] = []
  const canGreet = !/^https?:/i.test(agentUrl ?? '')
  for (const each of read) {
    const found = draftSource(each, draft, canGreet)
    losses.push(...inOrder(found.losses))
    warnings.push(...inOrder(found.warnings))
  }
  const surroundings = surroundingsOf(draft, { schema, ...(agentUrl !== undefined && { agentUrl }) })
  return { text: writeSuiteYaml(draft, surroundings), scenarios: draft.scenarios.size, losses: once(losses), warnings: once(warnings) }
}

/** What is true of many cases, because the defaults say so, is told once. */
function once(findings: readonly ImportFinding[]): ImportFinding[] {
  const byIdentity = new Map(findings.map(each => [`${each.span?.file.path}\0${each.place}\0${each.message}`, each]))
  return [...byIdentity.values()]
}

/** What a suite accepts. */
const mostAtOnce = 100_000

/** As a reader comes by them. */
function inOrder(findings: readonly ImportFinding[]): ImportFinding[] {
  return findings.toSorted((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0))
}

interface SourceFindings {
  readonly losses: readonly ImportFinding[]
  readonly warnings: readonly ImportFinding[]
}

function draftSource(read: ReadImport, draft: SuiteDraft, canGreet: boolean): SourceFindings {
  const { cases, conversations, suite, defaultName, locate } = read
  const losses: ImportFinding[] = []
  const warnings: ImportFinding[] = []
  const lose = ({ at, message }: Loss): void => void losses.push({ ...locate(at), message })
  for (const loss of read.losses) lose(loss)
  draft.name ??= suite?.name?.trim() ? suite.name : defaultName
  if (suite?.description) draft.description ??= suite.description
  if (read.concurrency !== undefined) draft.concurrency = Math.min(mostAtOnce, Math.max(draft.concurrency ?? 0, read.concurrency))
  draftCases(cases, read.casesAt, { draft, tidy: tidyText, lose, canGreet, isKnownMetric: isSuiteMetric })
  for (const [index, conversation] of conversations.entries()) {
    draftConversation(conversation, {
      draft,
      lose,
      canGreet,
      name: conversations.length > 1 ? `${defaultName} ${index + 1}` : defaultName,
      source: read.source,
      warn: (at, what) => void warnings.push({ ...locate(at), message: `This looks like ${what}. Check that it is not personal data.` }),
    })
  }
  if (conversations.length > 0) {
    warnings.push({ place: read.source, message: 'A real conversation may contain personal data. Read it before you commit it.' })
  }
  return { losses, warnings }
}

/** Whether a scenario may list a metric that the suite does not declare. */
function isSuiteMetric(name: string): boolean {
  return builtinMetrics.some(each => each === name) || Object.hasOwn(judgedMetrics, name)
}
