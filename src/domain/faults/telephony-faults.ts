import { faultOf } from '../fault.js'
import type { PortRange, SrtpPolicy } from '../trunk.js'
import type { At, Because } from './connection-faults.js'

/** Why both sides of a call could not agree on its sound. */
const discords = {
  'no codec': 'it speaks no codec of ours. Have it offer PCMU, PCMA or G.722',
  'no sound': 'its SDP has no sound (m=audio with a port). Have it speak PCMU, PCMA or G.722, and describe that in its answer',
  'only they require SRTP': 'it requires SRTP, and we do not encrypt. Set srtp to allowed or required',
  'no common key':
    'it encrypts in a way that Callsheet does not know. Have it use RTP/SAVP with a=crypto (AES_CM_128_HMAC_SHA1_80 or _32, without MKI), or have it not encrypt',
  'only we require SRTP': 'we require SRTP (srtp: required), and it does not encrypt. Set srtp to allowed, or have it encrypt',
} as const

/** Why an offer may have been refused, which the far side does not say, by what we do about SRTP. */
const refusedOffers: Readonly<Record<SrtpPolicy, string>> = {
  required: 'It may not encrypt, and we require SRTP (srtp: required): set srtp to allowed, or have it encrypt',
  allowed: 'If it takes encrypted calls only, set srtp: required',
  off: 'It may require SRTP, and we do not encrypt (srtp: off): set srtp to allowed or required',
}

/** Faults of telephone calls. */
export const telephonyFaults = {
  // a call that is not answered
  busy: (p: Because) =>
    faultOf('busy', `${p.place.name} is busy (${p.place.quote(p.reason, 100)}). Give it more lines, or run fewer calls at once.`),
  declined: (p: Because & { status: number; retryAfterMs?: number | undefined }) =>
    faultOf('declined', `${p.place.name} declined the call (${p.place.quote(p.reason, 100)}). Look at the agent's log for the reason.`, p),
  notTaken: (p: Because & { status: number; retryAfterMs?: number | undefined }) =>
    faultOf(
      'declined',
      `${p.place.name} did not take the call (${p.place.quote(p.reason, 100)}). Check the address, and look at the agent's log for the reason.`,
      p,
    ),
  noAnswer: (p: At & { seconds: number }) =>
    faultOf('no_answer', `${p.place.name} did not answer the call within ${p.seconds} s. Check that the agent runs and takes calls.`),
  notAvailable: (p: Because) =>
    faultOf(
      'no_answer',
      `${p.place.name} is not available (${p.place.quote(p.reason, 100)}). Check that the agent is registered and takes calls.`,
    ),
  noCommonMedia: (p: At & { discord: keyof typeof discords }) =>
    faultOf('no_common_media', `${p.place.name} and Callsheet cannot agree on the sound of the call: ${discords[p.discord]}.`),
  offerRefused: (p: At & { srtp: SrtpPolicy }) =>
    faultOf(
      'no_common_media',
      `${p.place.name} and Callsheet cannot agree on the sound of the call: it refused our offer (488). ${refusedOffers[p.srtp]}. Otherwise have it speak PCMU, PCMA or G.722.`,
    ),
  /** @param p.asks  How it asks, where that is in no way that we know; `''` if it does not say how. */
  notAuthorized: (p: At & { status: number; trunk: string | undefined; hasPassword: boolean; asks: string | undefined }) => {
    const ours = p.trunk === undefined ? 'the connection' : `the trunk "${p.trunk}"`
    if (p.asks !== undefined) {
      const how = p.asks === '' ? 'without saying how' : `by ${p.place.quote(p.asks, 100)}`
      return faultOf(
        'not_authorized',
        `${p.place.name} wants to know who calls (${p.status}), ${how}. Nothing was sent: Callsheet answers Digest challenges with MD5, SHA-256 or SHA-512-256. Have it ask so.`,
        { status: p.status, isFinal: true },
      )
    }
    const words = p.hasPassword
      ? `${p.place.name} does not accept our user name and password (${p.status}). Correct username and password of ${ours}; nothing was tried twice.`
      : `${p.place.name} asks for a user name and a password (${p.status}). Add username and password to ${ours}.`
    return faultOf('not_authorized', words, { status: p.status, isFinal: true })
  },
  notRouted: (p: Because & { status: number; trunk: string; retryAfterMs?: number | undefined }) =>
    faultOf(
      'not_routed',
      `The trunk "${p.trunk}" does not carry the call to ${p.place.name} (${p.place.quote(p.reason, 100)}). Check the number, and what the provider lets this trunk dial.`,
      p,
    ),
  notRegistered: (p: Because & { status: number; trunk: string; retryAfterMs?: number | undefined }) =>
    faultOf(
      'not_routed',
      `${p.place.name} does not let the trunk "${p.trunk}" register (${p.place.quote(p.reason, 100)}). Check username, and whether the provider takes registrations: if not, set register: false.`,
      p,
    ),
  redirected: (p: At & { status: number; contact: string; trunk: string | undefined }) => {
    const where = p.contact === '' ? 'without saying where' : `to ${p.place.quote(p.contact, 100)}`
    const words = `${p.place.name} redirects the call ${where} (${p.status}), and redirects are not followed: they could lead to any number.`
    return p.trunk === undefined
      ? faultOf('declined', `${words} Name the address that takes the call.`, p)
      : faultOf('not_routed', `${words} Dial what takes the call, or have the trunk "${p.trunk}" follow it.`, p)
  },
  /**
   * @param p.datagramBytes  How long our INVITE was, if that may be why.
   * @param p.unread  Why what came back could not be read, as a clause; absent if nothing came.
   */
  noResponse: (p: At & { datagramBytes: number | undefined; unread: string | undefined }) => {
    if (p.unread !== undefined)
      return faultOf(
        'connect_timeout',
        `What ${p.place.name} answered is no message of SIP: ${p.unread}. Look at its log, and for what changes messages in between.`,
      )
    const long =
      p.datagramBytes === undefined
        ? ''
        : ` Our INVITE has ${p.datagramBytes} bytes, and not every network carries so many over UDP: send fewer headers, or add ;transport=tcp to the address.`
    return faultOf(
      'connect_timeout',
      `${p.place.name} did not respond to SIP at all. Check its address and transport, and that no firewall is in between.${long}`,
    )
  },
  tooLong: (p: At & { bytes: number }) =>
    faultOf(
      'unreachable',
      `The INVITE to ${p.place.name} has ${p.bytes} bytes, more than UDP carries. Send fewer headers, or add ;transport=tcp to the address.`,
      { isFinal: true },
    ),
  connectionLost: (p: At) =>
    faultOf(
      'unreachable',
      `${p.place.name} closed the connection before it answered, or sent what is not SIP. Check that its SIP server listens at this port, with this transport, and look at its log.`,
    ),
  /** @param p.status  What the far side answered to a request in the call, if that ended it. */
  lost: (p: At & { cause: string; status: number | undefined }) => {
    const why = `${p.cause.replaceAll('_', ' ')}${p.status === undefined ? '' : `, with ${p.status}`}`
    return faultOf('reset', `The call to ${p.place.name} was lost (${why}): nobody hung up. Look at the call's SIP dialogue.`)
  },

  // a call of the agent's to us
  /**
   * @param p.other  Another caller, who was declined meanwhile; absent if there was none.
   * @param p.elsewhere  Another number, which it called; absent if it called none.
   */
  notCalled: (p: At & { number: string; seconds: number; other: string | undefined; elsewhere: string | undefined }) => {
    const words = `${p.place.name} did not call ${p.number} within ${p.seconds} s`
    if (p.elsewhere !== undefined)
      return faultOf(
        'not_called',
        `${words}: it called ${p.place.quote(p.elsewhere, 40)}, where no run waited for it. Have it call the number that its run waits at, which a trigger is told as to_number.`,
      )
    return faultOf(
      'not_called',
      p.other === undefined
        ? `${words}. Check what makes the agent call, and the caller id that it has.`
        : `${words}, but ${p.place.quote(p.other, 40)} did, and was declined: it is not the agent's number. Correct contact_number (or agent_number), or the caller id of the agent.`,
    )
  },
  triggerSilent: (p: At & { withinMs: number }) =>
    faultOf(
      'connect_timeout',
      `${p.place.name}, which tells the agent to call, did not answer within ${p.withinMs / 1000} s. Look at its log.`,
    ),
  triggerFailed: (p: At & { status: number }) =>
    faultOf('unreachable', `${p.place.name}, which tells the agent to call, failed (${p.status}). Look at its log.`),

  // the sound of an answered call
  /** @param p.misfit  The payload type of RTP that came and is no sound, or that it could not be decrypted; absent if none came. */
  noSound: (p: At & { seconds: number; misfit: number | 'sealed otherwise' | undefined }) => {
    const words = `There was no audio from ${p.place.name} within ${p.seconds} s: it answered, and`
    if (p.misfit === undefined)
      return faultOf(
        'no_audio',
        `${words} sent no RTP to the address of our SDP. Check both SDPs in the call's SIP dialogue, and that firewalls let UDP to our RTP ports through.`,
      )
    return faultOf(
      'no_audio',
      p.misfit === 'sealed otherwise'
        ? `${words} the RTP that came is not encrypted with the key of its SDP. Have it encrypt as its SDP says, or set srtp: off.`
        : `${words} the RTP that came has payload type ${p.misfit}, which no SDP names. Have it send a codec that its SDP in the call's SIP dialogue names.`,
    )
  },
  /** @param p.isHeard  Whether sound of the agent came. */
  answeredOnHold: (p: At & { seconds: number; isHeard: boolean }) =>
    faultOf(
      p.isHeard ? 'one_way_audio' : 'no_audio',
      `${p.place.name} answered the call on hold, and did not take it off hold within ${p.seconds} s: its SDP says a=sendonly, recvonly or inactive. Have it answer with a=sendrecv.`,
    ),
  soundStopped: (p: At & { seconds: number }) =>
    faultOf(
      'no_audio',
      `The audio from ${p.place.name} stopped: no RTP came for ${p.seconds} s, and nobody hung up. Look at the agent's log, and at the network in between.`,
    ),
  notHeard: (p: At & { reports: number }) =>
    faultOf(
      'one_way_audio',
      `The audio went one way only: ${p.place.name} is heard, and reported ${p.reports} times (RTCP) that nothing of ours arrives. Check the address in its SDP, and the firewall on its side.`,
    ),

  // our side
  numberRefused: (p: { number: string; trunk: string }) =>
    faultOf(
      'number_refused',
      `The trunk "${p.trunk}" may not dial ${p.number}. Add the number to the trunk's allow; emergency and premium numbers must stand there themselves.`,
      { isFinal: true },
    ),
  noNumber: (p: { trunk: string }) =>
    faultOf('no_line', `The trunk "${p.trunk}" has no number that the agent could call. Add one to its numbers.`, { isFinal: true }),
  noLine: (p: { trunk: string; lacking: string; seconds: number }) =>
    faultOf(
      'no_line',
      `The trunk "${p.trunk}" did not have what the call needs (${p.lacking}) within ${p.seconds} s. Give it more numbers or lines, or run fewer calls at once.`,
    ),
  lineLost: (p: At & { trunk: string }) =>
    faultOf(
      'no_line',
      `The line of the trunk "${p.trunk}" was lost in the middle of the call to ${p.place.name}: this machine was away for too long, so another call may have it by now. Look at what stopped the machine, and at the way to the queue.`,
    ),
  cannotListen: (p: { port: number; reason: string }) =>
    faultOf('unreachable', `No calls can be taken on port ${p.port} (${p.reason}). Free the port, or change the trunk's listen.`, {
      isFinal: true,
    }),
  noSockets: (p: { reason: string; ports: PortRange }) =>
    faultOf(
      'unreachable',
      `No UDP ports could be opened for the sound of the call (${p.reason}). Free some of the ports ${p.ports.first} to ${p.ports.last}, or run fewer calls at once.`,
    ),
  signallingLost: () =>
    faultOf('internal', 'The thread that signals for telephone calls ended in the middle of a call. Please report this.'),
}
