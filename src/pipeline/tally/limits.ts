import { traitsOf } from '../../domain/connection.js'
import type { PlanSummary, SuiteEvent, SuiteStarted } from '../../domain/event.js'
import { buildDigest, toldVersion } from '../../domain/identity.js'
import { fewRepeats, limitCodes, smallNumber, type Limit } from '../../domain/limit.js'
import { cutPartsOf } from '../../domain/merged-from.js'
import type { Outcome } from '../../domain/outcome.js'
import type { Report } from '../../domain/report.js'
import type { Verdict } from '../../domain/verdict.js'

/** What a result does not show. */
export interface Limits {
  add(event: SuiteEvent): void
  /** Answers that the judge voted on, and those on which its votes disagreed; absent if it never voted. */
  votes(): Report['votes']
  /** The versions that agents told; absent if none told any. */
  toldVersions(): Report['toldVersions']
  /** In the order of {@link limitCodes}. */
  report(report: Pick<Report, 'totals' | 'entries' | 'stopped'>, others?: readonly Limit[]): Limit[]
}

/** @param agentOf  Key of a run's agent. */
export function createLimits(started: SuiteStarted, agentOf: (run: number) => string): Limits {
  const { plan } = started
  const votes = new Map<number, { readonly answers: number; readonly split: number }>()
  const versions = declaredVersions(plan)
  const heard = new Map<string, Set<string>>()
  let resumed = 0
  const tell = (agent: string, version: string | undefined): void => {
    if (version !== undefined) versions.set(agent, (versions.get(agent) ?? new Set()).add(version))
  }
  const hear = (agent: string, version: string | undefined): void => {
    tell(agent, version)
    if (version !== undefined) heard.set(agent, (heard.get(agent) ?? new Set()).add(version))
  }

  const votesCast = (): Report['votes'] => {
    const all = [...votes.values()]
    const answers = sum(all.map(each => each.answers))
    return answers === 0 ? undefined : { answers, split: sum(all.map(({ split }) => split)) }
  }

  return {
    votes: votesCast,
    toldVersions() {
      const all = [...heard].map(([agent, own]) => ({ agent, versions: [...own].toSorted() }))
      return all.length === 0 ? undefined : all.toSorted((a, b) => (a.agent < b.agent ? -1 : 1))
    },
    add(event) {
      if (event.type === 'suite.resumed') {
        resumed += 1
        for (const [agent, { version, digest }] of Object.entries(event.identities ?? {})) tell(agent, version ?? digest)
      }
      if (event.type !== 'run.ended') return
      const agent = agentOf(event.index)
      hear(agent, event.agentVersion)
      for (const { outcome } of event.earlier) hear(agent, versionIn(outcome))
      if ('verdict' in event.outcome) votes.set(event.index, votesIn(event.outcome.verdict))
      else votes.delete(event.index)
    },
    report(report, others = []) {
      const cast = votesCast()
      const changed = [...versions].filter(([, told]) => told.size > 1).map(([agent, told]) => `${agent} ${[...told].join(', ')}`)
      const limits: Limit[] = [
        ...cutOff(started, report),
        ...ofStart(started),
        ...ofRuns(report),
        ...others,
        ...(changed.length > 0 ? [{ code: 'AGENT_CHANGED', names: changed } as const] : []),
        ...(started.mergedFrom?.overlap === 'rerun' ? [{ code: 'RERUN', count: report.totals.flaky } as const] : []),
        ...(resumed > 0 ? [{ code: 'RESUMED', count: resumed } as const] : []),
        ...(cast && cast.split > 0 ? [{ code: 'SPLIT_VOTES', count: cast.split, of: cast.answers } as const] : []),
      ]
      return limits.toSorted((a, b) => limitCodes.indexOf(a.code) - limitCodes.indexOf(b.code))
    },
  }
}

/** Versions by agent. An agent that tells another one than its suite is another agent. */
function declaredVersions({ entries }: PlanSummary): Map<string, Set<string>> {
  const declared = entries.flatMap(({ agent }) =>
    agent.identity?.version === undefined ? [] : [[agent.key, agent.identity.version] as const],
  )
  return new Map(declared.map(([key, version]) => [key, new Set([version])]))
}

function versionIn(outcome: Outcome): string | undefined {
  return 'transcript' in outcome ? toldVersion(outcome.transcript) : undefined
}

function votesIn({ outcome, metrics }: Verdict): { readonly answers: number; readonly split: number } {
  const onClaims = (outcome?.claims ?? []).flatMap(({ votes }) => (votes ? [Object.values(votes).filter(times => times > 0).length] : []))
  const onMetrics = metrics.flatMap(({ votes }) => (votes ? [new Set(votes).size] : []))
  const answers = [...onClaims, ...onMetrics]
  return { answers: answers.length, split: answers.filter(different => different > 1).length }
}

/** What is known before the first call. */
function ofStart({ plan, options, cassette, rescoredFrom, mergedFrom, changed, redacted }: SuiteStarted): Limit[] {
  const { shard, ...others } = options as { readonly shard?: { readonly nth: number; readonly of: number } }
  const filters = ['tags', 'filter', 'cases', 'frequency'].filter(name => name in others)
  const agents = [...new Map(plan.entries.map(({ agent }) => [agent.key, agent])).values()]
  const silent = agents.filter(({ channel }) => traitsOf[channel].floor !== 'speech')
  const unknown = agents.filter(({ identity }) => buildDigest(identity) === undefined)
  const cases = plan.entries.flatMap(entry => entry.cases)
  const scripted = cases.filter(({ scenario }) => !scenario.ownWords)
  return [
    ...(shard ? [{ code: 'SHARD', count: shard.nth, of: shard.of } as const] : []),
    ...(filters.length > 0 ? [{ code: 'FILTERED', names: filters } as const] : []),
    ...(mergedFrom
      ? [{ code: 'MERGED', count: mergedFrom.parts.length, ...(mergedFrom.allowed && { names: mergedFrom.allowed }) } as const]
      : []),
    ...(changed?.bar ? [{ code: 'BAR_CHANGED', names: [changed.result] } as const] : []),
    ...(changed?.suite ? [{ code: 'SUITE_CHANGED', names: [changed.result] } as const] : []),
    ...(redacted ? [{ code: 'SECRETS_REDACTED', names: redacted } as const] : []),
    ...(rescoredFrom === undefined ? [] : [{ code: 'RESCORED', names: [rescoredFrom] } as const]),
    ...(cassette?.mode === 'replayed' ? [{ code: 'MODELS_REPLAYED', names: [cassette.file] } as const] : []),
    ...(scripted.length > 0 ? [{ code: 'SCRIPTED_CALLERS', count: scripted.length, of: cases.length } as const] : []),
    ...(silent.length > 0 ? [{ code: 'TEXT_ONLY', names: silent.map(({ key }) => key) } as const] : []),
    ...(plan.judge && !plan.controls?.length ? [{ code: 'NO_JUDGE_CONTROLS' } as const] : []),
    ...(unknown.length > 0 ? [{ code: 'NO_AGENT_DIGEST', names: unknown.map(({ key }) => key) } as const] : []),
  ]
}

/** Why runs did not happen; where all did, the parts of a merged result whose journals have no end. */
function cutOff({ mergedFrom }: SuiteStarted, { totals, stopped }: Pick<Report, 'totals' | 'stopped'>): Limit[] {
  if (!stopped) return []
  const names = totals.not_run > 0 ? [stopped] : cutPartsOf(mergedFrom)
  return [{ code: 'CUT_OFF', count: totals.not_run, ...(names.length > 0 && { names }) }]
}

function ofRuns({ totals, entries }: Pick<Report, 'totals' | 'entries'>): Limit[] {
  const counted = totals.passed + totals.failed + totals.agent_error
  const inconclusive = totals.infra_error + totals.caller_invalid + totals.unscored
  const cases = entries.flatMap(entry => entry.cases)
  const few = cases.filter(({ totals: own }) => own.passed + own.failed + own.agent_error <= fewRepeats)
  return [
    ...(inconclusive > 0 ? [{ code: 'INCONCLUSIVE', count: inconclusive, of: totals.runs } as const] : []),
    ...(few.length > 0 ? [{ code: 'FEW_REPEATS', count: few.length, of: cases.length } as const] : []),
    ...(counted < smallNumber ? [{ code: 'SMALL_N', count: counted } as const] : []),
  ]
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0)
}
