import type { CaseHistory, FailingSince, Flip, PastCase, PastResult, SuiteHistory } from '../../domain/case-history.js'
import type { HistoryLine, PastAgent, PastCounts } from '../../domain/history-line.js'
import { identityText } from '../../domain/identity.js'
import type { CaseKey } from '../../domain/ids.js'
import { jsonEqual } from '../../domain/json-equal.js'
import { underSlug } from '../../domain/request-slug.js'

/**
 * How the cases of one suite fared over its results. The parts of a merged result are left out: it has their conversations. The cases of
 * requests to a server have the keys of the newest request, whatever these were called.
 *
 * @param lines  Of this suite, in any order.
 */
export function historyOf(suite: string, lines: readonly HistoryLine[]): SuiteHistory {
  const merged = new Set(lines.flatMap(({ mergedFrom = [] }) => mergedFrom))
  const own = lines.filter(({ result }) => !merged.has(result)).toSorted(byStart)
  const release = own.findLast(({ isRelease }) => isRelease)
  const newest = own.findLast(({ request }) => request !== undefined)?.request
  const byCase = new Map<CaseKey, PastIn[]>()
  for (const line of own) {
    for (const counts of line.cases) {
      if (counts[2] === 0) continue
      const key = underSlug(counts[0], line.request, newest) as CaseKey
      byCase.set(key, [...(byCase.get(key) ?? []), { line, past: pastCase(line, counts) }])
    }
  }
  const cases = [...byCase].map(([key, past]) => caseHistory(key, past, release))
  return {
    suite,
    results: own.map((line, i) => pastResult(line, own[i - 1])),
    cases: cases.toSorted((a, b) => restlessness(b) - restlessness(a) || (a.key < b.key ? -1 : 1)),
    ...(release && { release: release.result }),
  }
}

interface PastIn {
  readonly line: HistoryLine
  readonly past: PastCase
}

function byStart(a: HistoryLine, b: HistoryLine): number {
  return a.at === b.at ? (a.result < b.result ? -1 : 1) : a.at < b.at ? -1 : 1
}

function pastResult(line: HistoryLine, before: HistoryLine | undefined): PastResult {
  const { result, at, verdict, passed, counted, metrics, isPart, isRelease } = line
  const changed = before ? changesFrom(before, line) : []
  return {
    result,
    at,
    agents: agentsText(line),
    verdict,
    passed,
    counted,
    metrics,
    ...(isPart && { isPart }),
    ...(isRelease && { isRelease }),
    ...(changed.length > 0 && { changed }),
  }
}

function changesFrom(before: HistoryLine, now: HistoryLine): ('agent' | 'suite' | 'bar')[] {
  return [
    ...(jsonEqual(before.agents, now.agents) ? [] : ['agent' as const]),
    ...(before.digests.suite === now.digests.suite ? [] : ['suite' as const]),
    ...(before.digests.bar === now.digests.bar ? [] : ['bar' as const]),
  ]
}

function pastCase({ result, at }: HistoryLine, [, passed, counted, retried, causes]: PastCounts): PastCase {
  const came = passed === counted ? (retried > 0 ? 'mixed' : 'passed') : passed > 0 ? 'mixed' : 'failed'
  return { result, at, came, passed, counted, ...(causes && { causes }) }
}

function caseHistory(key: CaseKey, all: readonly PastIn[], release: HistoryLine | undefined): CaseHistory {
  const flips = all.flatMap(({ line, past }, i): Flip[] => {
    const before = all[i - 1]
    if (!before || before.past.came === past.came) return []
    const { result, at } = line
    const cause = past.came === 'passed' ? undefined : causeSince(all.slice(0, i), past)
    return [{ from: before.past.came, to: past.came, result, at, because: reasonOf(before.line, line), ...(cause && { cause }) }]
  })
  const mixed = all.filter(({ past }) => past.came === 'mixed').length
  const lastFlip = flips.at(-1)
  const failing = all.slice(all.findLastIndex(({ past }) => past.passed === past.counted) + 1)
  const [since] = failing
  return {
    key,
    kind: kindOf(mixed, flips),
    counted: all.reduce((sum, { past }) => sum + past.counted, 0),
    passed: all.reduce((sum, { past }) => sum + past.passed, 0),
    mixed,
    flips: flips.length,
    ...(lastFlip && { lastFlip }),
    ...(since && { failingSince: failingSince(since, failing) }),
    ...(since && release && isNewSince(release, all) && { isNewSinceRelease: true }),
    results: all.map(({ past }) => past),
  }
}

/** @param failing  All since it fails, oldest first. */
function failingSince(since: PastIn, failing: readonly PastIn[]): FailingSince {
  const newest = failing.at(-1)
  const other = failing.findLastIndex(({ past }) => newest && isOfCause(newest.past, past) === false)
  const first = failing[other + 1]
  return { ...placeOf(since), ...(other >= 0 && first && { forThisCause: placeOf(first) }) }
}

function placeOf({ line }: PastIn): Pick<PastResult, 'result' | 'at' | 'agents'> {
  return { result: line.result, at: line.at, agents: agentsText(line) }
}

/** Whether a failure has the cause of the failure before it. */
function causeSince(before: readonly PastIn[], now: PastCase): Flip['cause'] {
  const last = before.findLast(({ past }) => past.passed < past.counted)
  const isSame = last && isOfCause(last.past, now)
  return isSame === undefined ? undefined : isSame ? 'same' : 'other'
}

/** Whether two failures have a cause in common; `undefined` if one is not known. */
function isOfCause(a: PastCase, b: PastCase): boolean | undefined {
  return a.causes && b.causes && a.causes.some(id => b.causes?.includes(id))
}

function kindOf(mixed: number, flips: readonly Flip[]): CaseHistory['kind'] {
  if (mixed > 0 || flips.some(({ because }) => because === 'nothing')) return 'flaky'
  if (flips.filter(({ because }) => because === 'unknown').length > 1) return 'flaky'
  return flips.length > 0 ? 'changed' : 'steady'
}

function isNewSince(release: HistoryLine, all: readonly PastIn[]): boolean {
  const newest = all.at(-1)
  const then = all.find(({ line }) => line === release)
  return newest !== undefined && newest.line.at > release.at && (then === undefined || then.past.came === 'passed')
}

function reasonOf(before: HistoryLine, now: HistoryLine): Flip['because'] {
  const isSuite = before.digests.suite !== now.digests.suite
  if (!jsonEqual(before.agents, now.agents)) return isSuite ? 'agent_and_suite' : 'agent'
  if (isSuite) return 'suite'
  return [...before.agents, ...now.agents].every(isKnown) ? 'nothing' : 'unknown'
}

function isKnown({ identity: { version, digest, dirty } = {}, told }: PastAgent): boolean {
  return !dirty && (version ?? digest ?? told) !== undefined
}

function agentsText({ agents }: HistoryLine): string {
  return agents
    .map(({ key, identity, told }) => [identityText(key, identity), ...(told ? [`told ${told.join(', ')}`] : [])].join(', '))
    .join('; ')
}

function restlessness({ kind, mixed, flips, results }: CaseHistory): number {
  return { flaky: 2, changed: 1, steady: 0 }[kind] + (mixed + flips) / (2 * results.length)
}
