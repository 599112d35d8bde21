import { phoneNumber } from './phone-number.js'
import { resolve } from 'node:path'
import type { Agent, AgentStart } from '../../../domain/document.js'
import { traitsOf, type Connection } from '../../../domain/connection.js'
import { addressOf } from '../../../domain/connection-facts.js'
import type { Agent as RawAgent, Connection as RawConnection, Start } from '../../../domain/generated/suite.js'
import type { SourceFile } from '../../../domain/source.js'
import type { Trunk } from '../../../domain/trunk.js'
import type { Context } from '../context.js'
import { given, readable } from '../loose.js'
import type { Loose } from '../loose.js'
import type { Declared } from '../merge-sections.js'
import { readBeside } from '../read/read-beside.js'
import { checkAddress, checkHeaderNames } from './check-address.js'
import { resolveIdentity } from './resolve-identity.js'
import { resolveConnection } from './resolve-connection.js'
import { readDuration } from './read-duration.js'
import { resolveCall, type RawSipConnection } from './resolve-call.js'
import { resolveMessages } from './resolve-messages.js'
import { resolveMockTools } from './resolve-mock-tools.js'
import { createRegister } from './references.js'
import type { Register } from './references.js'

const defaultStartMs = 30_000

/** The agents, by key, id or assistant_id. */
export function resolveAgents(declared: readonly Declared<RawAgent>[], trunks: Register<Trunk>, context: Context): Register<Agent> {
  return createRegister(
    'AGENT_UNKNOWN',
    declared.map(each => ({
      key: each.key,
      id: each.raw?.id,
      otherName: each.raw?.assistant_id,
      noun: each.raw?.connection && resolveAgent(each, each.raw, each.raw.connection, { ...context, trunks }),
    })),
  )
}

function resolveAgent(
  { key, at, file }: Declared<RawAgent>,
  raw: Loose<RawAgent>,
  rawConnection: Loose<RawConnection>,
  context: Context & { readonly trunks: Register<Trunk> },
): Agent {
  checkConnection(rawConnection, context)
  const own = resolveConnection(rawConnection, context.places)
  const connection = own.type === 'sip' ? resolveCall(own, { key, raw }, rawConnection as Loose<RawSipConnection>, context) : own
  const { start } = raw
  return {
    key,
    name: raw.name ?? key,
    at,
    inbound: raw.inbound ?? true,
    connection,
    silenceMs: readDuration(rawConnection, 'timeout', context) ?? traitsOf[connection.type].silenceMs,
    messages: resolveMessages('messages' in rawConnection ? rawConnection.messages : undefined, context),
    limits: given({ concurrency: raw.limits?.concurrency, startsPerSecond: raw.limits?.starts_per_second }),
    knowledge: readKnowledge(key, raw, file.base, context),
    identity: resolveIdentity(key, raw, file.base, context),
    folder: file.base,
    ...given({
      id: raw.id,
      assistantId: raw.assistant_id,
      description: raw.description,
      contactNumber: phoneNumber(raw.contact_number),
      mockTools: resolveMockTools(raw, context),
      start: start && resolveStart(start, connection, file.base, context),
    }),
  }
}

/** Reports what no channel can use, wherever it connects to. */
function checkConnection(raw: Loose<RawConnection>, context: Context): void {
  for (const key of ['url', 'base_url']) checkAddress(raw, key, context)
  if ('headers' in raw) checkHeaderNames(raw, context)
  if (!('session' in raw) || !raw.session) return
  checkAddress(raw.session, 'url', context)
  checkHeaderNames(raw.session, context)
}

/** Limit of the knowledge, because the judge receives all of it with a conversation. */
const largestKnowledgeBytes = 128 * 1024

function readKnowledge(key: string, raw: Loose<RawAgent>, base: string, context: Context): SourceFile[] {
  const { knowledge } = raw
  if (!knowledge) return []
  const { places, problems } = context
  const files = [...readable(knowledge)].flatMap(([index, name]) => readBeside(name, base, places.value(knowledge, index), context) ?? [])
  const bytes = files.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0)
  if (bytes > largestKnowledgeBytes) {
    problems.report('KNOWLEDGE_TOO_LARGE', { agent: key, bytes, largestBytes: largestKnowledgeBytes }, places.key(raw, 'knowledge'))
  }
  return files
}

function resolveStart(raw: Loose<Start>, connection: Connection, base: string, context: Context): AgentStart {
  checkAddress(raw, 'ready', context)
  return {
    command: raw.command as AgentStart['command'],
    timeoutMs: readDuration(raw, 'timeout', context) ?? defaultStartMs,
    env: Object.fromEntries(Object.entries(raw.env ?? {}).map(([name, value]) => [name, String(value)])),
    cwd: resolve(base, raw.cwd ?? '.'),
    ...given({ ready: raw.ready ?? addressOf(connection) }),
  }
}
