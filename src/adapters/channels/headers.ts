import type { Scalar } from '../../domain/document.js'
import { isHeaderName } from '../../domain/header-name.js'
import { basicAuthorization } from '../../domain/url-credentials.js'
import type { CallTools } from '../../ports/call-tools.js'
import type { Call } from '../../ports/channel.js'

/**
 * Merges layers of headers. If names repeat, ignoring case, the last value wins.
 *
 * @returns Names and values, in the order in which the names first appear.
 */
export function mergeHeaders<Value>(...layers: Readonly<Record<string, Value>>[]): [name: string, value: Value][] {
  const merged = new Map<string, [string, Value]>()
  for (const layer of layers) {
    for (const [name, value] of Object.entries(layer)) merged.set(name.toLowerCase(), [name, value])
  }
  return [...merged.values()]
}

/** Headers that identify the call to the agent. */
export function callHeaders({ scenario, result, runId, tools }: CallNames): Record<string, string> {
  return {
    'X-VOCERA-SCENARIO-ID': headerValue(scenario.id ?? scenario.key),
    'X-VOCERA-RESULT-ID': headerValue(result),
    'X-VOCERA-RUN-ID': headerValue(runId),
    ...(tools && { 'X-Callsheet-Mock-Tools-Url': tools.url, 'X-Callsheet-Mcp-Url': tools.mcpUrl }),
  }
}

/** What the headers of a call are made from: plain data. */
export interface CallNames extends Pick<Call, 'scenario' | 'result' | 'runId' | 'agentVariables'> {
  readonly tools?: Pick<CallTools, 'url' | 'mcpUrl'>
}

/** The test profile's variables that travel as headers: those whose names start with X-. */
export function variableHeaders(call: Pick<Call, 'agentVariables'>): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(call.agentVariables)) {
    if (/^x-/i.test(name) && value !== null) headers[name] = headerValue(value)
  }
  return headers
}

/** A value in the form a header can carry: UTF-8, one byte per character, with a space for each control character. */
export function headerValue(value: Scalar): string {
  return Buffer.from(
    String(value)
      .replace(/\p{Cc}/gu, ' ')
      .trim(),
  ).toString('latin1')
}

/** The URL's user and password as a header. */
export function authorizationIn(url: URL): { authorization?: string } {
  const authorization = basicAuthorization(url)
  return authorization === undefined ? {} : { authorization }
}

/** @throws {Error} when a name is not valid for a header. */
export function checkHeaderNames(headers: Readonly<Record<string, unknown>>): void {
  const wrong = Object.keys(headers).find(name => !isHeaderName(name))
  if (wrong !== undefined) throw new Error(`connection.headers: "${wrong}" cannot be the name of a header.`)
}
