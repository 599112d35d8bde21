import type { Answer, Api } from './api.js'

/** Somebody at a browser who has signed in. */
export interface Visitor {
  readonly cookie: string
  get(path: string): Promise<Answer>
  /** Sends a form of a page, with the session's token. */
  send(path: string, fields?: Readonly<Record<string, string>>, headers?: Readonly<Record<string, string>>): Promise<Answer>
}

export async function postForm(
  api: Api,
  path: string,
  fields: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const payload = new URLSearchParams(fields).toString()
  return api.send({ method: 'POST', url: path, headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers }, payload })
}

export async function signIn(api: Api, key: string): Promise<Visitor> {
  const begun = await postForm(api, '/ui/session', { key })
  const cookie = String(begun.headers['set-cookie']).split(';')[0] ?? ''
  const get = (path: string) => api.get(path, { cookie })
  const { text } = await get('/ui/')
  const [, token = ''] = /name="token" value="([^"]+)"/.exec(text) ?? []
  return { cookie, get, send: (path, fields = {}, headers = {}) => postForm(api, path, { token, ...fields }, { cookie, ...headers }) }
}
