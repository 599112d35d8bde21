/** Words that make the name of a variable, of a header or of a setting that of a secret. */
const telling: ReadonlySet<string> = new Set(
  'key token secret pass password passwd passphrase pwd auth authorization credential credentials cookie private dsn apikey'.split(' '),
)

/** The shell's working directories, which `PWD` would take for passwords. */
const folders: ReadonlySet<string> = new Set(['PWD', 'OLDPWD'])

/**
 * The word by which the name of an environment variable says that its value is secret: `KEY` of `AGENT_KEY`.
 *
 * @returns `undefined` if the name says nothing of the kind.
 */
export function secretWordIn(name: string): string | undefined {
  return folders.has(name) ? undefined : name.split('_').find(word => telling.has(word.toLowerCase()))
}

/** Whether the name of an HTTP header says that its value is secret: `Authorization`, `Cookie`, `X-Api-Key`. */
export function isSecretHeader(name: string): boolean {
  return name.split(/[-_]/).some(word => telling.has(word.toLowerCase()))
}
