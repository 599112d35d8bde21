/** A base URL for messages: without credentials and query. */
export function addressOf(baseUrl: string): string {
  const url = new URL(baseUrl)
  return `${url.protocol}//${url.host}${url.pathname.replace(/\/+$/, '')}`
}

/** Whether a base URL is one of this machine. */
export function isLocal(baseUrl: string): boolean {
  return /^(?:localhost|127(?:\.\d+){3}|\[::1\]|.*\.localhost)$/.test(new URL(baseUrl).hostname)
}
