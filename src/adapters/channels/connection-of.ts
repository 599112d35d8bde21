import type { Connection, ConnectionOf, ConnectionType } from '../../domain/connection.js'
import type { Agent } from '../../domain/document.js'

/** The agent's connection, which must be of the channel's type. */
export function connectionOf<Type extends ConnectionType>(agent: Agent, type: Type): ConnectionOf<Type> {
  const { connection } = agent
  if (!isOf(connection, type)) throw new Error(`Agent "${agent.key}" is reached by ${connection.type}, not by ${type}.`)
  return connection
}

function isOf<Type extends ConnectionType>(connection: Connection, type: Type): connection is ConnectionOf<Type> {
  return connection.type === type
}
