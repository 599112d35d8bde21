import type { CutOff } from './cut-off.js'
import type { SrtpPolicy, Trunk } from './trunk.js'

/** The settings of one type of connection, as the suite gives them. Paths are relative to the agent's folder. */
export type Connection =
  | HttpConnection
  | OpenAiConnection
  | WebsocketConnection
  | CommandConnection
  | ModuleConnection
  | ChirpConnection
  | TwilioStreamConnection
  | MediaStreamConnection
  | OpenAiRealtimeConnection
  | PipecatConnection
  | PipecatEvalConnection
  | SipConnection
  | ConversationRelayConnection
  | RetellLlmConnection
  | HostedConnection
  | PolledConnection

export type ConnectionType = Connection['type']

export type ConnectionOf<Type extends ConnectionType> = Extract<Connection, { readonly type: Type }>

/** The request that begins a conversation. */
export interface HttpSession {
  /** A path, or a URL of the connection's origin. */
  readonly url: string
  readonly method?: 'POST' | 'PUT' | 'PATCH' | 'GET'
  /** Beside those of the connection. */
  readonly headers?: Headers
  /** JSON with placeholders, but none of what is said or captured. */
  readonly body?: unknown
  /** Name to JSON Pointer; the answer must have all of them. */
  readonly capture?: Readonly<Record<string, string>>
}

/** One request per turn. */
export interface HttpConnection {
  readonly type: 'http'
  readonly url: string
  readonly method?: 'POST' | 'PUT' | 'PATCH' | 'GET'
  readonly headers?: Headers
  /** JSON with placeholders. */
  readonly body?: unknown
  /** JSON Pointers (RFC 6901) into the answer. */
  readonly reply?: string
  readonly toolCalls?: string
  readonly end?: string
  readonly metadata?: string
  /** Name to JSON Pointer. */
  readonly capture?: Readonly<Record<string, string>>
  /** Begins the conversation, before the first turn's request. */
  readonly session?: HttpSession
  /** The answer comes as server-sent events. */
  readonly stream?: 'sse'
  /** 429 and 503 with Retry-After. Default: they are waited out. */
  readonly rateLimited?: { readonly wait?: boolean }
}

/** Chat completions. */
export interface OpenAiConnection {
  readonly type: 'openai'
  readonly baseUrl: string
  readonly model: string
  readonly apiKey?: string
  readonly system?: string
  readonly tools?: readonly object[]
  /** Additional fields of the request. */
  readonly parameters?: object
  /** The answer is asked for as server-sent events. */
  readonly stream?: 'sse'
  readonly headers?: Headers
  /** 429 and 503 with Retry-After. Default: they are waited out. */
  readonly rateLimited?: { readonly wait?: boolean }
}

/** One WebSocket per conversation, with JSON text frames. */
export interface WebsocketConnection {
  readonly type: 'websocket'
  readonly url: string
  readonly headers?: Headers
  readonly secret?: string
  /** Subprotocols to offer; the agent must choose one. */
  readonly protocols?: readonly string[]
  /** Frames to pass over: each pattern matches those that contain all of it. */
  readonly ignore?: readonly object[]
  /** 429 and 503 with Retry-After. Default: they are waited out. */
  readonly rateLimited?: { readonly wait?: boolean }
}

/** One process per conversation. Its lines are the frames of the WebSocket protocol. */
export interface CommandConnection {
  readonly type: 'command'
  /** A list runs directly; a string goes to the shell. */
  readonly command: string | readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
}

/** A function of a module. */
export interface ModuleConnection {
  readonly type: 'module'
  readonly path: string
  readonly export?: string
}

/** One WebSocket per call, with 16 kHz PCM in binary frames. */
export interface ChirpConnection {
  readonly type: 'chirp'
  readonly url: string
  /** For basic authentication. */
  readonly username?: string
  readonly password?: string
  readonly headers?: Headers
  /** Subprotocols to offer; the agent must choose one. */
  readonly protocols?: readonly string[]
}

/** Calls as Twilio places them: a webhook that answers with TwiML, and a media stream over a WebSocket. */
export interface TwilioStreamConnection {
  readonly type: 'twilio_stream'
  /** The webhook (http), or a stream without one (ws). */
  readonly url: string
  /** Default: one that is made up. */
  readonly accountSid?: string
  /** Signs the requests; without it they are not signed. */
  readonly authToken?: string
  /** The numbers of the call. */
  readonly from?: string
  readonly to?: string
  /** Of a stream without a webhook: its custom parameters. In a value, `<rest_url>` stands for the address at which the agent may end the call. */
  readonly parameters?: Readonly<Record<string, string>>
  /** With `<rest_url>` as in `parameters`. */
  readonly headers?: Headers
}

/** A media stream as other providers of telephony than Twilio open it to an agent, over a WebSocket. */
export interface MediaStreamConnection {
  readonly type: 'media_stream'
  readonly provider: 'telnyx' | 'plivo' | 'exotel' | 'vonage'
  readonly url: string
  /** The numbers of the call. */
  readonly from?: string
  readonly to?: string
  /** The stream's custom parameters. */
  readonly parameters?: Readonly<Record<string, string>>
  readonly headers?: Headers
}

/** A session of OpenAI's Realtime protocol over a WebSocket, with an agent that speaks the server's part. */
export interface OpenAiRealtimeConnection {
  readonly type: 'openai_realtime'
  readonly url: string
  /** Added to the address, unless that has one. */
  readonly model?: string
  readonly apiKey?: string
  /** Of the agent. Default: what the server has. */
  readonly instructions?: string
  readonly voice?: string
  /** The agent is asked for its first words, before the caller speaks. */
  readonly greets?: boolean
  readonly headers?: Headers
}

/** A bot of Pipecat over its plain WebSocket, with the protobuf serializer. */
export interface PipecatConnection {
  readonly type: 'pipecat'
  readonly url: string
  readonly headers?: Headers
}

/** A bot of Pipecat over its evaluation channel: RTVI, with sound in it. */
export interface PipecatEvalConnection {
  readonly type: 'pipecat_eval'
  readonly url: string
  readonly headers?: Headers
}

/** A telephone call over SIP: through a trunk to the agent's number, or to a SIP address of the agent. */
export interface SipConnection {
  readonly type: 'sip'
  /** The agent's SIP address. Default: its number, at the trunk. */
  readonly uri?: string
  /** The number to dial, E.164. */
  readonly to?: string
  /** The number, or the name, that calls. Default: a number of the trunk. */
  readonly from?: string
  readonly trunk?: Trunk
  /** For the agent's own address, without a trunk. */
  readonly username?: string
  readonly password?: string
  /** Default: that of the trunk; without one, `allowed`. */
  readonly srtp?: SrtpPolicy
  /** How long it may ring, or for an agent that calls us, take until it calls. In milliseconds. */
  readonly ringMs?: number
  /** How keys are pressed, if not as events of RTP. */
  readonly keys?: 'info'
  /** Tells an agent that calls us to do so: a webhook. */
  readonly trigger?: { readonly url: string; readonly secret?: string }
  readonly headers?: Headers
}

/** The text of a call as ConversationRelay of Twilio and Telnyx exchanges it with an agent, over a WebSocket. */
export interface ConversationRelayConnection {
  readonly type: 'conversation_relay'
  readonly url: string
  /** Default: one that is made up. */
  readonly accountSid?: string
  /** Signs the handshake; without it, it is not signed. */
  readonly authToken?: string
  /** The numbers of the call. */
  readonly from?: string
  readonly to?: string
  /** Of what the caller says. */
  readonly language?: string
  readonly parameters?: Readonly<Record<string, string>>
  readonly headers?: Headers
  /** 429 and 503 with Retry-After. Default: they are waited out. */
  readonly rateLimited?: { readonly wait?: boolean }
}

/** The text of a call as Retell exchanges it with an agent's own model (custom LLM), over a WebSocket. */
export interface RetellLlmConnection {
  readonly type: 'retell_llm'
  /** The call's id is added to its path. */
  readonly url: string
  /** The numbers of the call. */
  readonly from?: string
  readonly to?: string
  /** The call's dynamic variables. */
  readonly parameters?: Readonly<Record<string, string>>
  readonly headers?: Headers
  /** 429 and 503 with Retry-After. Default: they are waited out. */
  readonly rateLimited?: { readonly wait?: boolean }
}

/** A service that conducts and scores the conversations itself, reached over the run-scenarios API. */
export interface HostedConnection {
  readonly type: 'hosted'
  readonly baseUrl: string
  readonly apiKey?: string
  readonly agentId: number
  readonly projectId?: number
}

/**
 * A client of the API speaks the agent's part, turn by turn, and polls for the caller's. Only requests create it, never
 * suites.
 */
export interface PolledConnection {
  readonly type: 'polled'
}

type Headers = Readonly<Record<string, string>>

/**
 * How the two sides share the floor.
 *
 * - `turns`: the agent only answers, and says when it is done (request and response).
 * - `messages`: either side may write at any time; nothing says that the agent is done.
 * - `speech`: either side may speak at any time, and speaking takes time.
 */
export type Floor = 'turns' | 'messages' | 'speech'

/** What carries the words. */
export type Medium = 'text' | 'voice'

/** What an agent does besides its words, by its name in the suite. */
export type Evidence = 'tool_calls' | 'metadata' | 'end'

/** Properties of a connection type, independent of one connection's settings. `Setting`: the names of its settings. */
export interface Traits<Setting extends string = string> {
  readonly floor: Floor
  readonly medium: Medium
  /** Whether the agent may speak before the caller has. */
  readonly agentMayOpen: boolean
  /** Whether a service conducts the conversations and this process only asks for them. */
  readonly hosted: boolean
  /** Whether Callsheet may start the agent behind the connection. */
  readonly startable: boolean
  /** Default silence that counts against the agent, in milliseconds. */
  readonly silenceMs: number
  /** Files and sockets that one conversation keeps open, at most. */
  readonly openFiles: number
  /** The setting with the agent's address; absent for types without one. The schemes may have an `s` added. */
  readonly address?: { readonly setting: Setting; readonly schemes: readonly ('http' | 'ws')[]; readonly example: string }
  /** Secret settings, each with its name in the suite. */
  readonly secrets: Readonly<Partial<Record<Setting, string>>>
  /** Whether evidence is visible: always, never, or only if a setting says where it is. */
  readonly shows: Readonly<Record<Evidence, 'always' | 'never' | { readonly where: Setting }>>
  /** Whether the agent's words come as text besides its sound: they can be taken as claimed. */
  readonly claimsWords: boolean
  /** The ways of breaking off that are visible. */
  readonly cutOffs: readonly CutOff[]
  /** Whether a call has telephone numbers, which the agent is told. */
  readonly numbered: boolean
  /** Whether an agent may be the one that calls. */
  readonly agentMayCall: boolean
  /** Whether the agent is told which tools it has: those with mocked answers. */
  readonly offersTools: boolean
}

const usual = {
  medium: 'text',
  agentMayOpen: false,
  hosted: false,
  startable: true,
  silenceMs: 30_000,
  openFiles: 1,
  secrets: {},
  shows: { tool_calls: 'always', metadata: 'always', end: 'always' },
  claimsWords: false,
  cutOffs: [],
  numbered: false,
  agentMayCall: false,
  offersTools: false,
} as const

/** Sound over a WebSocket: the agent's words are heard, and nothing else of it is seen but its hang-up. */
const spoken = {
  ...usual,
  floor: 'speech',
  medium: 'voice',
  agentMayOpen: true,
  shows: { tool_calls: 'never', metadata: 'never', end: 'always' },
  cutOffs: ['going_away'],
} as const

const relayed = { ...usual, floor: 'messages', agentMayOpen: true, cutOffs: ['going_away'], numbered: true } as const

const table = {
  http: {
    ...usual,
    floor: 'turns',
    address: { setting: 'url', schemes: ['http'], example: 'http://127.0.0.1:8000/chat' },
    shows: { tool_calls: { where: 'toolCalls' }, metadata: { where: 'metadata' }, end: { where: 'end' } },
  },
  openai: {
    ...usual,
    floor: 'turns',
    address: { setting: 'baseUrl', schemes: ['http'], example: 'http://127.0.0.1:8000/v1' },
    secrets: { apiKey: 'api_key' },
    shows: { tool_calls: 'always', metadata: 'never', end: 'never' },
    cutOffs: ['length', 'content_filter'],
  },
  websocket: {
    ...usual,
    floor: 'messages',
    agentMayOpen: true,
    address: { setting: 'url', schemes: ['ws'], example: 'ws://127.0.0.1:8765' },
    secrets: { secret: 'secret' },
    cutOffs: ['going_away'],
  },
  // Its three streams, and while it starts a pipe of Node's.
  command: { ...usual, floor: 'messages', agentMayOpen: true, openFiles: 4 },
  module: { ...usual, floor: 'turns', openFiles: 0 },
  chirp: {
    ...spoken,
    address: { setting: 'url', schemes: ['ws'], example: 'ws://127.0.0.1:8765' },
    secrets: { password: 'password' },
  },
  twilio_stream: {
    ...spoken,
    address: { setting: 'url', schemes: ['http', 'ws'], example: 'http://127.0.0.1:8765/voice' },
    secrets: { authToken: 'auth_token' },
    numbered: true,
  },
  media_stream: { ...spoken, address: { setting: 'url', schemes: ['ws'], example: 'ws://127.0.0.1:8765/media' }, numbered: true },
  openai_realtime: {
    ...spoken,
    address: { setting: 'url', schemes: ['ws'], example: 'ws://127.0.0.1:8765/v1/realtime' },
    secrets: { apiKey: 'api_key' },
    shows: { tool_calls: 'always', metadata: 'always', end: 'always' },
    claimsWords: true,
    offersTools: true,
  },
  pipecat: {
    ...spoken,
    address: { setting: 'url', schemes: ['ws'], example: 'ws://127.0.0.1:8765' },
    shows: { tool_calls: 'never', metadata: 'always', end: 'always' },
    claimsWords: true,
  },
  pipecat_eval: {
    ...spoken,
    address: { setting: 'url', schemes: ['ws'], example: 'ws://127.0.0.1:7860/ws' },
    shows: { tool_calls: 'always', metadata: 'always', end: 'always' },
    claimsWords: true,
  },
  // Its two sockets for sound.
  sip: { ...spoken, openFiles: 2, secrets: { password: 'password' }, cutOffs: [], numbered: true, agentMayCall: true },
  conversation_relay: {
    ...relayed,
    address: { setting: 'url', schemes: ['ws'], example: 'ws://127.0.0.1:8765/relay' },
    secrets: { authToken: 'auth_token' },
    shows: { tool_calls: 'never', metadata: 'always', end: 'always' },
  },
  retell_llm: { ...relayed, address: { setting: 'url', schemes: ['ws'], example: 'ws://127.0.0.1:8765/llm-websocket' } },
  hosted: {
    ...usual,
    // The service's own caller may speak; the service decides what a tag does.
    floor: 'speech',
    medium: 'voice',
    agentMayOpen: true,
    hosted: true,
    startable: false,
    // Conversations may queue at the service before they begin.
    silenceMs: 30 * 60_000,
    openFiles: 0,
    address: { setting: 'baseUrl', schemes: ['http'], example: 'https://api.example.com' },
    secrets: { apiKey: 'api_key' },
  },
  polled: { ...usual, floor: 'turns', agentMayOpen: true, startable: false, openFiles: 0 },
} as const satisfies { readonly [Type in ConnectionType]: Traits<SettingOf<Type>> & { readonly numbered: IsNumbered<Type> } }

/** Connections with telephone numbers have a setting for the one that is called. */
type IsNumbered<Type extends ConnectionType> = 'to' extends keyof ConnectionOf<Type> ? true : false

type SettingOf<Type extends ConnectionType> = Extract<Exclude<keyof ConnectionOf<Type>, 'type'>, string>

/** The traits of every connection type, so that no other code compares types to learn what a connection is like. */
export const traitsOf: Readonly<Record<ConnectionType, Traits>> = table

/** Types whose conversations a service conducts. */
export type HostedType = { [Type in ConnectionType]: (typeof table)[Type]['hosted'] extends true ? Type : never }[ConnectionType]
