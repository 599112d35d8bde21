import { withoutByteOrderMark } from '../domain/json-value.js'
import { readFileSync } from 'node:fs'
import { X509Certificate } from 'node:crypto'
import { parseEnv } from 'node:util'
import type { Environment } from '../domain/environment.js'
import { UsageError } from './usage-error.js'

/**
 * The process's environment and, below it, the files. A later file overrides an earlier one; the process overrides both.
 * Certificates to trust add up instead: Node has read the process's own.
 */
export function readEnvironment(files: readonly string[] = []): Environment {
  const own = Object.assign({}, ...files.map(readFile)) as Environment
  const { NODE_EXTRA_CA_CERTS: certificates } = own
  checkCertificates(certificates)
  return { ...own, ...process.env, ...(certificates && { NODE_EXTRA_CA_CERTS: certificates }) }
}

function readFile(path: string): Environment {
  try {
    // Editors on Windows begin a file with a byte order mark.
    return parseEnv(withoutByteOrderMark(readFileSync(path, 'utf8')))
  } catch (cause) {
    throw new UsageError(`Cannot read --env-file ${path}: ${cause instanceof Error ? cause.message : String(cause)}.`)
  }
}

/** Node itself only warns when it starts; a file of ours would be ignored in silence. */
function checkCertificates(file: string | undefined): void {
  if (!file) return
  try {
    // Throws for what is no certificate.
    void new X509Certificate(readFileSync(file))
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new UsageError(`NODE_EXTRA_CA_CERTS in --env-file names ${file}, which cannot be read as certificates: ${reason}.`)
  }
}
