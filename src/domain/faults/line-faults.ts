import { faultOf } from '../fault.js'
import type { At } from './connection-faults.js'

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
      `${p.place.name} accepted the call and dropped it at once without a close frame. It does not serve a ${p.kind}: configure the agent for this kind of stream (in Pipecat, its transport_params), and look at its log.`,
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
}
