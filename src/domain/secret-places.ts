import { addressOf, secretSettings } from './connection-facts.js'
import type { Connection, HttpSession } from './connection.js'
import type { Document } from './document.js'
import { isSecretHeader, secretWordIn } from './secret-name.js'

/** A place in a suite where a secret belongs, or may stand. */
export interface SecretPlace {
  /** As in the suite file: `agents.clinic.connection.headers.Authorization`. */
  readonly place: string
  /** The setting's name, which stands in for a secret that is no variable. */
  readonly name: string
  readonly value: string
  /** `secret`: all of the value. `url`: its user, password and query, if it is one. `header`: a long value that is read from the environment. */
  readonly kind: 'secret' | 'url' | 'header'
}

/** Every place of a suite that may have a secret: keys, headers, addresses, and the environment of the programs it starts. */
export function secretPlaces({ agents, models }: Pick<Document, 'agents' | 'models'>): SecretPlace[] {
  const ofAgents = agents.flatMap(({ key, connection, start }) => {
    const at = `agents.${key}.connection`
    const [url, headers, env] = [
      addressOf(connection),
      'headers' in connection && connection.headers,
      'env' in connection && connection.env,
    ]
    return [
      ...callPlaces(at, connection),
      ...secretSettings(connection).map(({ name, value }): SecretPlace => ({ place: `${at}.${name}`, name, value, kind: 'secret' })),
      ...(url === undefined ? [] : [{ place: `${at}.url`, name: 'url', value: url, kind: 'url' as const }]),
      ...headerPlaces(at, headers || {}),
      ...('session' in connection ? sessionPlaces(`${at}.session`, connection.session) : []),
      ...environmentPlaces(at, env || {}),
      ...environmentPlaces(`agents.${key}.start`, start?.env ?? {}),
      ...(start?.ready === undefined
        ? []
        : [{ place: `agents.${key}.start.ready`, name: 'ready', value: start.ready, kind: 'url' as const }]),
    ]
  })
  const ofEngines = [models.tts, models.stt].flatMap((engine): SecretPlace[] => {
    if (engine?.engine !== 'openai') return []
    const at = `models.${engine.role}`
    return [
      { place: `${at}.api_key`, name: 'api_key', value: engine.apiKey ?? '', kind: 'secret' },
      { place: `${at}.base_url`, name: 'base_url', value: engine.baseUrl, kind: 'url' },
      ...headerPlaces(at, engine.headers),
    ]
  })
  const ofModels = [models.caller, models.judge].flatMap((model): SecretPlace[] => {
    if (!model) return []
    const at = `models.${model.role}`
    return [
      { place: `${at}.api_key`, name: 'api_key', value: model.apiKey ?? '', kind: 'secret' },
      { place: `${at}.base_url`, name: 'base_url', value: model.baseUrl, kind: 'url' },
      ...headerPlaces(at, model.headers),
    ]
  })
  return [...ofAgents, ...ofModels, ...ofEngines].filter(({ value }) => value !== '')
}

function callPlaces(at: string, connection: Connection): SecretPlace[] {
  if (connection.type !== 'sip') return []
  const { trunk, trigger } = connection
  return [
    { place: `telephony.trunks.${trunk?.key}.password`, name: 'password', value: trunk?.password ?? '', kind: 'secret' },
    { place: `${at}.trigger.secret`, name: 'secret', value: trigger?.secret ?? '', kind: 'secret' },
    { place: `${at}.trigger.url`, name: 'url', value: trigger?.url ?? '', kind: 'url' },
  ]
}

function sessionPlaces(at: string, session: HttpSession | undefined): SecretPlace[] {
  if (!session) return []
  return [{ place: `${at}.url`, name: 'url', value: session.url, kind: 'url' }, ...headerPlaces(at, session.headers ?? {})]
}

function headerPlaces(at: string, headers: Readonly<Record<string, string>>): SecretPlace[] {
  return Object.entries(headers).map(([name, value]) => ({
    place: `${at}.headers.${name}`,
    name,
    value,
    kind: isSecretHeader(name) ? 'secret' : 'header',
  }))
}

function environmentPlaces(at: string, env: Readonly<Record<string, string>>): SecretPlace[] {
  return Object.entries(env).map(([name, value]) => ({
    place: `${at}.env.${name}`,
    name,
    value,
    kind: secretWordIn(name) === undefined ? 'url' : 'secret',
  }))
}
