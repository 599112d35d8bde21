import type { Named } from '../../domain/document.js'
import type { PlanSummary } from '../../domain/event.js'
import type { Plan, PlannedCase, PlannedEntry } from '../../domain/plan.js'
import { locate } from '../../domain/source.js'

/** The plan as reports need it: plain data, with no scripts and no connections in it. */
export function summarise(plan: Plan): PlanSummary {
  const { seed, totalRuns, thresholds, limits, entries } = plan
  return {
    seed,
    totalRuns,
    thresholds,
    ...(limits.maxFailures !== undefined && { maxFailures: limits.maxFailures }),
    entries: entries.map(summariseEntry),
  }
}

function summariseEntry({ index, slug, entry, agent, cases }: PlannedEntry): PlanSummary['entries'][number] {
  return {
    index,
    name: entry.name,
    slug,
    agent: {
      ...named(agent),
      ...(agent.version !== undefined && { version: agent.version }),
      channel: agent.connection.type,
    },
    ...(entry.thresholds && { thresholds: entry.thresholds }),
    cases: cases.map(summariseCase),
  }
}

function summariseCase(planned: PlannedCase): PlanSummary['entries'][number]['cases'][number] {
  const { index, key, repeats, firstRun, scenario, personality, testProfile } = planned
  return {
    index,
    key,
    repeats,
    firstRun,
    scenario: {
      ...named(scenario),
      ...(scenario.folder !== undefined && { folder: scenario.folder }),
      tags: scenario.tags,
      metrics: scenario.metrics,
      file: scenario.at.file.path,
      line: locate(scenario.at.file, scenario.at.start).line,
      ...(scenario.thresholds && { thresholds: scenario.thresholds }),
    },
    ...(personality && { personality: named(personality) }),
    ...(testProfile && { testProfile: named(testProfile) }),
  }
}

function named({ key, id, name }: Named): { key: string; id?: number; name: string } {
  return { key, ...(id !== undefined && { id }), name }
}
