import { traitsOf, type HttpSession } from '../../domain/connection.js'
import { diagnose, type Diagnostic } from '../../domain/diagnostic.js'
import type { Agent } from '../../domain/document.js'
import { placeholderNames } from '../../domain/placeholder.js'

const known = ['message', 'history', 'run.id', 'run.key', 'scenario.key', 'scenario.id', 'test_profile.<agent variable>']

/** Reports a `start` for an agent that does not run on this machine. */
export function* checkStart({ key, start, connection: { type }, at }: Agent): Generator<Diagnostic> {
  if (start && !traitsOf[type].startable) yield diagnose('AGENT_NOT_STARTABLE', { agent: key, type }, at)
}

/** Reports settings of a connection that cannot work in any case. */
export function* checkConnection({ key, inbound, connection, messages, mockTools, at }: Agent): Generator<Diagnostic> {
  if (!inbound && !traitsOf[connection.type].agentMayCall) yield diagnose('AGENT_WOULD_CALL', { agent: key, type: connection.type }, at)
  if (connection.type === 'openai' && connection.parameters && 'stream' in connection.parameters) {
    yield diagnose('CONNECTION_STREAMS', {}, at)
  }
  const { floor } = traitsOf[connection.type]
  if (floor !== 'messages' && connection.type !== 'polled' && messages.endOfTurn !== 'auto' && messages.endOfTurn > 0) {
    yield diagnose('END_OF_TURN_NO_EFFECT', { agent: key, type: connection.type }, at)
  }
  if (connection.type !== 'http') return
  const { url, headers, method, body, session, capture = {} } = connection
  if (method === 'GET' && body !== undefined) yield diagnose('CONNECTION_GET_BODY', {}, at)
  const sent = method === 'GET' ? [url, headers] : [url, headers, body ?? '{{message}}']
  const captured = Object.keys({ ...capture, ...session?.capture }).map(name => `captured.${name}`)
  const all = [...known, ...(mockTools ? ['mock_tools.url', 'mock_tools.mcp_url'] : []), ...captured]
  const names = placeholderNames(JSON.stringify(sent))
  for (const name of new Set(names)) {
    // A question mark leaves the key out while nothing is captured.
    if (all.includes(name.replace(/^(captured\..+)\?$/, '$1')) || /^test_profile\../.test(name)) continue
    yield diagnose('CONNECTION_PLACEHOLDER_UNKNOWN', { name, known: all }, at)
  }
  if (session)
    yield* checkSession(
      session,
      { url, at },
      all.filter(name => !/^(message|history|captured\..*)$/.test(name)),
    )
  if (!names.includes('message')) yield diagnose('CONNECTION_SAYS_NOTHING', {}, at)
}

/** @param available  The placeholders that there are before anything is said. */
function* checkSession(
  session: HttpSession,
  { url, at }: { readonly url: string; readonly at: Agent['at'] },
  available: readonly string[],
): Generator<Diagnostic> {
  if (session.method === 'GET' && session.body !== undefined) yield diagnose('CONNECTION_GET_BODY', {}, at)
  for (const name of new Set(placeholderNames(JSON.stringify([session.url, session.headers ?? {}, session.body ?? null])))) {
    if (!available.includes(name) && !/^test_profile\../.test(name))
      yield diagnose('CONNECTION_PLACEHOLDER_UNKNOWN', { name, known: available }, at)
  }
  const isBeside = URL.canParse(session.url, url) && new URL(session.url, url).origin === new URL(url).origin
  if (URL.canParse(url) && !isBeside) yield diagnose('SESSION_ELSEWHERE', {}, at)
}
