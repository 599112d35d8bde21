import { createInterface } from 'node:readline/promises'
import { readExceptions } from '../app/attest/read-exceptions.js'
import { prepareSignoff, type SignoffRequest } from '../app/attest/signoff-result.js'
import { defaultAdapters } from '../app/registry.js'
import { makeReports } from '../app/write-reports.js'
import { safeLine } from '../domain/safe-text.js'
import { exit, type ExitCode } from './exit.js'
import { orUsageError, signingKey } from './signing.js'
import { hasColour, printWarning, write } from './terminal.js'
import { UsageError } from './usage-error.js'

export interface SignoffFlags extends Pick<SignoffRequest, 'name' | 'role' | 'meaning'> {
  /** File of the private key. */
  readonly key: string
  readonly reject?: boolean
  readonly reason?: string
  readonly exceptions?: string
  readonly validUntil?: string
  readonly allowSameKey?: boolean
  readonly withReviews?: boolean
  readonly sigstore?: boolean
  readonly tsaQuery?: string
  readonly yes?: boolean
}

/** `callsheet signoff`: shows a person the report of a result, and signs what the person decides. */
export async function signoff(name: string, flags: SignoffFlags): Promise<ExitCode> {
  const {
    key,
    name: signer,
    role,
    meaning,
    reject = false,
    reason,
    exceptions,
    validUntil,
    allowSameKey = false,
    withReviews,
    sigstore,
    tsaQuery,
    yes = false,
  } = flags
  if (!yes && !process.stdin.isTTY)
    throw new UsageError('Nobody can be asked here: standard input is no terminal. Read the report, then add --yes.')
  const signing = await signingKey(key)
  const use = await defaultAdapters(process.env)
  const toSign = await orUsageError(() =>
    prepareSignoff(
      name,
      {
        key: signing,
        name: signer,
        role,
        ...(meaning && { meaning }),
        isRejected: reject,
        allowSameKey,
        exceptions: exceptions === undefined ? [] : readExceptions(exceptions),
        ...(reason !== undefined && { reason }),
        ...(validUntil !== undefined && { validUntil }),
        ...(withReviews && { withReviews }),
        ...(sigstore && { sigstore }),
        ...(tsaQuery !== undefined && { tsaQuery }),
      },
      use,
    ),
  )
  if (allowSameKey) printWarning('The key that attested the result may sign it off: --allow-same-key.')
  const { result, agreement } = toSign
  const how = { colour: hasColour(process.stdout), junitPerRun: false, ...(agreement && { agreement }) }
  await makeReports([{ reporter: 'console', to: print }], result, how)
  const id = result.started.result
  if (!yes && !(await agrees(id, `${signer}, ${role}, ${toSign.says}`)))
    throw new UsageError('Not signed: these are not the last four characters of the result.')
  const { says, keyId, files } = await orUsageError(() => toSign.sign())
  const lines = [
    `\nSigned: ${safeLine(signer)}, ${safeLine(role)}, ${says}`,
    `key    SHA256:${keyId}`,
    ...files.map(file => `wrote  ${safeLine(file)}`),
    `Check it with:  callsheet verify ${safeLine(result.place)} --keys keys.yaml`,
  ]
  await write(process.stdout, lines.map(line => `${line}\n`).join(''))
  return exit.passed
}

async function print(text: AsyncIterable<string>): Promise<void> {
  for await (const piece of text) await write(process.stdout, piece)
}

async function agrees(id: string, says: string): Promise<boolean> {
  const questions = createInterface({ input: process.stdin, output: process.stderr })
  try {
    const answer = await questions.question(`\n${safeLine(says)}. To sign this, type the last four characters of ${safeLine(id)}: `)
    return answer.trim() === id.slice(-4)
  } finally {
    questions.close()
  }
}
