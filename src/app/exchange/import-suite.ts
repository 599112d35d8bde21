import { addAll } from '../../domain/add-all.js'
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
  /** Imported in order into one suite. */
  readonly sources: readonly ImportSource[]
  /** ws(s):// or http(s)://. Default: the environment variable AGENT_URL. */
  readonly agentUrl?: string
  /** Path or URL of the schema for editors, from the suite file. */
  readonly schema: string
}

export interface ImportedSuite {
  /** The suite file's text. */
  readonly text: string
  readonly scenarios: number
  /** What the suite format cannot express. */
  readonly losses: readonly ImportFinding[]
  /** What the user should check or complete. */
  readonly warnings: readonly ImportFinding[]
}

/** A finding about one place of an import. */
export interface ImportFinding {
  /** Absent for a conversation from a stored result. */
  readonly span?: Span
  /** The place in words: `scenarios[0].tools[1]`. */
  readonly place: string
  readonly message: string
}

/** Converts test suites, tables and conversations to one suite file, or lists all their mistakes. */
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
    addAll(losses, inOrder(found.losses))
    addAll(warnings, inOrder(found.warnings))
  }
  const surroundings = surroundingsOf(draft, { schema, ...(agentUrl !== undefined && { agentUrl }) })
  return { text: writeSuiteYaml(draft, surroundings), scenarios: draft.scenarios.size, losses: once(losses), warnings: once(warnings) }
}

/** Drops repeated findings: one in the defaults affects many cases. */
function once(findings: readonly ImportFinding[]): ImportFinding[] {
  const byIdentity = new Map(findings.map(each => [`${each.span?.file.path}\0${each.place}\0${each.message}`, each]))
  return [...byIdentity.values()]
}

/** The suite format's limit. */
const mostAtOnce = 100_000

/** Sorts findings in reading order. */
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
