import type { Document } from './document.js'
import { secretsInUrl } from './secret-in-url.js'
import { secretPlaces } from './secret-places.js'
import { unmaskedBecause, type Secret } from './secret.js'

/** Every secret of a suite to mask: of variables, and those written into the suite or into an address on the command line. */
export function knownSecrets({ secrets, agents, models }: Pick<Document, 'secrets' | 'agents' | 'models'>): Secret[] {
  const whole = secrets.flatMap(({ name, value, because }) =>
    [...(because.kind === 'url' ? [] : [value]), ...secretsInUrl(value)].map(part => ({ name, value: part })),
  )
  const written = secretPlaces({ agents, models }).flatMap(({ kind, name, value }): Secret[] => {
    if (kind === 'header') return []
    const parts = kind === 'url' ? secretsInUrl(value) : [withoutScheme(value)]
    return parts.map(part => ({ name: secrets.find(variable => variable.value.includes(part))?.name ?? name, value: part }))
  })
  const masked = whole.filter(({ value }) => unmaskedBecause(value) === undefined)
  const isNew = ({ value }: Secret): boolean => !masked.some(variable => value.includes(variable.value.trim()))
  return [...whole, ...written.filter(isNew)]
}

/** The credentials of an `Authorization` header, without `Bearer` or `Basic` (RFC 9110, section 11.4). */
function withoutScheme(value: string): string {
  return value.replace(/^(?:bearer|basic|token)\s+/i, '')
}
