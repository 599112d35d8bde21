import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pLimit from 'p-limit'
import type { PrivateKey } from '../../../adapters/attest/keys.js'
import { envelopesFile, type Signoff, signersFile, signoffType, testResultType } from '../../../domain/attestation.js'
import { jsonEqual } from '../../../domain/json-equal.js'
import { reviewsFile } from '../../../domain/review.js'
import type { ShownSignature } from '../../../domain/shown-signature.js'
import type { FailedCheck, SignPage, TypedException, TypedSignoff } from '../../../domain/signoff-form.js'
import type { Waiver } from '../../../domain/waiver.js'
import { readWaiver } from '../../../domain/waiver-problems.js'
import type { Database, ResultRecord } from '../../../ports/database.js'
import { attestResult } from '../../attest/attest-result.js'
import { type EnvelopeLine, readEnvelopes } from '../../attest/envelopes.js'
import { readSigningKey } from '../../attest/read-signing-key.js'
import { failedChecks } from '../../attest/refuse-exceptions.js'
import { AttestRefused } from '../../attest/refused.js'
import { shownSignatures } from '../../attest/shown-signatures.js'
import { prepareSignoff } from '../../attest/signoff-result.js'
import { isOf } from '../../attest/verify-lines.js'
import { recounted } from '../../finish.js'
import type { Adapters } from '../../registry.js'
import { keptText } from '../answer/kept-text.js'
import { withSavedCopy } from '../answer/saved-copy.js'
import type { Project } from '../catalogue/catalogue.js'
import type { ServedProject } from '../projects.js'
import { Refusal } from '../refusal.js'

/** Who may sign results of a project. Their private keys stay on the server. */
export interface Signer {
  readonly name: string
  readonly roles: readonly string[]
  readonly key: PrivateKey
}

/** Lets people sign off results that are over. */
export interface Signing {
  /** @param keyHash  Of the API key that a person has signed in with. */
  signerOf(project: Project, keyHash: string | undefined): Signer | undefined
  /** What a person is asked. @throws {Refusal} 400 for a result that is not over. */
  page(record: ResultRecord, signer: Signer, given: Pick<SignPage, 'head' | 'formToken' | 'refused'>): Promise<SignPage>
  /** Attests the result, if that is yet to be done, and keeps the sign-off. @throws {AttestRefused} when it may not be signed. */
  sign(record: ResultRecord, signer: Signer, typed: TypedSignoff): Promise<void>
}

export type SigningUse = Pick<Adapters, 'store' | 'clock'> & { readonly database: Database }

/** Files of the keys that the server signs with. */
export interface SigningKeys {
  readonly projects: readonly ServedProject[]
  /** The server's own, which attests what people then sign. */
  readonly attest: string | undefined
  readonly passphrase: string | undefined
}

/** @throws {AttestRefused} when a key cannot be used. @throws {StoreError} when one cannot be read. */
export function createSigning(use: SigningUse, { projects, attest, passphrase }: SigningKeys): Signing {
  const own = attest === undefined ? undefined : readSigningKey(attest, passphrase)
  const signers = new Map(
    projects.flatMap(({ project, signers: all }) =>
      all.map(({ apiKey, signKey, name, roles }) => [
        `${project.key} ${apiKey}`,
        { name, roles, key: readSigningKey(signKey, passphrase) },
      ]),
    ),
  )
  // One after another, so that what is sent twice is signed once.
  const oneByOne = pLimit(1)
  return {
    signerOf: (project, keyHash) => (own ? signers.get(`${project.key} ${keyHash}`) : undefined),
    async page(record, { name, roles }, given) {
      return { id: record.id, name: record.request.name, signer: { name, roles }, failed: await failedIn(record, use), ...given }
    },
    async sign(record, signer, typed) {
      const exceptions = exceptionsOf(typed, await failedIn(record, use))
      await oneByOne(() =>
        withSavedCopy(record.id, use, place => signCopy(place, { ...typed, exceptions }, { signer, attest: own!, id: record.id }, use)),
      )
    },
  }
}

/** What failed in a result, for which a person can answer; nothing if its gate passed. */
async function failedIn(record: ResultRecord, { database }: SigningUse): Promise<readonly FailedCheck[]> {
  if (!record.report) throw new Refusal(400, { detail: 'The result is not over yet. Sign it once it is.' })
  if (record.report.gate.verdict !== 'failed') return []
  return failedChecks(await recounted(await database.read(record.id), String(record.id)))
}

/** @throws {AttestRefused} when one lacks something. */
function exceptionsOf({ exceptions, decision }: TypedSignoff, failed: readonly FailedCheck[]): Waiver[] {
  if (decision === 'reject') return []
  return failed.flatMap(({ what, cases }, i) => {
    const typed = exceptions[i]
    if (!typed || isEmpty(typed)) return []
    const { evenMustPass, ...texts } = typed
    return cases.map(key => {
      const waiver = readWaiver({ case: key, check: what, ...texts, even_must_pass: evenMustPass }, i + 1)
      if (typeof waiver === 'string') throw new AttestRefused(waiver)
      return waiver
    })
  })
}

function isEmpty({ reason, issue, owner, expires }: TypedException): boolean {
  return [reason, issue, owner, expires].every(text => text === '')
}

type Decided = Omit<TypedSignoff, 'exceptions'> & { readonly exceptions: readonly Waiver[] }

async function signCopy(
  place: string,
  { role, decision, meaning, reason, validUntil, exceptions }: Decided,
  { signer, attest, id }: { readonly signer: Signer; readonly attest: PrivateKey; readonly id: number },
  { database, ...use }: SigningUse,
): Promise<void> {
  const withReviews = (await database.linesOf(id, reviewsFile)).length > 0
  const envelopes = join(place, envelopesFile)
  if (!readEnvelopes(envelopes).some(isOf(testResultType))) await attestResult(place, { key: attest, withReviews }, use)
  const isRejected = decision === 'reject'
  const toSign = await prepareSignoff(
    place,
    {
      key: signer.key,
      name: signer.name,
      role,
      meaning: isRejected ? 'rejection' : meaning,
      isRejected,
      exceptions,
      allowSameKey: false,
      withReviews,
      ...(reason !== '' && { reason }),
      ...(validUntil !== '' && { validUntil }),
    },
    use,
  )
  if (readEnvelopes(envelopes).some(line => isSame(line, toSign.predicate))) return
  toSign.sign()
  for (const line of (await addedTo(place, envelopesFile, database, id)).split('\n')) await database.keepLine(id, envelopesFile, line)
  const keys = await addedTo(place, signersFile, database, id)
  if (keys !== '') await database.keepLine(id, signersFile, keys)
}

/** Whether it is signed already, at another time. */
function isSame(line: EnvelopeLine, predicate: Signoff): boolean {
  return isOf<Signoff>(signoffType)(line) && jsonEqual({ ...line.statement.predicate, signedAt: '' }, { ...predicate, signedAt: '' })
}

/** What a file of a saved copy has that the server does not, without the line break at its end. */
async function addedTo(place: string, file: string, database: Database, id: number): Promise<string> {
  return readFileSync(join(place, file), 'utf8')
    .slice((await keptText(database, id, file)).length)
    .trimEnd()
}

/** What people signed of a result of the server. */
export async function signaturesOf(
  result: number,
  use: Pick<Adapters, 'store'> & { readonly database: Database },
): Promise<readonly ShownSignature[]> {
  if ((await use.database.linesOf(result, envelopesFile)).length === 0) return []
  return withSavedCopy(result, use, shownSignatures)
}
