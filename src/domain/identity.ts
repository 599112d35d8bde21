/** Which agent was tested, as its suite says. What is read for it from the environment is no secret by its length. */
export interface AgentIdentity {
  readonly version?: string
  /** `sha256:<hex>`, `gitCommit:<hex>`, or an OCI image by its digest: `registry.example.com/agent@sha256:<hex>`. */
  readonly digest?: string
  /** The digest is that of a commit, and the working tree had changes that were not committed. */
  readonly dirty?: true
  /** Where it can be had: a package URL, an image, a page. */
  readonly uri?: string
  /** The models that it uses. */
  readonly models?: readonly string[]
  /** The file with its prompt. */
  readonly prompt?: PromptFile
}

export interface PromptFile {
  /** Relative to the working directory. */
  readonly file: string
  /** SHA-256 of its text, hexadecimal. */
  readonly sha256: string
}

/** The digest of the build that was tested; `undefined` if there is none that says so: of a tree with changes, no commit does. */
export function buildDigest({ digest = '', dirty }: AgentIdentity = {}): { readonly algorithm: string; readonly hex: string } | undefined {
  const [, algorithm, hex] = dirty ? [] : (/(?:^|@)(sha256|gitCommit):([0-9a-f]+)$/.exec(digest) ?? [])
  return algorithm === undefined || hex === undefined ? undefined : { algorithm, hex }
}

/** The texts of an identity that a suite can read from the environment. */
export function identityTexts({ version, digest, uri, models = [] }: AgentIdentity): string[] {
  return [version, digest, uri, ...models].filter(text => text !== undefined)
}

/** `cedarwood 4.2.1 (sha256:1f2e3d4c5b6a)`: an agent's key, its version and its digest, shortened. */
export function identityText(key: string, { version, digest, dirty }: AgentIdentity = {}): string {
  const short = digest?.replace(/([0-9a-f]{12})[0-9a-f]+$/, '$1')
  return [key, version, short && `(${short}${dirty ? ', with changes' : ''})`].filter(part => part !== undefined).join(' ')
}

/** The agents of run entries in one line, each once. */
export function agentsText(entries: readonly { readonly agent: { readonly key: string; readonly identity?: AgentIdentity } }[]): string {
  return [...new Map(entries.map(({ agent }) => [agent.key, agent])).values()]
    .map(({ key, identity }) => identityText(key, identity))
    .join('; ')
}

/** The name under which agents tell their version, in metadata of a reply. */
export const toldVersionKey = 'agent_version'
/** The header of an answer in which agents tell their version. */
export const toldVersionHeader = 'x-agent-version'

/** The version that an agent told in a conversation; `undefined` if it told none. */
export function toldVersion({ metadata }: { readonly metadata: Readonly<Record<string, unknown>> }): string | undefined {
  const told = metadata[toldVersionKey]
  if (typeof told === 'number') return String(told)
  return typeof told === 'string' && told.trim() !== '' ? told.trim().slice(0, longestTold) : undefined
}

const longestTold = 200
