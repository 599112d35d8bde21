import type { Document } from '../../domain/document.js'
import type { Trunk } from '../../domain/trunk.js'

/** The trunk of a suite's agents with this key, or the only one. @returns The keys that there are, if it is not to be told. */
export function trunkOf({ agents }: Pick<Document, 'agents'>, key: string | undefined): Trunk | { readonly keys: readonly string[] } {
  const trunks = new Map<string, Trunk>()
  for (const { connection } of agents) if (connection.type === 'sip' && connection.trunk) trunks.set(connection.trunk.key, connection.trunk)
  const [first] = trunks.values()
  const found = key === undefined && trunks.size === 1 ? first : trunks.get(key ?? '')
  return found ?? { keys: [...trunks.keys()] }
}
