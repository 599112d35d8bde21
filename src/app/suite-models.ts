import type { ModelReady } from '../domain/event.js'
import { sumUsage, type Model, type ModelRole, type ModelUsage } from '../domain/model.js'
import { FaultError, type Fault } from '../domain/fault.js'
import type { StopReason } from '../domain/outcome.js'
import { findsWords } from '../domain/model-driven.js'
import { maskFault, maskTranscript } from '../domain/mask-event.js'
import type { Mask } from '../domain/mask.js'
import type { Transcript } from '../domain/transcript.js'
import type { CallerFactory } from '../ports/caller.js'
import type { Auditor, ConversationCase, Judge } from '../ports/judge.js'
import { maskMessages, type LanguageModel, type ModelUse } from '../ports/language-model.js'
import type { Prepared } from './plan-document.js'
import type { Adapters } from './registry.js'
import { openSpeech, type SuiteSpeech } from './suite-speech.js'

/** A suite's caller and judge with their models; only those the plan needs. */
export interface SuiteModels extends Disposable {
  readonly caller: CallerFactory
  /** Waits until the caller's model can serve another conversation; absent if none has to. */
  readonly room?: LanguageModel['room']
  readonly judge?: Judge
  /** Why the caller of a conversation did not follow its instructions, if so. @throws {FaultError} */
  readonly audit?: (subject: ConversationCase, transcript: Transcript, use: ModelUse) => Promise<string | undefined>
  /** What speaks for callers and hears agents; absent if none is called. */
  readonly speech?: SuiteSpeech
  /** The result and cost of checking each model. */
  readonly ready: readonly ModelReady[]
  /** Calls the listener with the total spent so far, in the suite's currency. Abandoned requests count. */
  onCost(listener: (cost: number) => void): void
  /**
   * Finishes the cassette, if one is recorded.
   *
   * @param stopped  Why the suite stopped early. Unless the suite itself asks for that, the cassette is incomplete.
   * @returns What happened to the cassette, for people. @throws {CassetteError}
   */
  keepRecording(stopped: StopReason | undefined): string | undefined
}

/** A model that the suite needs does not answer. No agent was called. */
export class ModelUnfit extends Error {
  override readonly name = 'ModelUnfit'
  constructor(readonly fault: Fault) {
    super(fault.message)
  }
}

export interface OpenModels {
  /** Whether the suite resumes a result. An unfinished recording is then continued too. */
  readonly isResumed: boolean
  /**
   * Whether to ask each model a small question first. That finds a wrong key, an unknown model or an endpoint without JSON
   * answers before any call. Where nobody waits for the answer, each run finds out for itself.
   */
  readonly check: boolean
  /** Whether this process calls agents: then what speaks and hears is opened too. Default: no. */
  readonly calls?: boolean
}

/**
 * Opens the models that a plan needs. With a cassette, records or replays their answers.
 *
 * @throws {ModelUnfit} when one does not answer. When the signal aborted, its reason.
 * @throws {CassetteError}
 */
export async function openModels(prepared: Prepared, how: OpenModels, use: Adapters, signal: AbortSignal): Promise<SuiteModels> {
  const { plan, document, mask, request } = prepared
  const {
    seed,
    models: { caller, judge, audits },
  } = plan
  const { secrets } = document
  const cassette = request.cassette && (await use.cassette(request.cassette, how.isResumed, { seed, secrets, mask }))
  let cost = 0
  let tell: ((cost: number) => void) | undefined
  const spend = (usage: ModelUsage): void => {
    cost += usage.cost ?? 0
    tell?.(cost)
  }
  const open = async (model: Model): Promise<LanguageModel> => {
    const keyName = secrets.find(({ value }) => value !== '' && model.apiKey?.includes(value))?.name
    const own = (): Promise<LanguageModel> =>
      use.languageModel(model, { seed, mask, ...(keyName !== undefined && { keyName }), ...atOnce(model, [caller, judge]) })
    const asked = metered(await (cassette ? cassette.model(model, own) : own()), spend)
    if (how.check) ready.push(await check(model, asked, { mask, clock: use.clock, signal: AbortSignal.any([signal, checking.signal]) }))
    return asked
  }

  const ready: ModelReady[] = []
  const checking = new AbortController()
  let isKept = false
  try {
    const [callerModel, judgeModel] = await Promise.all([caller && open(caller), judge && open(judge)])
    const speech = how.calls ? await openSpeech(plan, mask, use, signal).catch(unfit) : undefined
    if (speech) ready.push(...speechTaken(plan, speech, use))
    const reader = judgeModel ?? callerModel
    return {
      caller: callerModel ? callersOf(callerModel, await use.modelCaller()) : await use.caller(),
      ...(callerModel?.room && { room: callerModel.room }),
      ...(speech && { speech }),
      ...(judge && judgeModel && { judge: judgeOf((await use.judge())(masking(judgeModel, mask), judge), mask) }),
      ...(audits && reader && { audit: auditOf((await use.auditor())(masking(reader, mask)), mask) }),
      ready: ready.toSorted((a, b) => (a.role < b.role ? -1 : 1)),
      onCost(listener) {
        tell = listener
        listener(cost)
      },
      keepRecording(stopped) {
        isKept = true
        return cassette?.close(stopped === undefined || asItAsks.has(stopped) ? 'whole' : 'unfinished')
      },
      [Symbol.dispose]() {
        void speech?.[Symbol.asyncDispose]()
        if (!isKept) cassette?.close('unfinished')
      },
    }
  } catch (cause) {
    checking.abort(cause)
    cassette?.close('unused')
    throw cause
  }
}

/** The engines of this machine that speak and hear because the suite names none. */
function speechTaken({ models: { tts, stt } }: Prepared['plan'], { mouth, ears }: SuiteSpeech, { clock }: Adapters): ModelReady[] {
  const taken = { type: 'model.ready', at: clock.date().toISOString(), tookMs: 0, usage: [] } as const
  return [
    ...(tts ? [] : [{ ...taken, role: 'tts' as const, model: mouth.name }]),
    ...(stt || !ears ? [] : [{ ...taken, role: 'stt' as const, model: ears.name }]),
  ]
}

/** @throws {ModelUnfit} for a fault; any other cause as it is. */
function unfit(cause: unknown): never {
  throw cause instanceof FaultError ? new ModelUnfit(cause.fault) : cause
}

/** Of several models on one endpoint, the lowest limit that the suite sets counts. */
function atOnce({ baseUrl }: Model, models: readonly (Model | undefined)[]): { readonly concurrency?: number } {
  const set = models.flatMap(each => (each?.baseUrl === baseUrl ? (each.limits.concurrency ?? []) : []))
  return set.length === 0 ? {} : { concurrency: Math.min(...set) }
}

/** Early stops that the suite asks for: the next run would stop there again. */
const asItAsks: ReadonlySet<StopReason> = new Set(['max_failures', 'max_cost'])

/** Each caller has a seed of its own, so that two callers in the same situation can get different words. */
function callersOf(model: LanguageModel, modelCaller: (model: LanguageModel) => CallerFactory): CallerFactory {
  return (spec, use) => {
    const seed = Math.floor(use.random() * 2 ** 31)
    return modelCaller({ ...model, ask: (request, own) => model.ask({ seed, ...request }, own) })(spec, use)
  }
}

/** Judges read conversations as stored, with secrets masked, so a rescored result gets the same verdict. */
function judgeOf(judge: Judge, mask: Mask): Judge {
  return { ...judge, judge: (subject, transcript, metrics, use) => judge.judge(subject, maskTranscript(transcript, mask), metrics, use) }
}

function auditOf(auditor: Auditor, mask: Mask): NonNullable<SuiteModels['audit']> {
  return async (subject, transcript, use) =>
    findsWords(subject.case.scenario.behaviour) ? auditor.audit(subject, maskTranscript(transcript, mask), use) : undefined
}

/** Masks secrets in everything else that is sent to the model, too. */
function masking(model: LanguageModel, mask: Mask): LanguageModel {
  return { ...model, ask: (request, use) => model.ask({ ...request, messages: maskMessages(request.messages, mask) }, use) }
}

/** Reports everything spent, besides telling the asker. */
function metered(model: LanguageModel, spend: (usage: ModelUsage) => void): LanguageModel {
  return {
    ...model,
    ask: (request, use) =>
      model.ask(request, {
        ...use,
        spent(usage) {
          spend(usage)
          use.spent(usage)
        },
      }),
  }
}

interface CheckUse extends Pick<Adapters, 'clock'> {
  readonly mask: Mask
  readonly signal: AbortSignal
}

/** Asks the model the smallest possible question. */
async function check(of: Model, model: LanguageModel, { mask, clock, signal }: CheckUse): Promise<ModelReady> {
  const startedMs = clock.now()
  const usages: ModelUsage[] = []
  try {
    await model.ask(readiness(of.role), { signal, spent: usage => usages.push(usage) })
  } catch (cause) {
    if (cause instanceof FaultError) throw new ModelUnfit(maskFault(cause.fault, mask))
    throw cause
  }
  const tookMs = Math.round(clock.now() - startedMs)
  return { type: 'model.ready', at: clock.date().toISOString(), role: of.role, model: of.model, tookMs, usage: sumUsage(usages) }
}

function readiness(role: ModelRole): Parameters<LanguageModel['ask']>[0] {
  return {
    purpose: `${role}, before the first call`,
    messages: [{ role: 'user', content: 'Are you there? Answer with {"ready":true}.' }],
    answer: {
      name: 'ready',
      schema: { type: 'object', properties: { ready: { type: 'boolean' } }, required: ['ready'], additionalProperties: false },
      mostTokens: 50,
    },
  }
}
