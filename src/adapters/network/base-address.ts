/** A base URL for messages: without credentials and query. */
export function addressOf(baseUrl: string): string {
  const url = new URL(baseUrl)
  return `${url.protocol}//${url.host}${url.pathname.replace(/\/+$/, '')}`
}
