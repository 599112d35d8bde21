import type { CutOff } from '../cut-off.js'
import { faultOf } from '../fault.js'
import { deepestNesting } from '../nesting.js'
import type { At, Because } from './connection-faults.js'

/** Faults of an agent's answer. */
export const replyFaults = {
  // the bytes
  tooLarge: (p: At) => faultOf('too_large', `${p.place.name} answered more than 1 MiB in one piece. The agent must send less.`),
  tooManyAtOnce: (p: At & { most: number; what: 'messages' | 'tool calls' }) =>
    faultOf('too_large', `${p.place.name} answered more than ${p.most} ${p.what} at once. The agent must send fewer.`),
  tooDeep: (p: At) =>
    faultOf('too_large', `${p.place.name} answered JSON nested more than ${deepestNesting} levels deep. The agent must send flatter JSON.`),
  headersTooLarge: (p: At) => faultOf('too_large', `The headers of ${p.place.name}'s answer are too large. The agent must send less.`),
  invalidUtf8: (p: At) => faultOf('invalid_utf8', `${p.place.name} answered something that is not UTF-8. The agent must send UTF-8.`),
  undecodable: (p: Because & { coding: string }) =>
    faultOf(
      'invalid_utf8',
      `${p.place.name} answered something that cannot be decoded as ${p.place.quote(p.coding, 40)} (${p.place.quote(p.reason, 100)}). The agent must send gzip, br or deflate, as its Content-Encoding says, or send it uncompressed.`,
    ),
  notHttp: (p: Because) =>
    faultOf(
      'bad_frame',
      `${p.place.name} answered something that is not HTTP (${p.place.quote(p.reason, 100)}). Correct the address, or change http to https.`,
    ),
  notJson: (p: At & { text: string }) =>
    faultOf(
      'not_json',
      `${p.place.name} answered something that is not JSON: "${p.place.quote(p.text, 80)}". The agent must answer with JSON.`,
    ),

  // an answer that streams
  streamCut: (p: At) => faultOf('closed', `${p.place.name} ended its stream in the middle of an answer. Look at the agent's log.`),
  streamError: (p: At & { text: string }) =>
    faultOf('closed', `${p.place.name} ended its stream with an error: "${p.place.quote(p.text, 200)}". Look at the agent's log.`),
  streamedUnasked: (p: At) =>
    faultOf('not_json', `${p.place.name} answered with a stream of events (text/event-stream). Set stream: sse in the connection.`),

  // an answer to a request
  noBody: (p: At & { status: number }) =>
    faultOf('empty_reply', `${p.place.name} answered ${p.status} with no body. Look at the agent's log.`),
  noWords: (p: At) => faultOf('empty_reply', `${p.place.name} answered with no words. Look at the agent's log.`),
  sessionNotJson: (p: At & { text: string }) =>
    faultOf(
      'not_json',
      `${p.place.name} began a session with ${p.text === '' ? 'no body' : `something that is not JSON: "${p.place.quote(p.text, 80)}"`}. The agent must answer with JSON, in which connection.session.capture finds its values.`,
    ),
  sessionMissed: (p: At & { pointer: string; seen: string }) =>
    faultOf(
      'pointer_missed',
      `${p.place.name} began a session with nothing at "${p.pointer}", where ${p.seen}. Correct connection.session.capture.`,
    ),
  pointerMissed: (p: At & { pointer: string; seen: string }) =>
    faultOf('pointer_missed', `${p.place.name} answered with no words at "${p.pointer}", where ${p.seen}. Correct connection.reply.`),
  itemMissed: (p: At & { pointer: string; seen: string }) =>
    faultOf(
      'pointer_missed',
      `${p.place.name} answered with an item that has no words at "${p.pointer}", but texts elsewhere: it is ${p.seen}. Correct connection.reply.`,
    ),
  starNotList: (p: At & { pointer: string; seen: string }) =>
    faultOf(
      'pointer_missed',
      `${p.place.name} answered with ${p.seen} where "${p.pointer}" has a *. A * stands for the items of a list. Correct the pointer.`,
    ),
  notChatCompletions: (p: At & { pointer: string; seen: string }) =>
    faultOf(
      'pointer_missed',
      `${p.place.name} answered with no words at ${p.pointer}, where ${p.seen}. It must speak the chat completions API.`,
    ),
  severalChoices: (p: At) =>
    faultOf('bad_frame', `${p.place.name} answered with several choices. It must answer with one. Remove n from the parameters.`),
  strayCall: (p: At & { pointer: string }) =>
    faultOf('bad_frame', `${p.place.name} answered with a tool call in ${p.pointer}, which is not read. Calls belong in tool_calls.`),
  toolCallsNotList: (p: At & { pointer: string }) =>
    faultOf('bad_frame', `${p.place.name} answered with tool calls (${p.pointer}) that are not a list. The agent must send a list.`),
  toolCallUnnamed: (p: At & { pointer: string }) =>
    faultOf('bad_frame', `${p.place.name} answered with a tool call (${p.pointer}) that has no name. The agent must name the tool.`),
  toolCallAmbiguous: (p: At & { pointer: string }) =>
    faultOf('bad_frame', `${p.place.name} answered with a tool call (${p.pointer}) that names two tools. The agent must name one.`),
  /** @param p.said  The field that says so, with its value. */
  cutOff: (p: At & { said: string; cutOff: CutOff | undefined }) => {
    const said = p.place.quote(p.said, 80)
    const message = {
      length: `${p.place.name} answered with words that were cut off (${said}). Raise the agent's limit of tokens.`,
      content_filter: `${p.place.name} answered with words that were filtered (${said}). Look at what the agent's filter refused.`,
      other: `${p.place.name} answered with words that may not be whole (${said}). Look at the agent's log.`,
    }
    return faultOf('cut_off', message[p.cutOff === 'length' || p.cutOff === 'content_filter' ? p.cutOff : 'other'], { cutOff: p.cutOff })
  },
  answeredError: (p: At & { text: string }) =>
    faultOf(
      'cut_off',
      `${p.place.name} answered with an error beside its words: "${p.place.quote(p.text, 200)}". Look at the agent's log.`,
    ),
  toolLoop: (p: At & { times: number }) =>
    faultOf(
      'tool_loop',
      `${p.place.name} called tools ${p.times} times and still did not answer the caller. Check its instructions, and what its mock tools answer.`,
    ),

  // a frame
  notFrame: (p: At & { why: string; text: string }) =>
    faultOf(
      'bad_frame',
      `${p.place.name} sent JSON that is not a frame, because ${p.why} (${p.place.quote(p.text, 100)}). Correct what the agent sends.`,
    ),
  frameWithoutWords: (p: At) => faultOf('empty_reply', `${p.place.name} sent a frame without words. Look at the agent's log.`),
  binaryFrame: (p: At) => faultOf('bad_frame', `${p.place.name} sent a binary frame that is not JSON. It must send JSON.`),
  protocolBroken: (p: Because) =>
    faultOf('bad_frame', `${p.place.name} broke the WebSocket protocol (${p.place.quote(p.reason, 100)}). Check its WebSocket library.`),

  // what a module's function returned
  contentNotText: (p: At) =>
    faultOf('bad_frame', `${p.place.name} returned content that is not text. It must be a string, or a list of strings.`),
  notReply: (p: At & { what: string }) =>
    faultOf('bad_frame', `${p.place.name} returned ${p.what}. It must return text, or { content, tool_calls, end, metadata }.`),
}
