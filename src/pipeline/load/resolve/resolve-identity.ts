import { createHash } from 'node:crypto'
import type { Agent as RawAgent } from '../../../domain/generated/suite.js'
import type { AgentIdentity, PromptFile } from '../../../domain/identity.js'
import type { Context } from '../context.js'
import { given, readable, type Loose } from '../loose.js'
import { readBeside } from '../read/read-beside.js'

/** Which agent it is, as its suite says. @param base  Absolute folder of the declaring file. */
export function resolveIdentity(key: string, raw: Loose<RawAgent>, base: string, context: Context): AgentIdentity {
  const { identity = {}, version } = raw
  if (version !== undefined && identity.version !== undefined) {
    context.problems.report('IDENTITY_VERSION_TWICE', { agent: key }, context.places.key(raw, 'version'))
  }
  const { prompt, models } = identity
  return given({
    version: identity.version ?? version,
    digest: identity.digest,
    uri: identity.uri,
    models: models && [...readable(models)].map(([, model]) => model),
    prompt: prompt === undefined ? undefined : readPrompt(prompt, base, context.places.value(identity, 'prompt'), context),
  })
}

function readPrompt(name: string, base: string, at: Parameters<typeof readBeside>[2], context: Context): PromptFile | undefined {
  const file = readBeside(name, base, at, context)
  return file && { file: file.path, sha256: createHash('sha256').update(file.text).digest('hex') }
}
