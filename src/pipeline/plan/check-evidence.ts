import type { Assertion } from '../../domain/assertion.js'
import { diagnose, type Diagnostic } from '../../domain/diagnostic.js'
import type { Agent, Connection, Scenario } from '../../domain/document.js'
import type { Metric } from '../../domain/metric.js'

/** What of an agent's doings an assertion or a metric looks at, beside its words. */
type Evidence = 'tool_calls' | 'metadata' | 'end'

/**
 * Finds what a scenario asks about and its agent's connection never shows: that no tool was called proves nothing where
 * no tool call is ever seen.
 */
export function* checkEvidence(scenario: Scenario, agent: Agent, metrics: readonly Metric[]): Generator<Diagnostic> {
  const { connection, key } = agent
  const report = (evidence: Evidence, at: Diagnostic['at']): Diagnostic =>
    diagnose('CHANNEL_CANNOT_SHOW', { scenario: scenario.key, agent: key, type: connection.type, evidence }, at)

  for (const assertion of scenario.expect) {
    for (const evidence of evidenceOf(assertion)) {
      if (!shows(connection, evidence)) yield report(evidence, assertion.at)
    }
  }
  for (const { source } of metrics.filter(metric => scenario.metrics.includes(metric.key))) {
    const evidence = evidenceOfMetric(source)
    if (evidence && !shows(connection, evidence)) yield report(evidence, scenario.at)
  }
}

function shows(connection: Connection, evidence: Evidence): boolean {
  switch (connection.type) {
    case 'http':
      return connection[evidence] !== undefined
    case 'openai':
      return evidence === 'tool_calls'
    default:
      return true
  }
}

function evidenceOf(assertion: Assertion): Evidence[] {
  switch (assertion.kind) {
    case 'tool_called':
      return ['tool_calls']
    case 'metadata':
      return ['metadata']
    case 'ended_by':
      return assertion.by === 'agent' ? ['end'] : []
    case 'not':
      return evidenceOf(assertion.assertion)
    case 'all':
    case 'any':
      return assertion.assertions.flatMap(evidenceOf)
    default:
      return []
  }
}

function evidenceOfMetric(source: Metric['source']): Evidence | undefined {
  if (source.kind === 'tool_called') return 'tool_calls'
  if (source.kind === 'metadata') return 'metadata'
  return source.kind === 'builtin' && source.builtin === 'tool_call_success' ? 'tool_calls' : undefined
}
