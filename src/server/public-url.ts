import type { FastifyRequest } from 'fastify'

const host = /^([\w.~-]+|\[[\da-f:.]+\])(:\d{1,5})?$/i

/**
 * A URL of this server, as its client would write it: behind a proxy that says so (`X-Forwarded-Proto`, `X-Forwarded-Host`),
 * the proxy's. Good for links in the answer to that very request, and for nothing else: a client may send what it likes.
 *
 * @param path  With what stands before it in the request, and its query.
 */
export function publicUrl({ headers, protocol }: FastifyRequest, path: string): URL {
  const forwarded = (name: string): string | undefined => [headers[name]].flat()[0]?.split(',')[0]?.trim()
  const scheme = forwarded('x-forwarded-proto') === 'https' ? 'https' : protocol
  const name = [forwarded('x-forwarded-host'), headers.host].find(
    each => each !== undefined && host.test(each) && URL.canParse(`${scheme}://${each}`),
  )
  return new URL(`${scheme}://${name ?? 'localhost'}${path}`)
}
