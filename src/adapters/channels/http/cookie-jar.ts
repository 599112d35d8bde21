// Only the part in use: the whole package takes long to load.
import { parseSetCookie } from 'undici/lib/web/cookies/parse.js'

/** The cookies of one conversation. All are for one agent, so their domains are ignored. */
export interface CookieJar {
  /** Stores the cookies of Set-Cookie headers. */
  take(setCookie: string | readonly string[], now: Date): void
  /** The Cookie header for a path; empty if no cookie matches. */
  header(path: string): string
}

export function createCookieJar(): CookieJar {
  const cookies = new Map<string, { readonly value: string; readonly path: string }>()
  return {
    take: (setCookie, now) => {
      for (const line of typeof setCookie === 'string' ? [setCookie] : setCookie) {
        const cookie = parseSetCookie(line)
        if (!cookie?.name) continue
        const expires = cookie.expires === undefined ? Infinity : Number(cookie.expires)
        const gone = cookie.maxAge === undefined ? expires <= now.getTime() : cookie.maxAge <= 0
        if (gone) cookies.delete(cookie.name)
        else cookies.set(cookie.name, { value: cookie.value, path: cookie.path ?? '/' })
      }
    },
    header: path =>
      [...cookies]
        .filter(([, cookie]) => covers(cookie.path, path))
        .map(([name, cookie]) => `${name}=${cookie.value}`)
        .join('; '),
  }
}

/** Whether a cookie's path matches a request's path (RFC 6265, 5.1.4). */
function covers(cookiePath: string, path: string): boolean {
  const [asked = '/'] = path.split('?', 1)
  return asked === cookiePath || asked.startsWith(cookiePath.endsWith('/') ? cookiePath : `${cookiePath}/`)
}
