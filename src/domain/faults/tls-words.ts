import type { Place } from '../place.js'
import type { TlsProblem } from '../network-error.js'

/** A failure of TLS with an agent, a model's endpoint or a hosted service. */
export interface TlsFailure {
  /** The address, without credentials and query. */
  readonly place: Place
  readonly reason: string
  readonly problem: TlsProblem
}

/** What failed: `TLS with https://agent/ failed (certificate has expired)`. */
export function tlsFailed({ place, reason }: TlsFailure): string {
  return `TLS with ${place.name} failed (${place.quote(reason, 200)})`
}

/** What to do about it, as a sentence. @param setting  Where the suite has the address. */
export function fixTls({ problem }: TlsFailure, setting: string): string {
  switch (problem) {
    case 'untrusted':
      return `Trust its certificate with NODE_EXTRA_CA_CERTS, or correct ${setting}.`
    case 'expired':
      return `Renew its certificate, or correct ${setting}.`
    case 'other_host':
      return `Put a host that its certificate names into ${setting}.`
    case 'handshake':
    case 'cut_off':
      return `Check that it speaks TLS 1.2 or later and asks for no client certificate, or correct ${setting}.`
  }
}
