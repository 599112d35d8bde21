import { existsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { journalOf } from '../../adapters/stores/journal-file.js'
import { envelopesFile, type Statement, type TestResult, testResultType, signoffType } from '../../domain/attestation.js'
import { count } from '../../domain/count.js'
import { jsonEqual } from '../../domain/json-equal.js'
import { isRecord } from '../../domain/json-value.js'
import { type Verification, type VerificationLine, verificationOf } from '../../domain/verification.js'
import { StoreError } from '../../ports/store.js'
import { checkRecording } from '../check-recording.js'
import { recounted } from '../finish.js'
import { fileDigest } from '../file-digest.js'
import { isPlainError } from '../plain-error.js'
import type { Adapters } from '../registry.js'
import { findResult } from '../result-place.js'
import { readEnvelopes } from './envelopes.js'
import { recordingsIn, testResultOf } from './test-result.js'
import { isOf, line, signatureLine, type Stated, type VerifyRequest } from './verify-lines.js'
import { checkSignoffs } from './verify-signoffs.js'

/**
 * Checks a signed result, without network: signatures, statements, digests, and that its journal, counted again, says what was attested.
 *
 * @param name  A folder, an id, or a file of envelopes.
 * @throws {StoreError} when there is nothing to check.
 */
export async function verifyResult(
  name: string,
  request: VerifyRequest,
  use: Pick<Adapters, 'store' | 'serverDatabase' | 'clock'>,
): Promise<Verification> {
  const isFile = existsSync(name) && statSync(name).isFile()
  const place = isFile ? dirname(name) : findResult(name, use)
  const path = isFile ? name : join(place, envelopesFile)
  const envelopes = readEnvelopes(path)
  if (envelopes.length === 0) throw new StoreError('not_found', `${path} has no envelopes: nobody has attested or signed that result yet.`)
  const malformed = envelopes.filter(({ statement }) => !statement)
  const attestations = envelopes.filter(isOf<TestResult>(testResultType))
  const journal = await readJournal(place, use)
  const signoffs = checkSignoffs(envelopes, attestations, request, use.clock.date())
  const lines = [
    ...malformed.map(({ number }) => line(`envelope ${number}`, 'no', 'it is not a DSSE envelope with an in-toto statement')),
    ...envelopes
      .filter(({ statement }) => statement && ![testResultType, signoffType].includes(statement.predicateType))
      .map(({ number, statement }) => line(`envelope ${number}`, 'unknown', `nothing is known of its kind, ${statement?.predicateType}`)),
    ...(attestations.length === 0 ? [line('attestation', 'no', 'no machine has attested the result')] : []),
    ...attestations.flatMap(attestation => checkAttestation(attestation, request, journal, signoffs.excepted)),
    ...signoffs.lines,
    ...(await checkRecordings(journal, place)),
  ]
  return verificationOf(lines)
}

interface JournalRead {
  /** SHA-256 of the file; absent if there is none. */
  readonly digest?: string
  readonly result?: Awaited<ReturnType<typeof recounted>>
  /** What the runs come to. */
  readonly statement?: Statement<TestResult>
  readonly problem?: string
}

async function readJournal(place: string, use: Pick<Adapters, 'store'>): Promise<JournalRead> {
  if (!existsSync(journalOf(place))) return {}
  const digest = await fileDigest(journalOf(place))
  try {
    const result = await recounted(await (await use.store()).read(place), place)
    if (result.contradiction !== undefined) return { digest, result, problem: `it contradicts itself: ${result.contradiction}` }
    return { digest, result, statement: await testResultOf(result, digest) }
  } catch (cause) {
    if (isPlainError(cause)) return { digest, problem: cause.message }
    throw cause
  }
}

function checkAttestation(
  attestation: Stated<TestResult>,
  request: VerifyRequest,
  journal: JournalRead,
  excepted: string | undefined,
): VerificationLine[] {
  const { statement } = attestation
  if (!isTestResult(statement.predicate)) return [line('attestation', 'no', 'its statement lacks a result, a configuration or tests')]
  const { result, configuration, failedTests } = statement.predicate
  const configured = (name: string): string | undefined => configuration.find(each => each.name === name)?.digest?.['sha256']
  const failed = `${result}: ${count(failedTests.length, 'case')} failed`
  const verdict = excepted === undefined ? failed : `${failed}; ${excepted}`
  return [
    signatureLine('attestation', attestation, request.keys),
    line('verdict', result === 'FAILED' && excepted === undefined ? 'no' : 'yes', verdict),
    ...checkArtifact(statement, request),
    ...checkJournal(attestation, configured('journal.jsonl'), journal),
    ...checkSuite(configuration[0]?.digest?.['sha256'], configured('thresholds'), request),
  ]
}

function isTestResult(value: unknown): value is TestResult {
  if (!isRecord(value)) return false
  const { result, configuration, failedTests } = value
  const isKnown = result === 'PASSED' || result === 'WARNED' || result === 'FAILED'
  return isKnown && Array.isArray(configuration) && configuration.every(isRecord) && Array.isArray(failedTests)
}

function checkArtifact({ subject }: Statement, { artifact }: VerifyRequest): VerificationLine[] {
  if (artifact === undefined) return []
  const digests = subject.flatMap(({ digest }) => Object.entries(digest).map(([algorithm, hex]) => `${algorithm}:${hex}`))
  const isIt = digests.includes(artifact)
  return [line('artifact', isIt ? 'yes' : 'no', isIt ? artifact : `the result is of ${digests.join(', ')}, not of ${artifact}`)]
}

function checkJournal(
  { statement }: Stated<TestResult>,
  attested: string | undefined,
  { digest, statement: counted, problem }: JournalRead,
): VerificationLine[] {
  if (digest === undefined) return [line('journal', 'unknown', 'there is no journal.jsonl beside the envelopes')]
  const isSame = digest === attested
  const recount = (): VerificationLine => {
    if (problem !== undefined) return line('recount', 'no', problem)
    const isEqual = counted !== undefined && jsonEqual(statement, JSON.parse(JSON.stringify(counted)))
    return line(
      'recount',
      isEqual ? 'yes' : 'no',
      isEqual ? 'its runs come to what was attested' : 'its runs come to something else than was attested',
    )
  }
  return [
    line(
      'journal',
      isSame ? 'yes' : 'no',
      isSame ? `sha256:${digest}` : `it is another one than was attested, ${attested ?? 'which has no digest'}`,
    ),
    recount(),
  ]
}

function checkSuite(suite: string | undefined, bar: string | undefined, { suite: today }: VerifyRequest): VerificationLine[] {
  if (!today) return []
  return [
    line('suite', suite === today.suite ? 'yes' : 'no', suite === today.suite ? 'as it is today' : 'the suite has changed since'),
    line('bar', bar === today.bar ? 'yes' : 'no', bar === today.bar ? 'as it is today' : 'the thresholds have changed since'),
  ]
}

async function checkRecordings({ result }: JournalRead, place: string): Promise<VerificationLine[]> {
  const lines: VerificationLine[] = []
  let intact = 0
  for (const recording of result ? await recordingsIn(result) : []) {
    const check = await checkRecording(recording, place)
    if (check.status === 'intact') intact += 1
    else if (check.status === 'elsewhere') lines.push(line('recording', 'unknown', `${check.url} is kept elsewhere`))
    else lines.push(line('recording', check.status === 'altered' ? 'no' : 'unknown', check.message))
  }
  return intact > 0 ? [line('recordings', 'yes', `${count(intact, 'file')} as in the journal`), ...lines] : lines
}
