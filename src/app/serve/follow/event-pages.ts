import type { SequencedEvent } from '../../../ports/database.js'

/** A stored event, ready to send. */
export interface StoredMessage {
  readonly sequence: number
  readonly bytes: Buffer
  /** Whether the result ends with it. */
  readonly isLast: boolean
}

/** The events of some consecutive sequence numbers. All readers of a result share them. */
export interface EventPage {
  /** Whether the event after this sequence number belongs to the page. */
  contains(sequence: number): boolean
  /** The last sequence number that belongs to the page. */
  readonly upTo: number
  readonly messages: readonly StoredMessage[]
  /** Whether no more events can join it. */
  readonly isFull: boolean
  /** The {@link EventPages.version} that the page shows in any case. */
  readonly version: number
}

/** A result's stored events in pages. The pages last used stay in memory. */
export interface EventPages {
  /** Counts the news of the result. */
  readonly version: number
  /** Says that there may be new events. */
  noteNews(): void
  /** The page of the event after this sequence number, as far as it is read. */
  pageAfter(sequence: number): EventPage
  /** Reads what is new of a page. Those who ask meanwhile share the answer. @throws {StoreError} */
  read(page: EventPage): Promise<void>
}

export interface EventPagesUse {
  /** Reads events after a sequence number, `limit` at most. */
  events(after: number, limit: number): Promise<readonly SequencedEvent[]>
  encode(stored: SequencedEvent): Buffer
  /** Called with what was read, before any reader has it. */
  onRead(events: readonly SequencedEvent[]): void
}

/** Sequence numbers per page. The conversations of all their runs may be in memory together. */
const pageLength = 50
/** Readers that keep up share the last page, and those that begin share the first ones. */
const keptPages = 4

interface PageInMemory extends EventPage {
  /** Sequence number before the first of the page. */
  readonly after: number
  messages: StoredMessage[]
  isFull: boolean
  version: number
  reading?: Promise<void> | undefined
}

export function createEventPages({ events, encode, onRead }: EventPagesUse): EventPages {
  /** The last used one last. */
  const pages = new Map<number, PageInMemory>()
  let version = 1

  const readMore = async (page: PageInMemory): Promise<void> => {
    const readAt = version
    const read = await events(page.messages.at(-1)?.sequence ?? page.after, pageLength)
    const own = read.filter(({ sequence }) => sequence <= page.upTo)
    onRead(own)
    for (const stored of own) {
      page.messages.push({ sequence: stored.sequence, bytes: encode(stored), isLast: stored.event.type === 'suite.ended' })
    }
    page.isFull = (read.at(-1)?.sequence ?? 0) >= page.upTo
    page.version = readAt
  }

  return {
    get version() {
      return version
    },
    noteNews: () => void (version += 1),
    pageAfter(sequence) {
      const after = Math.floor(sequence / pageLength) * pageLength
      const page = pages.get(after) ?? emptyPage(after)
      pages.delete(after)
      pages.set(after, page)
      const [oldest] = pages.keys()
      if (pages.size > keptPages && oldest !== undefined) pages.delete(oldest)
      return page
    },
    read(asked) {
      const page = asked as PageInMemory
      page.reading ??= readMore(page).finally(() => (page.reading = undefined))
      return page.reading
    },
  }
}

function emptyPage(after: number): PageInMemory {
  const upTo = after + pageLength
  return { after, upTo, contains: sequence => sequence >= after && sequence < upTo, messages: [], isFull: false, version: 0 }
}
