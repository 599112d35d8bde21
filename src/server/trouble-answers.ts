import { QueueError, StoreError, type PlainError, type StoreCode } from '../app/serve/refusal.js'

/** The answer to a fault of the environment, which is neither the client's mistake nor our bug. The log has the details. */
export interface TroubleAnswer {
  readonly status: 404 | 500 | 503
  readonly detail: string
  /** Seconds until a retry may help. */
  readonly retryAfterS?: number
}

const ofStore: Readonly<Record<StoreCode, TroubleAnswer>> = {
  not_found: { status: 404, detail: 'Not found.' },
  exists: { status: 500, detail: 'The server cannot write this result, because another one is in its place.' },
  in_use: { status: 503, detail: 'Another process is using the database. Try again.', retryAfterS: 5 },
  lost: { status: 503, detail: 'The database cannot be reached, or cannot be written now. Try again.', retryAfterS: 5 },
  unwritable: { status: 500, detail: 'The server cannot write its files. The reason is in its log.' },
  unreadable: { status: 500, detail: 'The server cannot read its files. The reason is in its log.' },
  damaged: { status: 500, detail: 'The stored result is damaged. The reason is in the log of the server.' },
  other_format: { status: 500, detail: 'The stored result has a format that this server does not read. The reason is in its log.' },
  failed: { status: 500, detail: 'The database could not do what the server asked of it. The reason is in its log.' },
}

export function answerOf(error: PlainError): TroubleAnswer {
  if (error instanceof StoreError) return ofStore[error.code]
  if (error instanceof QueueError) return { status: 503, detail: 'The queue cannot be reached. Try again.', retryAfterS: 5 }
  return { status: 503, detail: 'The server lacks a package that this needs. Its log says which.' }
}
