import { parseParams, quoted, unquoted, writeParams, type Params } from './params.js'

/** The value of From, To, Contact, Route and their like. */
export interface NameAddr {
  /** `''` if there is none. */
  readonly display: string
  /** As it stands there; its scheme may be one that `parseUri` does not know. */
  readonly uri: string
  readonly params: Params
}

const bracketedForm = /^(?:("(?:[^"\\]|\\.)*")|([^"<>,;:]*))\s*<([^\s<>]+)>(.*)$/s
const plainForm = /^([a-z][a-z\d+.-]*:[^\s<>,?;"]+)(.*)$/is

/** @returns `undefined` if it is not one. */
export function parseNameAddr(value: string): NameAddr | undefined {
  const inBrackets = bracketedForm.exec(value)
  const [display, uri, rest] = inBrackets
    ? [unquoted(inBrackets[1] ?? (inBrackets[2] ?? '').trim()), inBrackets[3] ?? '', inBrackets[4] ?? '']
    : ['', ...(plainForm.exec(value)?.slice(1, 3) ?? [])]
  if (uri === undefined || uri === '' || !/^[a-z][a-z\d+.-]*:/i.test(uri)) return undefined
  const params = parseParams(rest ?? '')
  return params && { display: display ?? '', uri, params }
}

export function writeNameAddr({ display, uri, params }: NameAddr): string {
  return `${display && `${quoted(display)} `}<${uri}>${writeParams(params)}`
}

/** The tag of a From or To; `''` if it has none. */
export function tagOf(value: string | undefined): string {
  return (value !== undefined && parseNameAddr(value)?.params.get('tag')) || ''
}
