import { count } from '../../domain/count.js'
import type { PlanSummary, RunEnded } from '../../domain/event.js'
import { createSeenTools } from './seen-tools.js'
import { metadataCheck, metadataSetting } from '../../domain/denied-metadata.js'
import { resolvePointer } from '../../domain/json-pointer.js'
import type { Outcome } from '../../domain/outcome.js'
import type { PointerCount } from '../../domain/pointer-count.js'
import type { LeftOutMessages, UnresolvedPointer } from '../../domain/report.js'

/** What the pointers of the agents' connections, and those of checks into their metadata, have found in a whole result. */
export interface Pointers {
  /** Counts a run's attempts. If a run ends again, the messages left out at its last end count. */
  add(run: RunEnded): void
  /** Whether anything rests on a pointer that found nothing. */
  readonly isUnresolved: boolean
  /** The pointers of a run's agent that found nothing: by setting, a sentence. */
  unresolvedFor(run: number): ReadonlyMap<string, string>
  /** All pointers that found nothing and on which runs rest. */
  report(): readonly UnresolvedPointer[]
  /** The messages that nobody read, by agent and pointer. */
  leftOut(): readonly LeftOutMessages[]
  /** Sentences about pointers that found nothing though a judge decided runs, and about tools that are probably mistyped. */
  warnings(): readonly string[]
}

interface PointerTally {
  /** What verdicts that rest on it name. */
  readonly reliance: string
  readonly setting: string
  readonly pointer: string
  answers: number
  found: number
  /** By run. */
  readonly leftOut: Map<number, number>
  /** By run. */
  readonly unread: Map<number, number>
  /** Indexes of runs that rest on it; cleared once it has found something. */
  readonly runs: Set<number>
  /** Indexes of runs that a judge decided; cleared once it has found something. */
  readonly judged: Set<number>
}

export function createPointers({ entries }: PlanSummary): Pointers {
  const agents = new Map<string, Map<string, PointerTally>>()
  const ends = endsOf(entries)
  const denied = new Map<string, Set<string>>()
  for (const { agent, deniedMetadata = [] } of entries) {
    denied.set(agent.key, new Set([...(denied.get(agent.key) ?? []), ...deniedMetadata]))
  }
  const tools = createSeenTools({ entries })
  /** The runs of each entry follow those of the entry before. */
  const agentOf = (run: number): string => ends.find(({ end }) => run < end)?.agent ?? ''

  const talliesOf = (agent: string): Map<string, PointerTally> => {
    let tallies = agents.get(agent)
    if (!tallies) agents.set(agent, (tallies = new Map()))
    return tallies
  }
  const countPointer = (tallies: Map<string, PointerTally>, run: number, of: PointerCount): void => {
    const { setting, pointer, answers, found, leftOut = 0, unread = 0 } = of
    const key = `${setting} ${pointer}`
    const reliance = setting === metadataCheck ? metadataSetting(pointer) : setting
    let own = tallies.get(key)
    if (!own) {
      const none = { answers: 0, found: 0, leftOut: new Map(), unread: new Map(), runs: new Set<number>(), judged: new Set<number>() }
      tallies.set(key, (own = { reliance, setting, pointer, ...none }))
    }
    own.answers += answers
    own.found += found
    if (leftOut > 0) own.leftOut.set(run, (own.leftOut.get(run) ?? 0) + leftOut)
    if (unread > 0) own.unread.set(run, (own.unread.get(run) ?? 0) + unread)
    if (own.found === 0) return
    own.runs.clear()
    own.judged.clear()
  }
  const countAttempt = (agent: string, tallies: Map<string, PointerTally>, run: number, outcome: Outcome): void => {
    if (!('transcript' in outcome)) return
    const { pointers = [], metadata } = outcome.transcript
    tools.add(agent, outcome.transcript)
    for (const each of pointers) countPointer(tallies, run, each)
    for (const pointer of denied.get(agent) ?? []) {
      const found = Number(resolvePointer(metadata, pointer) !== undefined)
      countPointer(tallies, run, { setting: metadataCheck, pointer, answers: 1, found })
    }
  }
  const unresolved = (agent: string): PointerTally[] =>
    [...(agents.get(agent)?.values() ?? [])].filter(({ found, runs }) => found === 0 && runs.size > 0)
  const all = (): readonly (PointerTally & { agent: string })[] =>
    [...agents.keys()].flatMap(agent => unresolved(agent).map(each => ({ agent, ...each })))

  return {
    add({ index, outcome, earlier }) {
      const agent = agentOf(index)
      const tallies = talliesOf(agent)
      for (const { leftOut, unread } of tallies.values()) {
        leftOut.delete(index)
        unread.delete(index)
      }
      for (const attempt of earlier) countAttempt(agent, tallies, index, attempt.outcome)
      countAttempt(agent, tallies, index, outcome)
      if (!('verdict' in outcome) || !hasUnfound(tallies)) return
      const { checks, metrics } = outcome.verdict
      const isJudged = outcome.verdict.outcome !== undefined || metrics.some(({ explanation }) => explanation !== undefined)
      const relied = new Set([...checks, ...metrics].flatMap(({ relies = [] }) => relies))
      for (const own of tallies.values()) {
        if (own.found > 0) continue
        if (relied.has(own.reliance)) own.runs.add(index)
        if (isJudged && shownToJudges.has(own.setting)) own.judged.add(index)
      }
    },
    get isUnresolved() {
      return all().length > 0
    },
    unresolvedFor(run) {
      const agent = agentOf(run)
      return new Map(unresolved(agent).map(each => [each.reliance, sentenceOf({ agent, ...each })]))
    },
    report: () => all().map(({ agent, setting, pointer, answers, runs }) => ({ agent, setting, pointer, answers, runs: runs.size })),
    warnings: () => [
      ...[...agents].flatMap(([agent, tallies]) =>
        [...tallies.values()]
          .filter(({ found, runs, judged }) => found === 0 && runs.size === 0 && judged.size > 0)
          .map(
            own =>
              `${sentenceOf({ agent, ...own })}, and a judge decided ${count(own.judged.size, 'run')} without it. Correct the pointer.`,
          ),
      ),
      ...[...agents].flatMap(([agent, tallies]) =>
        [...tallies.values()].flatMap(({ pointer, unread }) => unreadSentence(agent, pointer, sum(unread.values()))),
      ),
      ...tools.warnings(),
    ],
    leftOut: () =>
      [...agents].flatMap(([agent, tallies]) =>
        [...tallies.values()].flatMap(({ pointer, leftOut }) => {
          const messages = sum(leftOut.values())
          return messages > 0 ? { agent, pointer, messages } : []
        }),
      ),
  }
}

function unreadSentence(agent: string, pointer: string, texts: number): string[] {
  if (texts === 0) return []
  const where = `under keys that are not read, in what connection.reply (${pointer}) points to`
  return [`Agent ${agent} sent ${count(texts, 'text')} ${where}, so no check saw ${texts === 1 ? 'it' : 'them'}. Send all words as text.`]
}

/** The agent of each entry, and the index after its last run. */
function endsOf(entries: PlanSummary['entries']): readonly { readonly agent: string; readonly end: number }[] {
  return entries.map(({ agent, cases }) => ({
    agent: agent.key,
    end: cases.reduce((most, { firstRun, repeats }) => Math.max(most, firstRun + repeats), 0),
  }))
}

function hasUnfound(tallies: ReadonlyMap<string, PointerTally>): boolean {
  for (const { found } of tallies.values()) if (found === 0) return true
  return false
}

/** Settings that give what a judge sees beside the words. Without them it decides as if there were nothing to see. */
const shownToJudges: ReadonlySet<string> = new Set(['tool_calls', 'end'])

function sum(counts: Iterable<number>): number {
  let total = 0
  for (const each of counts) total += each
  return total
}

/** `tool_calls: /result/calls was found in none of 40 answers of agent clinic` */
function sentenceOf({ agent, setting, pointer, answers }: PointerTally & { readonly agent: string }): string {
  const among = count(answers, setting === metadataCheck ? 'conversation' : 'answer')
  return `${setting}: ${pointer === '' ? '""' : pointer} was found in none of ${among} of agent ${agent}`
}
