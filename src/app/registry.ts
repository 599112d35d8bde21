import type { Network } from '../ports/network.js'
import type { ConnectionType, HostedType } from '../domain/connection.js'
import { isHosted } from '../domain/connection-facts.js'
import type { Agent } from '../domain/document.js'
import type { WorkTree } from '../domain/start-context.js'
import type { Mask } from '../domain/mask.js'
import type { Model } from '../domain/model.js'
import type { Environment } from '../domain/environment.js'
import { FaultError } from '../domain/fault.js'
import type { CallerFactory } from '../ports/caller.js'
import type { Channel, ChannelFactory, Egress } from '../ports/channel.js'
import { openNetwork } from '../adapters/network/open-network.js'
import type { Chats } from '../adapters/channels/polled.js'
import type { Cassette, CassetteUse } from '../adapters/models/cassette/cassette.js'
import type { Clock, SeededRandom } from '../ports/clock.js'
import type { HostedService } from '../ports/hosted-service.js'
import type { Auditor, Judge } from '../ports/judge.js'
import type { Endpoints } from '../adapters/models/endpoints.js'
import type { LanguageModel } from '../ports/language-model.js'
import type { Launcher } from '../ports/launcher.js'
import type { Patterns } from '../ports/patterns.js'
import type { Recordings } from '../ports/recordings.js'
import type { WorkFolder } from '../adapters/recordings/work-folder.js'
import type { ProgressReporter, Reporter } from '../ports/reporter.js'
import { PackageMissing } from '../ports/package-missing.js'
import type { SpeechSettings } from '../domain/speech-settings.js'
import type { SelfHearing, SpeechToText, TextToSpeech } from '../ports/speech.js'
import type { DetectorName } from '../domain/sound.js'
import type { OpenDetector } from './open-detector.js'
import type { PhoneLines } from '../ports/phone-lines.js'
import type { Store } from '../ports/store.js'
import type { ToolDesk } from '../ports/tool-desk.js'
import { importOptional } from './optional-packages.js'

/** How a model is opened. */
export interface ModelOpening {
  readonly seed: number
  readonly mask: Mask
  /** The environment variable that holds the model's key, if any. */
  readonly keyName?: string
  /** How many requests its endpoint gets at once, at most. Default: as many as it serves well. */
  readonly concurrency?: number
}

/** Everything the pipeline runs on. Each adapter loads on first use. */
export interface Adapters {
  readonly clock: Clock
  /** Whether a logical clock makes the same run give the same bytes: nothing about the machine is recorded then. */
  readonly isLogical?: boolean
  /** What is checked out in a folder, asked once; `undefined` if nothing is. */
  workTree(folder: string): Promise<WorkTree | undefined>
  /** Distinguishes results that start in the same second. */
  readonly uniqueSuffix: () => string
  /** How this machine reaches others: through which proxy, and whom it trusts. */
  readonly network: Network
  random(): Promise<SeededRandom>
  patterns(): Promise<Patterns>
  store(): Promise<Store>
  /** Where the server keeps its results: a folder or a `postgres://` URL. Default: the usual folder. */
  readonly serverDatabase?: string
  launcher(): Promise<Launcher>
  /** Loads what agents are connected with: later, the calls in progress would have to wait for it. */
  loadChannels(agents: readonly Agent[]): Promise<void>
  /** @param how.phoneLines  Default: those of this process. */
  channel(agent: Agent, how: { readonly concurrency: number; readonly mask: Mask; readonly phoneLines?: PhoneLines }): Promise<Channel>
  /** The service that conducts the conversations with a hosted agent. */
  hosted(agent: Agent, mask: Mask): Promise<HostedService>
  /** The chats that API clients have with us. */
  chats(): Promise<Chats>
  /** Addresses that requests may make us connect to. */
  egress(): Promise<Egress>
  /** Answers for the mock tools of an agent that has them. */
  toolDesk(agent: Agent): Promise<ToolDesk>
  caller(): Promise<CallerFactory>
  modelCaller(): Promise<(model: LanguageModel) => CallerFactory>
  judge(): Promise<(model: LanguageModel, how: { readonly votes: number; readonly emptyControl: boolean }) => Judge>
  auditor(): Promise<(model: LanguageModel) => Auditor>
  languageModel(model: Model, how: ModelOpening): Promise<LanguageModel>
  /**
   * What speaks for callers. @param settings  Default: the best engine of this machine.
   *
   * @throws {FaultError} when there is none, or it cannot be used.
   */
  mouth(settings: SpeechSettings | undefined, mask: Mask): Promise<TextToSpeech>
  /** As `mouth`, for what hears agents. */
  ears(settings: SpeechSettings | undefined, mask: Mask): Promise<SpeechToText>
  /** What tells speech from silence in calls. @throws {FaultError} when it cannot be used. */
  detector(stated: DetectorName | undefined): Promise<OpenDetector>
  /**
   * Where recordings are kept that are not kept beside their results.
   *
   * @param to  An absolute folder, or `s3://bucket/prefix`.
   * @throws {StoreError} when a bucket cannot be written to.
   */
  recordings(to: string, work: WorkFolder): Promise<Recordings>
  /** What listens to callers with our own ears. */
  selfHearing(mouth: TextToSpeech, ears: SpeechToText): Promise<SelfHearing>
  /**
   * Opens a cassette.
   *
   * @param isResumed  Whether to continue an unfinished recording.
   * @throws {CassetteError} when it cannot be read or written.
   */
  cassette(request: CassetteRequest, isResumed: boolean, use: Omit<CassetteUse, 'clock'>): Promise<Cassette>
  progress(): Promise<ProgressReporter>
}

/** A file of models' answers, to record or to replay. */
export interface CassetteRequest {
  readonly mode: 'record' | 'replay'
  readonly file: string
}

/** The channel of each connection type whose conversations this process conducts. */
const channels: Record<Exclude<ConnectionType, HostedType>, (chats: () => Promise<Chats>) => Promise<ChannelFactory>> = {
  http: async () => (await import('../adapters/channels/http.js')).httpChannel,
  openai: async () => (await import('../adapters/channels/openai.js')).openaiChannel,
  websocket: async () => (await import('../adapters/channels/websocket.js')).websocketChannel,
  command: async () => (await import('../adapters/channels/command.js')).commandChannel,
  module: async () => (await import('../adapters/channels/module.js')).moduleChannel,
  chirp: async () => openVoice(),
  twilio_stream: async () => openVoice(),
  media_stream: async () => openVoice(),
  openai_realtime: async () => openVoice(),
  pipecat: async () => openVoice(),
  pipecat_eval: async () => openVoice(),
  sip: async () => openVoice(),
  conversation_relay: async () => (await import('../adapters/channels/conversation-relay.js')).conversationRelayChannel,
  retell_llm: async () => (await import('../adapters/channels/retell-llm.js')).retellLlmChannel,
  polled: async chats => (await chats()).channel,
}

let voice: Promise<ChannelFactory> | undefined

/** All agents that are called share the threads of the process that carry sound. */
function openVoice(): Promise<ChannelFactory> {
  return (voice ??= import('../adapters/channels/voice.js').then(({ createVoiceChannels }) => createVoiceChannels()))
}

/** All reporters, by their names on the command line. */
export const reporters = {
  console: async (): Promise<Reporter> => (await import('../adapters/reporters/console.js')).consoleReport,
  junit: async (): Promise<Reporter> => (await import('../adapters/reporters/junit.js')).junit,
  json: async (): Promise<Reporter> => (await import('../adapters/reporters/json.js')).json,
  html: async (): Promise<Reporter> => (await import('../adapters/reporters/html.js')).html,
  markdown: async (): Promise<Reporter> => (await import('../adapters/reporters/markdown.js')).markdown,
  ctrf: async (): Promise<Reporter> => (await import('../adapters/reporters/ctrf.js')).ctrf,
  metrics: async (): Promise<Reporter> => (await import('../adapters/reporters/metrics.js')).metrics,
  github: async (): Promise<Reporter> => (await import('../adapters/reporters/github.js')).githubIn(process.env['GITHUB_WORKSPACE']),
  azure: async (): Promise<Reporter> => (await import('../adapters/reporters/azure.js')).azure,
}

export type ReporterName = keyof typeof reporters

/**
 * The adapters of this machine. For tests, CALLSHEET_LOGICAL_CLOCK sets a time, so that the same run gives the same bytes.
 *
 * @param allowedHosts  Hosts outside the public network that requests may make us connect to.
 */
export async function defaultAdapters(environment: Environment, allowedHosts: readonly string[] = []): Promise<Adapters> {
  const start = environment['CALLSHEET_LOGICAL_CLOCK']
  const clock = start
    ? (await import('../adapters/clocks/logical.js')).logicalClock(start)
    : (await import('../adapters/clocks/system.js')).systemClock
  const network = openNetwork(environment)
  let egress: Promise<Egress> | undefined
  const openEgress = (): Promise<Egress> =>
    (egress ??= import('../adapters/channels/egress.js').then(({ createEgress }) => createEgress(allowedHosts)))
  let chats: Promise<Chats> | undefined
  const openChats = (): Promise<Chats> => (chats ??= import('../adapters/channels/polled.js').then(({ createChats }) => createChats(clock)))
  let endpoints: Promise<Endpoints> | undefined
  const openEndpoints = (): Promise<Endpoints> =>
    (endpoints ??= import('../adapters/models/endpoints.js').then(({ createEndpoints }) => createEndpoints(clock)))
  const serverDatabase = environment['CALLSHEET_DATABASE']
  let phoneLines: Promise<PhoneLines> | undefined
  const openPhoneLines = (): Promise<PhoneLines> => (phoneLines ??= ownPhoneLines(clock))
  let begun = 0
  const workTrees = new Map<string, Promise<WorkTree | undefined>>()
  return {
    clock,
    network,
    ...(start && { isLogical: true }),
    workTree: async folder => {
      if (start) return undefined
      const known = workTrees.get(folder) ?? askGit(folder)
      workTrees.set(folder, known)
      return known
    },
    uniqueSuffix: () => inHex(start ? begun++ : Math.floor(Math.random() * 0x10000)),
    random: async () => (await import('../adapters/clocks/system.js')).seededRandom,
    patterns: async () => (await import('../adapters/patterns/re2.js')).createPatterns(),
    store: async () => (await import('../adapters/stores/any-place.js')).createStore(serverDatabase),
    ...(serverDatabase && { serverDatabase }),
    launcher: async () => (await import('../adapters/processes/launcher.js')).createLauncher({ clock }),
    caller: async () => (await import('../adapters/callers/scripted.js')).scriptedCaller,
    modelCaller: async () => (await import('../adapters/callers/model-driven.js')).modelCaller,
    judge: async () => (await import('../adapters/judges/model-judge.js')).createModelJudge,
    auditor: async () => (await import('../adapters/judges/auditor.js')).createAuditor,
    languageModel: async (model, { seed, mask, keyName, concurrency }) => {
      try {
        const { createOpenAiModel } = await importOptional(() => import('../adapters/models/openai-model.js'), 'A language model')
        const endpoint = (await openEndpoints()).of(model, concurrency)
        return createOpenAiModel(model, { clock, seed, mask, endpoint, network, ...(keyName !== undefined && { keyName }) })
      } catch (cause) {
        if (cause instanceof PackageMissing) return absentModel(model, cause.message)
        throw cause
      }
    },
    mouth: async (settings, mask) => (await import('./speech-engines.js')).openMouth(settings, { clock, network, environment, mask }),
    ears: async (settings, mask) => (await import('./speech-engines.js')).openEars(settings, { clock, network, environment, mask }),
    detector: async stated => (await import('./open-detector.js')).openDetector(stated, environment),
    recordings: async (to, work) =>
      to.startsWith('s3://')
        ? (await import('../adapters/recordings/in-bucket.js')).inBucket(to, work, { environment, clock, network })
        : (await import('../adapters/recordings/in-folder.js')).inFolder(to, work),
    selfHearing: async (mouth, ears) => (await import('./speech-engines.js')).selfHearingOf(mouth, ears, { environment }),
    cassette: async ({ mode, file }, isResumed, own) => {
      if (mode === 'replay') return (await import('../adapters/models/cassette/replay.js')).replayCassette(file, { ...own, clock })
      return (await import('../adapters/models/cassette/record.js')).recordCassette(file, isResumed, { ...own, clock })
    },
    progress: async () => (await import('../adapters/reporters/progress.js')).progress,
    toolDesk: async agent => (await import('../adapters/tools/tool-desk.js')).openToolDesk(agent, { clock }),
    loadChannels: async agents => {
      const types = new Set(agents.flatMap(({ connection }) => (isHosted(connection) ? [] : connection.type)))
      await Promise.all([...types].map(type => channels[type](openChats)))
    },
    channel: async (agent, how) => {
      const { connection } = agent
      if (isHosted(connection)) throw new RangeError(`A service conducts the conversations with ${agent.key}: this process does not.`)
      return (await channels[connection.type](openChats))(agent, {
        clock,
        network,
        ...(connection.type === 'sip' && !how.phoneLines && { phoneLines: await openPhoneLines() }),
        ...how,
        ...(agent.isForeign && { egress: await openEgress() }),
      })
    },
    hosted: async (agent, mask) => (await import('../adapters/clients/hosted-service.js')).hostedService(agent, { clock, mask, network }),
    chats: openChats,
    egress: openEgress,
  }
}

/** The numbers and lines of trunks, shared by the runs of this process. */
async function ownPhoneLines(clock: Clock): Promise<PhoneLines> {
  const [{ createPhoneLines }, { createMemoryDesks }] = await Promise.all([
    import('../adapters/telephony/phone-lines.js'),
    import('../adapters/telephony/memory-desks.js'),
  ])
  return createPhoneLines(createMemoryDesks(clock), clock)
}

async function askGit(folder: string): Promise<WorkTree | undefined> {
  return (await import('../adapters/vcs/work-tree.js')).readWorkTree(folder)
}

/** A model that cannot be asked on this machine. */
function absentModel({ role }: Model, message: string): LanguageModel {
  return {
    ask: async () => {
      const { modelFaults } = await import('../domain/faults/model-faults.js')
      throw new FaultError(modelFaults.notInstalled({ role, message }))
    },
  }
}

function inHex(number: number): string {
  return number.toString(16).padStart(4, '0')
}
