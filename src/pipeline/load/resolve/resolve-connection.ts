import type { Connection, ConnectionOf, HttpSession } from '../../../domain/connection.js'
import { isRecord } from '../../../domain/json-value.js'
import type { Connection as RawConnection } from '../../../domain/generated/suite.js'
import { exactJson } from '../exact-json.js'
import { given, type Loose } from '../loose.js'
import type { Places } from '../places.js'

type RawType = RawConnection['type']

/** Reads each type's settings. Missing or wrong ones are already reported, and the suite is then not used. */
const readers: { readonly [Type in RawType]: (raw: Loose<Extract<RawConnection, { type: Type }>>) => ConnectionOf<Type> } = {
  http: ({
    url = '',
    method,
    headers,
    body,
    reply,
    tool_calls: toolCalls,
    end,
    metadata,
    capture,
    session,
    stream,
    rate_limited: limited,
  }) => ({
    type: 'http',
    url,
    ...given({
      method,
      headers: texts(headers),
      body,
      reply,
      toolCalls,
      end,
      metadata,
      capture: texts(capture),
      session: session && sessionOf(session),
      stream,
      rateLimited: rateLimitedOf(limited),
    }),
  }),
  openai: ({ base_url: baseUrl = '', model = '', api_key: apiKey, system, tools, parameters, headers, stream, rate_limited: limited }) => ({
    type: 'openai',
    baseUrl,
    model,
    ...given({
      apiKey,
      system,
      tools: tools?.filter(isRecord),
      parameters,
      stream,
      headers: texts(headers),
      rateLimited: rateLimitedOf(limited),
    }),
  }),
  websocket: ({ url = '', headers, secret, protocols, ignore, rate_limited: limited }) => ({
    type: 'websocket',
    url,
    ...given({
      headers: texts(headers),
      secret,
      protocols: protocols?.flatMap(name => name ?? []),
      ignore: ignore?.filter(isRecord),
      rateLimited: rateLimitedOf(limited),
    }),
  }),
  command: ({ command = '', env, cwd }) => ({
    type: 'command',
    command: typeof command === 'string' ? command : command.flatMap(word => word ?? []),
    ...given({ env: texts(env), cwd }),
  }),
  module: ({ path = '', export: name }) => ({ type: 'module', path, ...given({ export: name }) }),
  chirp: ({ url = '', username, password, headers, protocols }) => ({
    type: 'chirp',
    url,
    ...given({ username, password, headers: texts(headers), protocols: protocols?.flatMap(name => name ?? []) }),
  }),
  twilio_stream: ({ url = '', account_sid: accountSid, auth_token: authToken, from, to, parameters, headers }) => ({
    type: 'twilio_stream',
    url,
    ...given({ accountSid, authToken, from, to, parameters: texts(parameters), headers: texts(headers) }),
  }),
  media_stream: ({ provider = 'telnyx', url = '', from, to, parameters, headers }) => ({
    type: 'media_stream',
    provider,
    url,
    ...given({ from, to, parameters: texts(parameters), headers: texts(headers) }),
  }),
  openai_realtime: ({ url = '', model, api_key: apiKey, instructions, voice, greets, headers }) => ({
    type: 'openai_realtime',
    url,
    ...given({ model, apiKey, instructions, voice, greets, headers: texts(headers) }),
  }),
  pipecat: ({ url = '', headers }) => ({ type: 'pipecat', url, ...given({ headers: texts(headers) }) }),
  pipecat_eval: ({ url = '', headers }) => ({ type: 'pipecat_eval', url, ...given({ headers: texts(headers) }) }),
  // Its trunk and the time that it may ring follow: see `resolveCall`.
  sip: ({ uri, username, password, from, srtp, keys, trigger, headers }) => ({
    type: 'sip',
    ...given({
      uri,
      username,
      password,
      from,
      srtp,
      keys,
      trigger: trigger && { url: trigger.url ?? '', ...given({ secret: trigger.secret }) },
      headers: texts(headers),
    }),
  }),
  conversation_relay: ({
    url = '',
    account_sid: accountSid,
    auth_token: authToken,
    from,
    to,
    language,
    parameters,
    headers,
    rate_limited: limited,
  }) => ({
    type: 'conversation_relay',
    url,
    ...given({
      accountSid,
      authToken,
      from,
      to,
      language,
      parameters: texts(parameters),
      headers: texts(headers),
      rateLimited: rateLimitedOf(limited),
    }),
  }),
  retell_llm: ({ url = '', from, to, parameters, headers, rate_limited: limited }) => ({
    type: 'retell_llm',
    url,
    ...given({ from, to, parameters: texts(parameters), headers: texts(headers), rateLimited: rateLimitedOf(limited) }),
  }),
  hosted: ({ base_url: baseUrl = '', api_key: apiKey, agent_id: agentId = 0, project_id: projectId }) => ({
    type: 'hosted',
    baseUrl,
    agentId,
    ...given({ apiKey, projectId }),
  }),
}

/** Reads a suite's connection into the domain's names. The numbers of a body stay as they are written. */
export function resolveConnection(raw: Loose<RawConnection>, places: Pick<Places, 'written'>): Connection {
  // An unknown type is already reported, so any connection will do in its place.
  const read = readers[raw.type ?? 'module'] as (settings: typeof raw) => Connection
  return read('body' in raw ? { ...raw, body: exactJson(raw, 'body', places, true) } : raw)
}

function rateLimitedOf(limited: Loose<{ readonly wait?: boolean }> | undefined) {
  return limited && given({ wait: limited.wait })
}

function sessionOf({ url = '', method, headers, body, capture }: Loose<HttpSession>): HttpSession {
  return { url, ...given({ method, headers: texts(headers), body, capture: texts(capture) }) }
}

function texts(map: Loose<Readonly<Record<string, string | number | boolean>>> | undefined): Record<string, string> | undefined {
  return map && Object.fromEntries(Object.entries(map).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])))
}
