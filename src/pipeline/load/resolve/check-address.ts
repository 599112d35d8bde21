import { isHeaderName } from '../../../domain/header-name.js'
import { isHeaderValue } from '../../../domain/header-value.js'
import { shownAddress } from '../../../domain/shown-address.js'
import type { Context } from '../context.js'

/** Reports a setting that holds an address of which no URL can be made. A path is one at any host. */
export function checkAddress(container: object, key: string, { places, problems }: Context): void {
  const address = (container as Readonly<Record<string, unknown>>)[key]
  if (typeof address !== 'string' || URL.canParse(address, 'http://localhost')) return
  problems.report('ADDRESS_INVALID', { key, address: shownAddress(address) }, places.value(container, key))
}

/** Reports headers whose names cannot be sent. */
export function checkHeaderNames({ headers }: { readonly headers?: object | undefined }, { places, problems }: Context): void {
  for (const name of Object.keys(headers ?? {})) {
    if (!isHeaderName(name)) problems.report('HEADER_INVALID', { name }, places.key(headers!, name))
  }
}

/** Reports settings that are sent in headers, and have a value that no header can carry. The value itself may be secret. */
export function checkHeaderValues(container: object, keys: readonly string[], { places, problems }: Context): void {
  for (const key of keys) {
    const value = (container as Readonly<Record<string, unknown>>)[key]
    if (typeof value === 'string' && !isHeaderValue(value)) problems.report('HEADER_VALUE_INVALID', { key }, places.value(container, key))
  }
}
