import type { FastifyRequest } from 'fastify'

const host = /^([\w.~-]+|\[[\da-f:.]+\])(:\d{1,5})?$/i

/**
 * A URL of this server as its client writes it. Behind a proxy that sends `X-Forwarded-Proto` and `X-Forwarded-Host`, the
 * proxy's URL. Use it only for links in the answer to the same request: a client can forge these headers.
 *
 * @param path  With the query and the prefix that the request has.
 */
export function publicUrl({ headers, protocol }: FastifyRequest, path: string): URL {
  const forwarded = (name: string): string | undefined => [headers[name]].flat()[0]?.split(',')[0]?.trim()
  const scheme = forwarded('x-forwarded-proto') === 'https' ? 'https' : protocol
  const name = [forwarded('x-forwarded-host'), headers.host].find(
    each => each !== undefined && host.test(each) && URL.canParse(`${scheme}://${each}`),
  )
  return new URL(`${scheme}://${name ?? 'localhost'}${path}`)
}
