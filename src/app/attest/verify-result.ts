import { existsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { envelopesFile, isTestResult, type Statement, type TestResult, testResultType, signoffType } from '../../domain/attestation.js'
import { count } from '../../domain/count.js'
import { isAtHead, limitCodes, limitText } from '../../domain/limit.js'
import { type Verification, type VerificationLine, verificationOf } from '../../domain/verification.js'
import { StoreError } from '../../ports/store.js'
import type { Adapters } from '../registry.js'
import { findResult } from '../result-place.js'
import { readEnvelopes } from './envelopes.js'
import { checkJournal, checkRecordings, type JournalRead, readJournal } from './verify-journal.js'
import { isOf, line, signatureLine, type Stated, type VerifyRequest } from './verify-lines.js'
import { checkTimestamps } from './timestamps.js'
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
  const signoffs = checkSignoffs({ envelopes, attestations, place }, request, use.clock.date())
  const ofMachines: VerificationLine[] = []
  for (const attestation of attestations) ofMachines.push(...(await checkAttestation(attestation, request, journal, signoffs.excepted)))
  const lines = [
    ...malformed.map(({ number }) => line(`envelope ${number}`, 'no', 'it is not a DSSE envelope with an in-toto statement')),
    ...envelopes
      .filter(({ statement }) => statement && ![testResultType, signoffType].includes(statement.predicateType))
      .map(({ number, statement }) => line(`envelope ${number}`, 'unknown', `nothing is known of its kind, ${statement?.predicateType}`)),
    ...(attestations.length === 0 ? [line('attestation', 'no', 'no machine has attested the result')] : []),
    ...ofMachines,
    ...signoffs.lines,
    ...checkTimestamps(path, envelopes, request.authorities ?? []),
    ...(await checkRecordings(journal)),
  ]
  return verificationOf(lines)
}

async function checkAttestation(
  attestation: Stated<TestResult>,
  request: VerifyRequest,
  journal: JournalRead,
  excepted: string | undefined,
): Promise<VerificationLine[]> {
  const { statement } = attestation
  if (!isTestResult(statement.predicate)) return [line('attestation', 'no', 'its statement lacks a result, a configuration or tests')]
  const { result, configuration, failedTests, callsheet_limits: limits } = statement.predicate
  const configured = (name: string): string | undefined => configuration.find(each => each.name === name)?.digest?.['sha256']
  const failed = `${result}: ${count(failedTests.length, 'case')} failed`
  const verdict = [excepted === undefined ? failed : `${failed}; ${excepted}`, ...limitsAtHead(limits, journal)].join('. ')
  return [
    signatureLine('attestation', attestation, request.keys),
    line('verdict', result === 'FAILED' && excepted === undefined ? 'no' : 'yes', verdict),
    ...checkArtifact(statement, request),
    ...(await checkJournal(statement, configured('journal.jsonl'), journal)),
    ...checkSuite(configuration[0]?.digest?.['sha256'], configured('thresholds'), request),
  ]
}

/** What the result is not, as a part of its suite: who releases by it must not take it for the whole. */
function limitsAtHead(codes: unknown, { result }: JournalRead): string[] {
  const known = result?.report.limits ?? []
  return limitCodes
    .filter(code => isAtHead({ code }) && Array.isArray(codes) && codes.includes(code))
    .map(code => {
      const found = known.find(limit => limit.code === code)
      return found ? limitText(found).replace(/\.$/, '') : code
    })
}

function checkArtifact({ subject }: Statement, { artifact }: VerifyRequest): VerificationLine[] {
  if (artifact === undefined) return []
  const digests = subject.flatMap(({ digest }) => Object.entries(digest).map(([algorithm, hex]) => `${algorithm}:${hex}`))
  const isIt = digests.includes(artifact)
  return [line('artifact', isIt ? 'yes' : 'no', isIt ? artifact : `the result is of ${digests.join(', ')}, not of ${artifact}`)]
}

function checkSuite(suite: string | undefined, bar: string | undefined, { suite: today }: VerifyRequest): VerificationLine[] {
  if (!today) return []
  return [
    line('suite', suite === today.suite ? 'yes' : 'no', suite === today.suite ? 'as it is today' : 'the suite has changed since'),
    line('bar', bar === today.bar ? 'yes' : 'no', bar === today.bar ? 'as it is today' : 'the thresholds have changed since'),
  ]
}
