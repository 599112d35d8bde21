import {
  traitsOf,
  type Connection,
  type ConnectionOf,
  type ConnectionType,
  type Evidence,
  type HostedType,
  type Traits,
} from './connection.js'

/** Whether a service conducts the conversations with an agent. */
export function isHosted(connection: Connection): connection is ConnectionOf<HostedType> {
  return traitsOf[connection.type].hosted
}

/** Whether this process calls the agent: it speaks to it and hears it. */
export function isCalled({ type }: Pick<Connection, 'type'>): boolean {
  const { medium, hosted } = traitsOf[type]
  return medium === 'voice' && !hosted
}

/** The address of a connection; `undefined` for types without one. */
export function addressOf(connection: Connection): string | undefined {
  const { address } = traitsOf[connection.type]
  return address && settingOf(connection, address.setting)
}

/** The connection, at another address; `undefined` if the address has the wrong scheme for the type, or is no URL. */
export function atAddress(connection: Connection, address: string): Connection | undefined {
  const { address: own } = traitsOf[connection.type]
  if (!own || !new RegExp(`^(?:${own.schemes.join('|')})s?://.`).test(address) || !URL.canParse(address)) return undefined
  return { ...connection, [own.setting]: address }
}

/** The secrets among a connection's settings, by their names in the suite. */
export function secretSettings(connection: Connection): { readonly name: string; readonly value: string }[] {
  const { secrets } = traitsOf[connection.type]
  return Object.entries(secrets).map(([setting, name = setting]) => ({ name, value: settingOf(connection, setting) ?? '' }))
}

/** Whether a connection shows what the agent does beside its words. */
export function showsEvidence(connection: Connection, evidence: Evidence): boolean {
  const shown = traitsOf[connection.type].shows[evidence]
  return typeof shown === 'string' ? shown === 'always' : settingOf(connection, shown.where) !== undefined
}

/** The types of connection with such traits. */
export function typesWith(fits: (traits: Traits) => boolean): ConnectionType[] {
  return (Object.keys(traitsOf) as ConnectionType[]).filter(type => fits(traitsOf[type]))
}

/** A text setting that the traits of the connection's type name, if it is set. */
function settingOf(connection: Connection, name: string): string | undefined {
  return (connection as unknown as Readonly<Record<string, string | undefined>>)[name]
}
