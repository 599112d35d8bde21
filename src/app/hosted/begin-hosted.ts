import type { HostedResult } from '../../domain/hosted.js'
import type { ResultId } from '../../domain/ids.js'
import type { HostedEntry } from '../../domain/plan.js'
import { HostedServiceError, type HostedService } from '../../ports/hosted-service.js'
import { planDocument, type Prepared } from '../plan-document.js'
import type { Problem } from '../problem.js'
import type { Adapters } from '../registry.js'
import type { Stop } from '../stopping.js'
import { otherScenario } from './contradictions.js'

export type HostedBeginning =
  /** All requests have started, and the plan has all its runs. */
  | { readonly status: 'begun'; readonly prepared: Prepared }
  /** No service was asked to start anything. */
  | ({ readonly status: 'refused' } & Problem)
  /** Requests that had started were ended again. */
  | ({ readonly status: 'cut_off' } & Problem)

/**
 * Starts a plan's hosted run entries, one request each. Checks the credentials with all services first, so that a mistake
 * shows before any call.
 *
 * @param how  `isResumed`: whether the result is resumed; its requests have then started already.
 */
export async function beginHosted(
  prepared: Prepared,
  result: ResultId,
  how: { readonly use: Adapters; readonly stop: Stop; readonly isResumed: boolean },
): Promise<HostedBeginning> {
  const { use, stop: user, isResumed } = how
  const { plan, document, request, mask } = prepared
  const { toBegin } = plan
  if (!toBegin) return { status: 'begun', prepared }
  if (isResumed)
    return {
      status: 'refused',
      code: 'plan_changed',
      message: 'The plan has changed since the result was started: it had no hosted service then. Start a new run instead of resuming.',
    }
  const begun: { readonly service: HostedService; readonly slug: string; readonly result: HostedResult }[] = []
  const give = async (code: 'stopped' | 'service', because: string, isRefused = false): Promise<HostedBeginning> => {
    for (const each of begun) await each.service.endCalls(each.result.id, AbortSignal.timeout(endPatienceMs)).catch(() => undefined)
    const ended = begun.map(each => `${each.result.id} at ${each.service.place}`).join(', ')
    const message = mask.text(ended === '' ? because : `${because} The requests already made were ended again: result ${ended}.`)
    return { status: isRefused && begun.length === 0 ? 'refused' : 'cut_off', code, message }
  }
  try {
    const services = await Promise.all(toBegin.map(async ({ agent }) => await use.hosted(agent, mask)))
    await Promise.all(services.map(service => service.check(user.gently)))
    for (const [i, service] of services.entries()) {
      const entry = toBegin[i]!
      user.gently.throwIfAborted()
      // A request in flight is awaited, so that it can be ended.
      const answer = await service.start(entry.request, nameOf(entry, result, mask), user.now)
      begun.push({ service, slug: entry.slug, result: answer })
      const other = otherScenario(answer.cases, entry.request)
      if (other) return await give('service', `${service.place} began the scenario ${other}, which was not asked for.`)
    }
  } catch (cause) {
    if (user.now.aborted)
      return give('stopped', `Interrupted. Hosted services keep running what they have started; look there for ${result} in the name.`)
    if (user.gently.aborted) return give('stopped', 'Interrupted before all hosted runs had started.')
    if (!(cause instanceof HostedServiceError)) throw cause
    return give('service', cause.message, cause.kind === 'refused')
  }

  const options = { ...request.options, hosted: Object.fromEntries(begun.map(each => [each.slug, each.result])) }
  const planned = planDocument(document, { ...request, options })
  if ('diagnostics' in planned) {
    return give('service', planned.diagnostics.map(({ message, hint }) => (hint ? `${message} ${hint}` : message)).join(' '))
  }
  return { status: 'begun', prepared: { ...planned, warnings: prepared.warnings } }
}

const endPatienceMs = 10_000

/** The result's name at the service, by which we and people find it again. */
function nameOf({ entry }: HostedEntry, result: ResultId, mask: Prepared['mask']): string {
  return `${mask.text(entry.name)} ${result}`
}
