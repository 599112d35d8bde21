import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A certificate that signs itself, and its key, in PEM. @param name  A host or an address. */
export function certificateFor(name: string): { cert: string; key: string } {
  const folder = mkdtempSync(join(tmpdir(), 'sip-tls-'))
  try {
    const kind = /^[\d.]+$|:/.test(name) ? 'IP' : 'DNS'
    const files = ['-keyout', join(folder, 'key'), '-out', join(folder, 'cert')]
    const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
    execFileSync('openssl', [...request, '-subj', `/CN=${name}`, '-addext', `subjectAltName=${kind}:${name}`, ...files], {
      stdio: 'ignore',
    })
    return { cert: readFileSync(join(folder, 'cert'), 'utf8'), key: readFileSync(join(folder, 'key'), 'utf8') }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
