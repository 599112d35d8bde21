import type { Call } from '../../../ports/channel.js'
import type { ConnectionOf, HttpSession } from '../../../domain/connection.js'
import { decoded } from '../../../domain/url-credentials.js'
import { authorizationIn, checkHeaderNames, headerValue, mergeHeaders, variableHeaders } from '../headers.js'
import type { CookieJar } from './cookie-jar.js'
import type { Request } from './request-pool.js'
import { compileJson, compileText, placeholdersIn, type Facts, type TextTemplate } from './template.js'

/** Fills in the request's templates. */
export type Compose = (facts: Facts, cookies: CookieJar | undefined) => Request

/**
 * Compiles a connection's URL, headers and body once for all conversations.
 *
 * @throws {Error} when a template is wrong, or no template contains the caller's words.
 */
export function compileRequest(connection: ConnectionOf<'http'>): (call: Call) => Compose {
  const method = connection.method ?? 'POST'
  if (method === 'GET' && connection.body) throw new Error('connection.body: a GET sends no body; put {{message}} into the URL.')
  if (!placeholdersOf(connection).includes('message')) {
    throw new Error('The connection sends {{message}} nowhere: put it into its body or URL, or the agent never hears the caller.')
  }
  return compileParts({ ...connection, method, sent: bodyOf(connection) }, capturesOf(connection))
}

/**
 * Compiles the request that begins a conversation. Headers of the connection with captured values are left out: nothing is captured yet.
 *
 * @throws {Error} when a template is wrong.
 */
export function compileSession(connection: ConnectionOf<'http'>, session: HttpSession): (call: Call) => Compose {
  const { method = 'POST', body = {} } = session
  const parts = {
    method,
    url: new URL(session.url, connection.url).href,
    headers: Object.fromEntries(mergeHeaders(connection.headers ?? {}, session.headers ?? {})),
    sent: method === 'GET' ? undefined : body,
  }
  return compileParts(parts, capturesOf(connection))
}

/** The names of what is captured, from the session's answer and from those of the turns. */
function capturesOf({ capture, session }: ConnectionOf<'http'>): string[] {
  return Object.keys({ ...capture, ...session?.capture })
}

interface RequestParts extends Pick<ConnectionOf<'http'>, 'url' | 'headers' | 'stream'> {
  readonly method: Request['method']
  /** The body as JSON with placeholders. */
  readonly sent: unknown
}

function compileParts({ method, sent, ...rest }: RequestParts, captures: readonly string[]): (call: Call) => Compose {
  const path = compilePath(rest.url, captures)
  const body = sent === undefined ? undefined : compileJson(sent, captures)
  const configured = compileHeaders({ ...rest, method }, captures)
  const plain = Object.entries(configured)

  return call => {
    const variables = variableHeaders(call)
    const headers = Object.keys(variables).length === 0 ? plain : mergeHeaders(configured, variables)
    return (facts, cookies) => {
      const target = fill(path, facts)
      return {
        method,
        path: target,
        headers: headersFor(headers, facts, cookies?.header(target)),
        body: body?.(facts) ?? null,
      }
    }
  }
}

/**
 * The placeholders a connection uses, for checks before anything runs.
 *
 * @returns Unique names: `message`, `test_profile.tier`, `captured.thread`.
 */
export function placeholdersOf(connection: ConnectionOf<'http'>): string[] {
  return placeholdersIn([connection.url, connection.headers, bodyOf(connection)])
}

function bodyOf(connection: ConnectionOf<'http'>): unknown {
  if (connection.method === 'GET') return undefined
  return connection.body ?? { message: '{{message}}', session: '{{run.id}}' }
}

function fill(text: string | TextTemplate, facts: Facts): string {
  return typeof text === 'string' ? text : text.fill(facts)
}

/** Path and query of a URL with placeholders, whose values are percent-encoded. */
function compilePath(url: string, captures: readonly string[]): string | TextTemplate {
  const { pathname, search } = new URL(url)
  // The URL parser has encoded characters inside the placeholders; this decodes them.
  const template = (pathname + search).replace(/(?:\{\{|%7B%7B)(.*?)(?:\}\}|%7D%7D)/gi, (_match, name: string) => `{{${decoded(name)}}}`)
  return compileText(template, captures, value => encodeURIComponent(Buffer.from(value).toString()))
}

type HeaderTemplate = string | TextTemplate

function compileHeaders(connection: Omit<RequestParts, 'sent'>, captures: readonly string[]): Record<string, HeaderTemplate> {
  const configured = connection.headers ?? {}
  checkHeaderNames(configured)
  const compiled = Object.entries(configured).map(([name, value]) => {
    const template = compileText(value, captures, headerValue)
    return [name, typeof template === 'string' ? headerValue(template) : template] as const
  })
  const content = connection.method === 'GET' ? {} : { 'content-type': 'application/json' }
  const defaults = {
    accept: connection.stream ? 'text/event-stream' : 'application/json',
    ...content,
    ...authorizationIn(new URL(connection.url)),
  }
  return Object.fromEntries(mergeHeaders<HeaderTemplate>(defaults, Object.fromEntries(compiled)))
}

/** Names and values, alternating. Headers without a value yet are left out. */
function headersFor(headers: readonly [string, HeaderTemplate][], facts: Facts, cookies: string | undefined): string[] {
  const list: string[] = []
  let cookie = cookies
  for (const [name, template] of headers) {
    if (typeof template !== 'string' && !template.isComplete(facts)) continue
    const value = fill(template, facts)
    if (cookie && name.toLowerCase() === 'cookie') {
      list.push(name, `${value}; ${cookie}`)
      cookie = undefined
    } else {
      list.push(name, value)
    }
  }
  if (cookie) list.push('cookie', cookie)
  return list
}
