import { FaultError, type Fault } from '../../../../../domain/fault.js'
import type { Place } from '../../../../../domain/place.js'
import { refuseForbidden } from '../../../egress.js'
import { authorizationIn, mergeHeaders } from '../../../headers.js'
import { openRequestPool, type Request } from '../../../http/request-pool.js'
import { routeTo } from '../../../proxy/route.js'
import { isRefusal, type HttpAnswer } from '../../../receive-body.js'
import { statusFault } from '../../../status-fault.js'
import type { LineUse } from '../line-use.js'

/** A request to an agent, as Twilio makes it. */
export interface AgentRequest extends Pick<Request, 'method' | 'body'> {
  readonly url: URL
  readonly place: Place
  readonly headers: Readonly<Record<string, string>>
  /** How long the answer may take, and the fault of one that takes longer. */
  readonly within: { readonly ms: number; readonly fault: Fault }
  /** A file may have 16 MiB, other answers 1 MiB. */
  readonly isFile?: true
  /** Of the call. */
  readonly signal: AbortSignal
}

/**
 * Asks an agent for something.
 *
 * @returns The body of its answer.
 * @throws {FaultError} when the agent is not reached, refuses, or answers too much. When the signal aborts, its reason.
 */
export async function requestOfAgent(request: AgentRequest, use: Pick<LineUse, 'clock' | 'egress' | 'network'>): Promise<Buffer> {
  const { url, place, method, body, headers, within, isFile, signal } = request
  signal.throwIfAborted()
  refuseForbidden(url, use.egress, place)
  await using pool = openRequestPool(url.origin, 1, place, routeTo(url, use))
  const all = mergeHeaders<string>({ 'accept': '*/*', 'user-agent': 'TwilioProxy/1.1', ...authorizationIn(url) }, headers).flat()
  const chunks: Buffer[] = []
  const begins = () => (isFile ? (chunk: Buffer) => void chunks.push(chunk) : undefined)
  const leaving: (() => void)[] = []
  try {
    const answer = await new Promise<HttpAnswer>((resolve, reject) => {
      const failed = (fault: Fault): void => reject(new FaultError(fault))
      const onAbort = (): void => reject(signal.reason as Error)
      const sent = pool.send({ method, path: url.pathname + url.search, headers: all, body }, { answered: resolve, failed, begins })
      const cancelTimer = use.clock.after(within.ms, () => failed(within.fault))
      signal.addEventListener('abort', onAbort)
      leaving.push(
        () => sent.cancel(),
        cancelTimer,
        () => signal.removeEventListener('abort', onAbort),
      )
    })
    if (isRefusal(answer.status)) throw new FaultError(statusFault(answer, answer.body.toString(), place, use.clock.date()))
    return isFile ? Buffer.concat(chunks) : answer.body
  } finally {
    for (const leave of leaving) leave()
  }
}
