import { FaultError } from '../../../domain/fault.js'
import type { Conversation } from '../../../ports/channel.js'
import { createRateLimit } from '../rate-limit.js'
import { openFramedConversation, type FramedCall } from './framed-conversation.js'

/**
 * Opens a framed conversation, again after each wait that the agent asks for when it refuses the handshake.
 *
 * @param waitsIfLimited  Whether it waits at all.
 * @throws as `openFramedConversation` does.
 */
export async function openPatiently(use: FramedCall, waitsIfLimited: boolean): Promise<Conversation> {
  const { call, clock, signal, live } = use
  const limit = createRateLimit(call, clock, !waitsIfLimited)
  for (;;) {
    try {
      return await openFramedConversation(use)
    } catch (error) {
      if (!(error instanceof FaultError) || signal.aborted) throw error
      await waitOut(error)
    }
  }

  function waitOut({ fault }: FaultError): Promise<void> {
    return new Promise((resolve, reject) => {
      const onAbort = (): void => void drop(signal.reason)
      const leave = (): void => {
        live.delete(drop)
        signal.removeEventListener('abort', onAbort)
      }
      const waiting = limit.waitOut(fault, () => {
        leave()
        resolve()
      })
      if ('fault' in waiting) return reject(new FaultError(waiting.fault))
      live.add(drop)
      signal.addEventListener('abort', onAbort)

      function drop(reason: unknown): Promise<void> {
        leave()
        if ('cancel' in waiting) waiting.cancel()
        reject(reason)
        return Promise.resolve()
      }
    })
  }
}
