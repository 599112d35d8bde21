import type { HostedResult } from '../../domain/hosted.js'
import type { ResultId } from '../../domain/ids.js'
import type { HostedEntry } from '../../domain/plan.js'
import { HostedServiceError, type HostedService } from '../../ports/hosted-service.js'
import { planDocument, type Prepared } from '../plan-document.js'
import type { Adapters } from '../registry.js'
import type { Stop } from '../stopping.js'

export type HostedBeginning =
  /** All have begun, and the plan is whole. */
  | { readonly status: 'begun'; readonly prepared: Prepared }
  /** Nothing was called. */
  | { readonly status: 'refused'; readonly message: string }
  /** What had been begun was ended again. */
  | { readonly status: 'cut_off'; readonly message: string }

/**
 * Has hosted services begin what a plan wants of them: a request for each run entry. All services are asked first whether
 * they know us, so that a mistake is told before anybody is called.
 *
 * @param how  `isResumed`: whether a result is resumed; then all has begun before.
 */
export async function beginHosted(
  prepared: Prepared,
  result: ResultId,
  how: { readonly use: Adapters; readonly stop: Stop; readonly isResumed: boolean },
): Promise<HostedBeginning> {
  const { use, stop: user, isResumed } = how
  const { plan, document, request, redact } = prepared
  const { toBegin } = plan
  if (!toBegin) return { status: 'begun', prepared }
  if (isResumed)
    return {
      status: 'refused',
      message: 'The plan has changed since the result was started: it had no hosted service then. Start a new run without --resume.',
    }
  const begun: { readonly service: HostedService; readonly slug: string; readonly result: HostedResult }[] = []
  const give = async (because: string, isRefused: boolean): Promise<HostedBeginning> => {
    for (const each of begun) await each.service.endCalls(each.result.id, AbortSignal.timeout(endPatienceMs)).catch(() => undefined)
    const ended = begun.map(each => `${each.result.id} at ${each.service.place}`).join(', ')
    const message = redact(ended === '' ? because : `${because} The requests already made were ended again: result ${ended}.`)
    return { status: isRefused && begun.length === 0 ? 'refused' : 'cut_off', message }
  }
  try {
    const services = await Promise.all(toBegin.map(async ({ agent }) => await use.hosted(agent)))
    await Promise.all(services.map(service => service.check(user.gently)))
    for (const [i, service] of services.entries()) {
      const entry = toBegin[i]!
      user.gently.throwIfAborted()
      // What is asked for is waited for, so that it can be ended.
      begun.push({ service, slug: entry.slug, result: await service.start(entry.request, nameOf(entry, result, redact), user.now) })
    }
  } catch (cause) {
    if (user.now.aborted)
      return give(`Interrupted. Hosted services keep running what they have started; look there for ${result} in the name.`, false)
    if (user.gently.aborted) return give('Interrupted before all hosted runs had started.', false)
    if (!(cause instanceof HostedServiceError)) throw cause
    return give(cause.message, cause.kind === 'refused')
  }

  const options = { ...request.options, hosted: Object.fromEntries(begun.map(each => [each.slug, each.result])) }
  const planned = planDocument(document, { ...request, options })
  if ('diagnostics' in planned) {
    return give(planned.diagnostics.map(({ message, hint }) => (hint ? `${message} ${hint}` : message)).join(' '), false)
  }
  return { status: 'begun', prepared: { ...planned, warnings: prepared.warnings } }
}

const endPatienceMs = 10_000

/** What the result is called there: it is found by that again, by us and by people. */
function nameOf({ entry }: HostedEntry, result: ResultId, redact: Prepared['redact']): string {
  return `${redact(entry.name)} ${result}`
}
