import type { Place } from '../../../domain/place.js'
import type { ConnectionOf } from '../../../domain/connection.js'
import type { Call, Channel, ChannelUse } from '../../../ports/channel.js'
import { refuseForbidden } from '../egress.js'
import { routeTo } from '../proxy/route.js'
import { strictConversation } from '../strict-conversation.js'
import { askByRequest } from './ask-by-request.js'
import type { Dialect } from './dialect.js'
import { openRequestPool } from './request-pool.js'

/** Where requests go. */
export interface RequestTarget extends Pick<ConnectionOf<'http' | 'openai'>, 'rateLimited'> {
  readonly url: URL
  /** The agent's address, for messages. */
  readonly place: Place
}

/**
 * A channel that asks the agent by HTTP requests: one connection pool for all conversations, and one request a turn.
 * The first request goes out with the caller's first words, so an unreachable agent shows in the first turn.
 */
export function requestChannel({ url, place, rateLimited }: RequestTarget, use: ChannelUse, dialectOf: (call: Call) => Dialect): Channel {
  const { clock, concurrency, egress } = use
  const pool = openRequestPool(url.origin, concurrency, place, routeTo(url, use))
  return {
    open: (call, hear, signal) => {
      try {
        signal.throwIfAborted()
        refuseForbidden(url, egress, place)
      } catch (cause) {
        return Promise.reject(cause)
      }
      const dialect = dialectOf(call)
      return strictConversation({
        ask: askByRequest(call, dialect, { pool, place, clock, waitsIfLimited: rateLimited?.wait ?? true }),
        call,
        hear,
        signal,
        ...(dialect.pointers && { pointers: () => dialect.pointers?.() ?? [] }),
      })
    },
    [Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
  }
}
