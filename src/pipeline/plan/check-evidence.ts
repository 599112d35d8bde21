import type { Assertion } from '../../domain/assertion.js'
import { leavesOf, type LeafAssertion } from '../../domain/assertion-leaves.js'
import { traitsOf, type Evidence } from '../../domain/connection.js'
import { showsEvidence } from '../../domain/connection-facts.js'
import type { CutOff } from '../../domain/cut-off.js'
import { diagnose, type Diagnostic } from '../../domain/diagnostic.js'
import type { Agent, Scenario } from '../../domain/document.js'
import type { Metric } from '../../domain/metric.js'
import { pickedTools } from '../../domain/mock-tool.js'

/**
 * Reports assertions and metrics about evidence that the agent's connection never shows: no recorded tool call proves
 * nothing if tool calls are never visible.
 */
export function* checkEvidence(scenario: Scenario, agent: Agent, metrics: readonly Metric[]): Generator<Diagnostic> {
  const { connection, key } = agent
  const { type } = connection
  const report = (evidence: Evidence, at: Diagnostic['at']): Diagnostic => {
    const canShow = traitsOf[type].shows[evidence] !== 'never'
    return diagnose('CHANNEL_CANNOT_SHOW', { scenario: scenario.key, agent: key, type, evidence, canShow }, at)
  }

  for (const assertion of scenario.expect) {
    for (const evidence of evidenceOf(assertion)) {
      if (!shows(agent, evidence)) yield report(evidence, assertion.at)
    }
    for (const cutOff of cutOffsIn(assertion)) {
      if (traitsOf[type].cutOffs.includes(cutOff)) continue
      yield diagnose('CHANNEL_CANNOT_TELL', { scenario: scenario.key, agent: key, type, cutOff }, assertion.at)
    }
  }
  for (const metric of metrics.filter(({ key: name }) => scenario.metrics.includes(name))) {
    for (const evidence of evidenceOfMetric(metric)) {
      if (!shows(agent, evidence)) yield report(evidence, scenario.at)
    }
    if (metric.source.kind === 'judge' && metric.source.usesKnowledge && agent.knowledge.length === 0) {
      yield diagnose('KNOWLEDGE_NONE', { metric: metric.key, agent: key }, agent.at)
    }
  }
}

function cutOffsIn(assertion: Assertion): CutOff[] {
  return leavesOf(assertion).flatMap(({ assertion: leaf }) => (leaf.kind === 'cut_off' ? leaf.by : []))
}

function shows({ connection, mockTools }: Agent, evidence: Evidence): boolean {
  // Callsheet serves the mock tools itself, so it sees their calls on any connection.
  if (evidence === 'tool_calls' && pickedTools(mockTools).length > 0) return true
  return showsEvidence(connection, evidence)
}

function evidenceOf(assertion: Assertion): Evidence[] {
  return leavesOf(assertion).flatMap(leaf => evidenceOfLeaf(leaf.assertion))
}

function evidenceOfLeaf(leaf: LeafAssertion): Evidence[] {
  switch (leaf.kind) {
    case 'tool_called':
      return ['tool_calls']
    case 'metadata':
      return ['metadata']
    case 'ended_by':
      return leaf.by === 'agent' ? ['end'] : []
    default:
      return []
  }
}

function evidenceOfMetric({ source, trigger }: Metric): Evidence[] {
  const before = trigger?.kind === 'assertion' ? evidenceOf(trigger.assertion) : []
  if (source.kind === 'tool_called') return [...before, 'tool_calls']
  if (source.kind === 'metadata') return [...before, 'metadata']
  return source.kind === 'builtin' && source.builtin === 'tool_call_success' ? [...before, 'tool_calls'] : before
}
