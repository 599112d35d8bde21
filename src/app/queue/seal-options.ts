import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import type { PlanOptions } from '../../domain/plan-options.js'
import { addressesOf, type RunRequest } from '../../domain/run-request.js'
import { secretsOf } from '../request-secrets.js'

/** Options that may leave this process. */
export interface SealedOptions {
  /** The options without possible secrets. */
  readonly options: PlanOptions
  /** The secrets, encrypted: AES-256-GCM, base64url. Absent if there are none. */
  readonly secrets?: string
}

/** The part of a request or command line that says how to reach an agent. It may contain credentials. */
type Access = Partial<Pick<RunRequest, 'reach'>> & Pick<PlanOptions, 'agents'>

/** The environment variable with the secret that servers and workers share. */
export const secretName = 'CALLSHEET_SECRET'

/** Why options cannot leave this process; `undefined` if they can. A request's secrets are never sent in clear. */
export function refuseClearSecrets({ request }: PlanOptions, secret: string | undefined): string | undefined {
  if (secret || !request || secretsOf(request).length === 0) return undefined
  return `This server cannot pass on headers, nor the user, password or query of an address: it shares no secret with its workers. Send none of these, or have its operator set ${secretName}.`
}

/** @param secret  Shared with workers; without it nothing is encrypted. */
export function sealOptions(all: PlanOptions, secret: string | undefined): SealedOptions {
  const { agents, request, ...options } = all
  const bringsAddresses = request !== undefined && addressesOf(request).length > 0
  const access: Access = { ...(agents && { agents }), ...(bringsAddresses && { reach: request.reach }) }
  if (!secret || Object.keys(access).length === 0) return { options: all }
  const shown: RunRequest | undefined = bringsAddresses ? { ...request, reach: { kind: 'own' } } : request
  return { options: { ...options, ...(shown && { request: shown }) }, secrets: encrypt(JSON.stringify(access), secret) }
}

/** @returns `undefined` when this process lacks the secret that sealed the options. */
export function openOptions({ options, secrets }: SealedOptions, secret: string | undefined): PlanOptions | undefined {
  if (secrets === undefined) return options
  const text = secret ? decrypt(secrets, secret) : undefined
  if (text === undefined) return undefined
  const { agents, ...reached } = JSON.parse(text) as Access
  return { ...options, ...(agents && { agents }), ...(options.request && { request: { ...options.request, ...reached } }) }
}

const algorithm = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16

function encrypt(text: string, secret: string): string {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv(algorithm, keyOf(secret), nonce)
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')
}

function decrypt(sealed: string, secret: string): string | undefined {
  const bytes = Buffer.from(sealed, 'base64url')
  try {
    const decipher = createDecipheriv(algorithm, keyOf(secret), bytes.subarray(0, nonceBytes), { authTagLength: tagBytes })
    decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes))
    return Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]).toString('utf8')
  } catch {
    return undefined
  }
}

function keyOf(secret: string): Buffer {
  return createHash('sha256').update(`callsheet jobs\0${secret}`).digest()
}
