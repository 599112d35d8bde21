import type { Agent, Document, Scenario, TestProfile } from '../../../domain/document.js'
import type { CaseSummary, EntrySummary } from '../../../domain/event.js'
import type { Metric } from '../../../domain/metric.js'
import type { RunRequest } from '../../../domain/run-request.js'
import { callsUs } from '../../../domain/run-numbers.js'
import type { Database, ResultRecord } from '../../../ports/database.js'
import { readDocument } from '../../sealed-document.js'
import { callNumbers, dialWindowOf, type CallNumbers } from './call-numbers.js'
import { createRecent } from './recent.js'
import { notFound } from '../refusal.js'

/** The part of a result that never changes, and what its suite declared when it started. */
export interface ResultContext {
  readonly id: number
  readonly agentId: number
  readonly agentName: string
  readonly request: RunRequest
  readonly firstRun: number
  readonly createdAt: string
  readonly totalRuns: number
  readonly cases: readonly CaseSummary[]
  /** The case of a run, by the run's index. */
  caseOf(index: number): CaseSummary
  /** By key. */
  readonly scenarios: ReadonlyMap<string, Scenario>
  readonly testProfiles: ReadonlyMap<string, TestProfile>
  readonly metrics: ReadonlyMap<string, Metric>
  /** By the run's index. */
  numbersOf(index: number): CallNumbers
  /** How long a run waits for an agent that calls us, in seconds; absent if it does not. */
  readonly dialWindowS?: number
}

/** Finds the context of a result, by project and id. @throws {Refusal} 404 */
export type ContextOf = (project: string, result: number) => Promise<ResultContext>

/** Caches recent contexts, and the suites' declarations, which many results share. */
export function createContexts(database: Pick<Database, 'document' | 'result'>): ContextOf {
  const documents = createRecent<string, Promise<Declared>>(16)
  const contexts = createRecent<string, Promise<ResultContext>>(256)
  const declaredIn = async (digest: string): Promise<Declared> => {
    const body = await database.document(digest)
    return declared(body === undefined ? undefined : readDocument(body))
  }
  const contextOf = async (project: string, id: number): Promise<ResultContext> => {
    const result = await database.result(project, id)
    if (!result) throw notFound()
    const { agents, ...nouns } = await documents.get(result.document, () => declaredIn(result.document))
    const { request } = result
    const agent = agents.get(request.agent)
    return {
      ...fromRecord(result),
      ...nouns,
      numbersOf: index => callNumbers(agent, request, index),
      ...(agent && callsUs(agent) && { dialWindowS: dialWindowOf(agent) }),
    }
  }
  return (project, id) => contexts.get(`${id} ${project}`, () => contextOf(project, id))
}

type Nouns = Pick<ResultContext, 'scenarios' | 'testProfiles' | 'metrics'>

interface Declared extends Nouns {
  readonly agents: ReadonlyMap<string, Agent>
}

function declared(document: Pick<Document, keyof Declared> = { agents: [], scenarios: [], testProfiles: [], metrics: [] }): Declared {
  const { agents, scenarios, testProfiles, metrics } = document
  return { agents: byKey(agents), scenarios: byKey(scenarios), testProfiles: byKey(testProfiles), metrics: byKey(metrics) }
}

function fromRecord({
  id,
  agentId,
  request,
  firstRun,
  createdAt,
  started,
}: ResultRecord): Omit<ResultContext, keyof Nouns | 'numbersOf' | 'dialWindowS'> {
  const { entries } = started.plan
  const cases = casesOf(entries)
  return {
    id,
    agentId,
    agentName: entries[0]?.agent.name ?? request.agent,
    request,
    firstRun,
    createdAt,
    totalRuns: started.plan.totalRuns,
    cases,
    caseOf: index => caseAt(cases, index),
  }
}

function byKey<Noun extends { readonly key: string }>(nouns: readonly Noun[]): Map<string, Noun> {
  return new Map(nouns.map(noun => [noun.key, noun]))
}

/** All cases of a plan, in the order of their runs. */
export function casesOf(entries: readonly EntrySummary[]): readonly CaseSummary[] {
  return entries.flatMap(({ cases }) => cases)
}

/** Finds the last case that begins at or before the run. */
function caseAt(cases: readonly CaseSummary[], index: number): CaseSummary {
  let [low, high] = [0, cases.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((cases[middle]?.firstRun ?? Infinity) <= index) low = middle
    else high = middle - 1
  }
  const found = cases[low]
  if (!found) throw new RangeError(`No case has a run ${index}.`)
  return found
}
