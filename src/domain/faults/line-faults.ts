import { faultOf } from '../fault.js'
import type { At, Because } from './connection-faults.js'

/** Faults of a line that carries sound. */
export const lineFaults = {
  // what the agent does with the line
  /** It accepted a line and closed it before anything was said: there is something, but no agent in it. */
  closedAtOnce: (p: At) =>
    faultOf(
      'unreachable',
      `${p.place.name} accepted the call and closed it at once, before anything was said. Check that an agent runs behind this address, and look at its log.`,
    ),
  droppedAtOnce: (p: At & { kind: string }) =>
    faultOf(
      'closed',
      `${p.place.name} accepted the call and dropped it before it sent anything, without a close frame. It may not serve a ${p.kind}: configure the agent for one (in Pipecat, its transport_params), and look at its log.`,
    ),
  droppedEvaluation: (p: At) =>
    faultOf(
      'closed',
      `${p.place.name} accepted the call and dropped it before the bot was ready. Add an entry "eval" to the bot's transport_params, and look at its log.`,
    ),
  botNotReady: (p: At & { withinMs: number }) =>
    faultOf(
      'silence',
      `${p.place.name} did not say that its bot is ready (bot-ready) within ${p.withinMs / 1000} s. Give its pipeline an RTVIProcessor, and look at its log.`,
    ),
  unread: (p: At) =>
    faultOf(
      'silence',
      `${p.place.name} does not read what the caller says: more than 1 MiB waits for it. Check whether its process is stuck.`,
    ),
  sessionError: (p: At & { error: string }) =>
    faultOf('closed', `${p.place.name} reported an error of the session, "${p.place.quote(p.error, 200)}". Look at the agent's log.`),

  // what it sends
  jsonForSound: (p: At & { text: string }) =>
    faultOf(
      'bad_frame',
      `${p.place.name} sent JSON where sound belongs, in a binary message: "${p.place.quote(p.text, 80)}". It must send JSON in text messages.`,
    ),
  notPipecat: (p: At & { text: string }) =>
    faultOf(
      'bad_frame',
      `${p.place.name} sent something that is no frame of Pipecat's protobuf serializer: "${p.place.quote(p.text, 80)}". Give its transport the ProtobufFrameSerializer.`,
    ),
  soundOfOtherKind: (p: At & { rate: number; channels: number }) =>
    faultOf(
      'bad_frame',
      `${p.place.name} sent sound of ${p.rate} samples a second in ${p.channels} channels. It must send one channel, at a usual rate such as 16000 or 24000.`,
    ),
  tooManyMarks: (p: At & { most: number }) =>
    faultOf('too_large', `${p.place.name} sent more than ${p.most} marks ahead of their sound. It must send fewer.`),

  // a webhook, and its TwiML
  webhookSilent: (p: At & { withinMs: number }) =>
    faultOf(
      'silence',
      `${p.place.name} did not answer with TwiML within ${p.withinMs / 1000} s, after which Twilio gives up. Look at the agent's log.`,
    ),
  fileSilent: (p: At & { withinMs: number }) =>
    faultOf('silence', `${p.place.name} did not send the file of <Play> within ${p.withinMs / 1000} s. Look at its server's log.`),
  notTwiml: (p: Because & { text: string }) =>
    faultOf(
      'bad_frame',
      `${p.place.name} answered something that is not TwiML (${p.place.quote(p.reason, 100)}): "${p.place.quote(p.text, 80)}". The agent must answer with a <Response>.`,
    ),
  twimlLoop: (p: At & { most: number }) =>
    faultOf(
      'bad_frame',
      `${p.place.name} answered with TwiML that leads to other TwiML more than ${p.most} times in a row, and nothing happens. Look for a <Redirect> to itself.`,
    ),
  badUrl: (p: At & { text: string; what: string }) =>
    faultOf(
      'bad_frame',
      `${p.place.name} answered TwiML in which "${p.place.quote(p.text, 100)}" is not the address of ${p.what}. Correct the agent's TwiML.`,
    ),
  rejected: (p: Because) =>
    faultOf('closed', `${p.place.name} rejected the call (<Reject>, ${p.place.quote(p.reason, 40)}). Look at why the agent does so.`),
  notConnectable: (p: At & { noun: string }) =>
    faultOf(
      'unreachable',
      `${p.place.name} answered TwiML with <Connect> to "${p.place.quote(p.noun, 40)}", which twilio_stream cannot connect to. Use <Stream>, or another type of connection.`,
      { isFinal: true },
    ),
  speechGathered: (p: At) =>
    faultOf(
      'unreachable',
      `${p.place.name} answered TwiML with <Gather input="speech">, for which twilio_stream has no ears. Use <Connect><Stream>, or gather keys.`,
      { isFinal: true },
    ),
}
