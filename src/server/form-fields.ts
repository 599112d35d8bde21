import type { FastifyRequest } from 'fastify'
import { Refusal } from '../app/serve/refusal.js'
import { publicUrl } from './public-url.js'
import { isRecord } from '../domain/json-value.js'

/** A field of a form that a page has sent; `undefined` if it has none. */
export function formField({ body }: FastifyRequest, name: string): string | undefined {
  const value = isRecord(body) ? body[name] : undefined
  const [first] = Array.isArray(value) ? (value as unknown[]) : []
  return typeof first === 'string' ? first : undefined
}

/** Refuses forms of other sites, as far as the browser says where they come from. @throws {Refusal} 403 */
export function refuseOtherSites(request: FastifyRequest): void {
  const { 'sec-fetch-site': site, origin } = request.headers
  if (site === 'same-origin') return
  const isOwn = typeof origin === 'string' && URL.canParse(origin) && new URL(origin).host === publicUrl(request, '/').host
  if (site === undefined && (origin === undefined || isOwn)) return
  throw new Refusal(403, { detail: 'This form comes from another site. Use the page of this server.' })
}
