import { Document, isCollection, isMap, isNode, isScalar, isSeq, visit } from 'yaml'
import type { Node, Scalar } from 'yaml'
import type { Connection, Model, Suite } from '../../domain/generated/suite.js'
import type { Note, SuiteDraft } from './suite-draft.js'

/** The parts of a suite file around its scenarios. */
export interface Surroundings {
  /** The address of the schema, for editors. */
  readonly schema: string
  /** The agent's connection, and a comment about it. Values can read the environment: `${AGENT_URL}`. */
  readonly connection: Connection
  readonly connectionNote: string
  readonly models?: { readonly caller?: Model; readonly judge?: Model }
  readonly modelsNote?: string
}

/** Writes a suite file in the layout a person would use, with comments where something needs attention. */
export function writeSuiteYaml(draft: SuiteDraft, surroundings: Surroundings): string {
  const { models, connection } = surroundings
  const { name = 'Imported', description, personalities, testProfiles, scenarios } = draft
  const sections = Object.entries({
    version: 1,
    suite: literal({ name, ...(description && { description }) }),
    models,
    agents: { agent: { connection } },
    personalities: literal(personalities),
    test_profiles: literal(testProfiles),
    scenarios: literal(scenarios),
    limits: limitsOf(draft),
  } satisfies Record<Exclude<keyof Suite, Unwritten>, unknown>)
  const document = new Document(new Map(sections.filter(([, section]) => section !== undefined && !isEmpty(section))))
  lay(document)
  visit(document, {
    Scalar: (_key, node) => {
      if (typeof node.value === 'string' && needsQuotes(node.value)) node.type = 'QUOTE_DOUBLE'
    },
  })
  for (const [place, note] of draft.notes) comment(document, place.split('.'), note)
  comment(document, ['agents', 'agent', 'connection'], { before: surroundings.connectionNote })
  if (surroundings.modelsNote) comment(document, ['models'], { before: surroundings.modelsNote })
  const text = document.toString({ lineWidth: 120, flowCollectionPadding: true }).trimEnd()
  return `# yaml-language-server: $schema=${oneLine(surroundings.schema)}\n${text}\n`
}

/** Text that reads the environment needs quotes, and so does text that starts or ends with white space. */
function needsQuotes(text: string): boolean {
  return !text.includes('\n') && (text.includes('${') || text.trim() !== text)
}

/** Sections that no import fills. */
type Unwritten =
  | 'recordings'
  | 'recording_format'
  | 'telephony'
  | 'include'
  | 'metrics'
  | 'prices'
  | 'caller_check'
  | 'secrets'
  | 'judge_controls'
  | 'runs'
  | 'thresholds'
  | 'retries'
  | 'waivers'

/** The default limit of runs in a suite. */
const defaultMaxRuns = 2000

function limitsOf({ concurrency, scenarios }: SuiteDraft): Suite['limits'] {
  const runs = [...scenarios.values()].reduce((sum, { frequency = 1 }) => sum + (typeof frequency === 'number' ? frequency : 1), 0)
  if (concurrency === undefined && runs <= defaultMaxRuns) return undefined
  return { ...(concurrency !== undefined && { concurrency }), ...(runs > defaultMaxRuns && { max_runs: runs }) }
}

function isEmpty(section: unknown): boolean {
  return section instanceof Map && section.size === 0
}

/** Escapes text: in a suite, `${NAME}` reads the environment, and `$${` stands for `${`. */
function literal(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('\r\n', '\n').replaceAll('${', () => '$${')
  if (Array.isArray(value)) return value.map(literal)
  if (value instanceof Map) return new Map([...value].map(([key, each]) => [key, literal(each)]))
  if (typeof value !== 'object' || value === null) return value
  return new Map(Object.entries(value).map(([key, each]) => [key, literal(each)]))
}

/** Puts small values on one line, and blank lines between sections and between scenarios. */
function lay({ contents }: Document): void {
  for (const [index, { key, value }] of pairsOf(contents).entries()) {
    const name = nameOf(key)
    if (index > 1) key.spaceBefore = true
    if (name === 'scenarios') for (const { key: scenario } of pairsOf(value).slice(1)) scenario.spaceBefore = true
    if (name === 'personalities') for (const { value: personality } of pairsOf(value)) flatten(personality)
    layWithin(key, value)
  }
}

/** Values that go on one line if they are short. */
const small = new Set('suite limits caller judge connection tags metrics caller_variables agent_variables tool_called not turns'.split(' '))
const widest = 100

function layWithin(key: Node | undefined, node: Node | null): void {
  if (key && small.has(nameOf(key))) flatten(node)
  for (const pair of pairsOf(node)) layWithin(pair.key, pair.value)
  if (isSeq(node)) for (const item of node.items) layWithin(undefined, item as Node)
}

function flatten(node: Node | null): void {
  if (isCollection(node) && JSON.stringify(node.toJSON()).length <= widest) node.flow = true
}

function comment(document: Document, [first = '', ...rest]: readonly string[], { before, behind }: Note): void {
  let pair = pairsOf(document.contents).find(({ key }) => nameOf(key) === first)
  for (const name of rest) pair = pairsOf(pair?.value).find(({ key }) => nameOf(key) === name)
  if (!pair) return
  if (before !== undefined) pair.key.commentBefore = [pair.key.commentBefore, commentOf(before)].filter(Boolean).join('\n')
  if (behind !== undefined && isNode(pair.value)) pair.value.comment = commentOf(behind)
}

/** One comment line per line of text. */
function commentOf(text: string): string {
  return text
    .split('\n')
    .map(line => ` ${oneLine(line)}`)
    .join('\n')
}

/** A comment ends with its line, so line breaks and control characters become spaces. */
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]/gu, ' ').toWellFormed()
}

/** The entries of a map as this file builds them: every key and value is a node. */
function pairsOf(node: unknown): { readonly key: Scalar; readonly value: Node | null }[] {
  return isMap<Scalar, Node | null>(node) ? node.items : []
}

function nameOf(key: Node): string {
  return isScalar(key) ? String(key.value) : ''
}
