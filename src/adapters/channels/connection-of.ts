import type { Agent, Connection } from '../../domain/document.js'

export type ConnectionOf<Type extends Connection['type']> = Extract<Connection, { type: Type }>

/** An agent's connection, which has to be of the type that the channel is for. */
export function connectionOf<Type extends Connection['type']>(agent: Agent, type: Type): ConnectionOf<Type> {
  const { connection } = agent
  if (!isOf(connection, type)) throw new Error(`Agent "${agent.key}" is reached by ${connection.type}, not by ${type}.`)
  return connection
}

function isOf<Type extends Connection['type']>(connection: Connection, type: Type): connection is ConnectionOf<Type> {
  return connection.type === type
}
