import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import type { WebSocket } from 'ws'
import { openLineUse, type LineUse } from '../../../src/adapters/channels/voice/lines/line-use.js'
import { createCallServer } from '../../../src/adapters/channels/voice/lines/rest/call-server.js'
import { twilioStreamLine } from '../../../src/adapters/channels/voice/lines/twilio/twilio-stream.js'
import { systemClock } from '../../../src/adapters/clocks/system.js'
import type { TwilioStreamConnection } from '../../../src/domain/connection.js'
import type { Clock } from '../../../src/ports/clock.js'
import type { Dial } from '../../../src/ports/line.js'
import { muLawDecoded, muLawEncoded } from '../../support/mu-law.js'
import { startSocketPlace, type AcceptedSocket } from '../../support/socket-place.js'
import { eventually } from '../channels/conduct-call.js'
import type { FarEnd } from './describe-line.js'

export const call = { scenario: { key: 'cancel', id: 101 }, result: 'result-1', runId: 'r-9', agentVariables: {} }

export function twilioTo(url: string, more: Partial<TwilioStreamConnection> = {}, use: LineUse | Clock = systemClock): Dial {
  const lineUse = 'calls' in use ? use : openLineUse({ environment: {}, secrets: [] }, use, createCallServer())
  return twilioStreamLine({ type: 'twilio_stream', url, ...more }, call, lineUse)
}

export interface TwilioFar extends FarEnd {
  readonly socket: WebSocket
  readonly request: IncomingMessage
  /** All messages of the caller's side, as they came. */
  readonly messages: readonly TwilioMessage[]
  send(message: object): void
}

export interface TwilioMessage {
  readonly event: string
  readonly streamSid: string
  readonly sequenceNumber: string
  readonly start: { readonly callSid: string; readonly customParameters: Record<string, string> }
  readonly media: { readonly payload: string; readonly chunk: string; readonly timestamp: string }
  readonly dtmf: { readonly digit: string }
  readonly mark: { readonly name: string }
}

/** The agent's end of a media stream, written to Twilio's page of messages. */
export function twilioFar({ socket, request }: AcceptedSocket): TwilioFar {
  const messages: TwilioMessage[] = []
  const frames: Int16Array[] = []
  const signs: string[] = []
  let closed: FarEnd['closed']
  socket.on('close', code => (closed = code === 1000 ? 'well' : 'badly'))
  socket.on('message', (data: Buffer) => {
    const message = JSON.parse(data.toString()) as TwilioMessage
    messages.push(message)
    if (message.event === 'media') frames.push(Int16Array.from(Buffer.from(message.media.payload, 'base64'), muLawDecoded))
    if (message.event === 'dtmf') signs.push(`keys ${message.dtmf.digit}`)
    if (message.event === 'mark') signs.push(`reached ${message.mark.name}`)
  })
  const send = (message: object): void =>
    socket.send(JSON.stringify({ ...message, streamSid: messages.find(({ event }) => event === 'start')?.streamSid }))
  return {
    frames,
    signs,
    messages,
    socket,
    request,
    get closed() {
      return closed
    },
    send,
    say: samples => send({ event: 'media', media: { payload: Buffer.from(Array.from(samples, muLawEncoded)).toString('base64') } }),
    clear: () => send({ event: 'clear' }),
    mark: name => send({ event: 'mark', mark: { name } }),
    hangUp: () => socket.close(1000),
    lose: () => socket.terminate(),
  }
}

/** A request for TwiML, as the agent got it. */
export interface Asked {
  readonly method: string
  readonly path: string
  readonly form: Record<string, string>
  readonly headers: IncomingMessage['headers']
}

/** An agent with a webhook and streams. @param twiml  By path: the document's verbs, or a status. */
export async function startTwilioPlace(twiml: (path: string, url: string) => string | number | Buffer = () => 404) {
  const ends: TwilioFar[] = []
  const asked: Asked[] = []
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url ?? '/'
    const form = Object.fromEntries(new URLSearchParams(await text(request)))
    asked.push({ method: request.method ?? '', path, form, headers: request.headers })
    if (path === '/stall') return
    const verbs = twiml(path, place.url)
    if (typeof verbs === 'number') return void response.writeHead(verbs).end('Not today.')
    if (Buffer.isBuffer(verbs)) return void response.writeHead(200, { 'content-type': 'audio/wav' }).end(verbs)
    response.writeHead(200, { 'content-type': 'text/xml' }).end(verbs.startsWith('<?') ? verbs : `<Response>${verbs}</Response>`)
  }
  const place = await startSocketPlace({
    accept: accepted => void ends.push(twilioFar(accepted)),
    request: (request, response) => void answer(request, response),
  })
  return { ...place, ends, asked, webhook: place.url.replace('ws', 'http'), nextFar }

  /** Waits for one end more than there were, which has heard that its stream starts. */
  async function nextFar(before: number): Promise<TwilioFar> {
    await eventually(() => ends.length > before && ends.at(-1)!.messages.length > 1)
    return ends.at(-1)!
  }
}
