/** A page of the list of objects. */
export interface ListedObjects {
  readonly keys: readonly string[]
  /** Where the next page begins; absent on the last one. */
  readonly next?: string
}

/** Reads the answer to a listing with `encoding-type=url`. */
export function readListing(xml: string): ListedObjects {
  const keys = [...xml.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key = '']) => decodeURIComponent(plain(key).replaceAll('+', ' ')))
  const [, next] = /<NextContinuationToken>([^<]*)<\/NextContinuationToken>/.exec(xml) ?? []
  return { keys, ...(next !== undefined && { next: plain(next) }) }
}

/** What S3 says went wrong: its code and its sentence. Nothing else, for the rest may repeat the request. */
export function readError(xml: string): string | undefined {
  const [, code] = /<Code>([^<]*)<\/Code>/.exec(xml) ?? []
  const [, message] = /<Message>([^<]*)<\/Message>/.exec(xml) ?? []
  const said = [code, message].filter(part => part).map(part => plain(part ?? ''))
  return said.length === 0 ? undefined : said.join(': ')
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function plain(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (all, decimal?: string, hex?: string, name?: string) => {
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
    return name === undefined ? safeChar(code, all) : (entities[name] ?? all)
  })
}

function safeChar(code: number, otherwise: string): string {
  return code <= 0x10_ff_ff ? String.fromCodePoint(code) : otherwise
}
