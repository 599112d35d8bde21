import { createHash } from 'node:crypto'
import {
  type AttestedLine,
  type ResourceDescriptor,
  type Statement,
  statementType,
  type Subject,
  type TestResult,
  testResultType,
} from '../../domain/attestation.js'
import { buildDigest } from '../../domain/identity.js'
import type { Outcome } from '../../domain/outcome.js'
import type { Recording } from '../../domain/recording.js'
import type { CaseReport, GateLine } from '../../domain/report.js'
import { reviewsFile } from '../../domain/review.js'
import type { FinishedResult } from '../../ports/reporter.js'
import type { BoundReviews } from '../review/bound-reviews.js'

/**
 * What a machine can say of a result: which agents it tested, against which suite and bar, and what came of it. The same result gives the
 * same statement.
 *
 * @param journal  SHA-256 of its journal, hexadecimal. @param reviews  What people said of its judge; absent if that is left out.
 */
export async function testResultOf(result: FinishedResult, journal: string, reviews?: BoundReviews): Promise<Statement<TestResult>> {
  const { started, report } = result
  const { context } = started
  const { passed, warned, failed } = testsOf(result)
  const url = context?.ci?.url
  return {
    _type: statementType,
    subject: subjectsOf(result, journal),
    predicateType: testResultType,
    predicate: {
      result: wordFor(result, warned.length > 0),
      configuration: await configurationOf(result, journal, reviews),
      ...(url !== undefined && { url }),
      passedTests: passed,
      warnedTests: warned,
      failedTests: failed,
      callsheet_result: { id: started.result, startedAt: report.startedAt, endedAt: report.endedAt },
      callsheet_totals: report.totals,
      callsheet_gate: report.gate.lines.map(numbersOf),
      callsheet_limits: report.limits.map(({ code }) => code),
      ...(context && { callsheet_context: context }),
      ...(reviews && { callsheet_reviews: reviews.agreement }),
    },
  }
}

/** The agents by their digests. One of a tree with changes, or without a digest, is known only by the journal. */
function subjectsOf({ started }: FinishedResult, journal: string): Subject[] {
  const agents = [...new Map(started.plan.entries.map(({ agent }) => [agent.key, agent])).values()]
  const known = agents.flatMap(({ key, identity = {} }): Subject[] => {
    const build = buildDigest(identity)
    return build ? [{ name: key, ...(identity.uri !== undefined && { uri: identity.uri }), digest: { [build.algorithm]: build.hex } }] : []
  })
  return known.length === agents.length ? known : [...known, { name: 'journal.jsonl', digest: { sha256: journal } }]
}

function wordFor({ report }: FinishedResult, hasWarnings: boolean): TestResult['result'] {
  const { waived } = report
  const isExcepted = report.gate.verdict === 'failed' && waived?.allowed === true && waived.verdict === 'passed'
  if (isExcepted) return 'WARNED'
  if (report.gate.verdict !== 'passed' || report.stopped === 'cancelled' || report.stopped === 'crashed') return 'FAILED'
  return hasWarnings ? 'WARNED' : 'PASSED'
}

interface Tests {
  readonly passed: string[]
  readonly warned: string[]
  readonly failed: string[]
}

/** The keys of cases. What failed within the bar, was flaky or undecided is a warning. A case that did not run is none of them. */
function testsOf({ report }: FinishedResult): Tests {
  const tests: Tests = { passed: [], warned: [], failed: [] }
  for (const own of report.entries.flatMap(({ cases }) => cases)) {
    const { totals, key } = own
    const hasFailed = totals.failed + totals.agent_error > 0
    if (hasFailed) tests[report.gate.verdict === 'passed' ? 'warned' : 'failed'].push(key)
    else if (isDoubtful(own)) tests.warned.push(key)
    else if (totals.passed > 0) tests.passed.push(key)
  }
  return tests
}

function isDoubtful({ totals, decision }: CaseReport): boolean {
  return totals.flaky + totals.infra_error + totals.caller_invalid + totals.unscored > 0 || decision?.verdict === 'undecided'
}

function numbersOf({ required: _, measured: _measured, because: _because, ...line }: GateLine): AttestedLine {
  return line
}

async function configurationOf(result: FinishedResult, journal: string, reviews: BoundReviews | undefined): Promise<ResourceDescriptor[]> {
  const { started, report } = result
  const { judge } = started.plan
  const recordings = await recordingsIn(result)
  return [
    { name: started.suite.file, digest: { sha256: started.digests.suite } },
    { name: 'thresholds', digest: { sha256: started.digests.bar } },
    { name: 'journal.jsonl', digest: { sha256: journal }, mediaType: 'application/jsonl' },
    ...(judge
      ? [
          {
            name: 'judge',
            uri: `urn:callsheet:model:${encodeURIComponent(judge.model)}`,
            annotations: {
              model: judge.model,
              ...(judge.temperature !== undefined && { temperature: judge.temperature }),
              votes: judge.votes,
              controls: `${(report.controls ?? []).filter(({ holds }) => holds === 'yes').length} of ${report.controls?.length ?? 0}`,
              ...(reviews && { agreement: `${reviews.agreement.agreed} of ${reviews.agreement.answers}` }),
            },
          },
        ]
      : []),
    { name: 'callsheet', uri: `pkg:npm/callsheet@${started.callsheet}` },
    ...(reviews ? [{ name: reviewsFile, digest: { sha256: reviews.digest }, mediaType: 'application/jsonl' }] : []),
    ...(recordings.length > 0 ? [{ name: 'recordings', digest: { sha256: manifestDigest(recordings) } }] : []),
  ]
}

/** Every recording that the journal names, in plan order. */
export async function recordingsIn({ runs }: Pick<FinishedResult, 'runs'>): Promise<Recording[]> {
  const found: Recording[] = []
  for await (const batch of runs()) {
    for (const { outcome, earlier } of batch)
      for (const each of [...earlier.map(attempt => attempt.outcome), outcome]) found.push(...of(each))
  }
  return found
}

function of(outcome: Outcome): Recording[] {
  const recording = 'transcript' in outcome ? outcome.transcript.sound?.recording : undefined
  return recording ? [recording] : []
}

/** As `sha256sum` lists them. */
function manifestDigest(recordings: readonly Recording[]): string {
  const lines = recordings.map(({ sha256, path }) => `${sha256}  ${path}\n`)
  return createHash('sha256').update(lines.join('')).digest('hex')
}
