import { isRecord, parsedOf } from '../../../domain/json-value.js'
import { Fields } from '../../../domain/wire/fields.js'
import { argumentKeys, namesOfCall, placesOfCall } from '../../../domain/wire/read-tool.js'

/** What a frame that calls a tool has beside its data. */
export interface AroundCall {
  /** Where else the call's arguments may be. */
  readonly around: readonly Fields[]
  /** The content, unless it is the call once more. */
  readonly words: unknown
}

/** Keys of a frame that are read by name, or that are about the frame. */
const own: ReadonlySet<string> = new Set(['role', 'data', 'content', 'metadata', 'type'])

export function aroundCall(frame: Readonly<Record<string, unknown>>): AroundCall {
  const beside = new Fields(
    Object.fromEntries(
      Object.entries(frame).filter(([key, value]) => !own.has(key) && (argumentKeys.some(each => each === key) || isLikeJson(value))),
    ),
  )
  const { content, data } = frame
  const names = isRecord(data) ? namesOfCall(placesOfCall(new Fields(data))) : []
  const inContent = callIn(content, names)
  if (inContent) return { around: [beside, ...inContent], words: undefined }
  const isSilent = content === undefined || content === null || (typeof content === 'string' && content.trim() === '')
  return { around: [beside], words: isSilent || names.some(name => name === content) ? undefined : content }
}

function isLikeJson(value: unknown): boolean {
  return typeof value === 'string' ? /^\s*[[{]/.test(value) : typeof value === 'object'
}

/** Where the arguments are in a content that is the call once more: its arguments as JSON, the call as JSON, or `name(arguments)`. */
function callIn(content: unknown, names: readonly string[]): Fields[] | undefined {
  const parsed = parsedOf(content)
  if (isRecord(parsed)) {
    const places = placesOfCall(new Fields(parsed))
    const isCall = namesOfCall(places).some(name => names.includes(name))
    return isCall ? places : [new Fields({ arguments: content })]
  }
  const [, name = '', inside = ''] = typeof content === 'string' ? (/^\s*([\w.-]+)\s*\((.*)\)\s*$/s.exec(content) ?? []) : []
  if (!names.includes(name)) return undefined
  if (isRecord(parsedOf(inside))) return [new Fields({ arguments: inside })]
  // Arguments that cannot be read: they count where there are no others.
  return inside.trim() === '' || inside.trim() === 'null' ? [] : [new Fields({ content: inside })]
}
