import type { Fault } from '../../../../../domain/fault.js'
import { telephonyFaults } from '../../../../../domain/faults/telephony-faults.js'
import type { Place } from '../../../../../domain/place.js'
import type { RtpHealth } from '../../../../rtp/rtp-session.js'

/** How long an agent may send nothing at all, after the answer and later; and when its reports of not hearing us count. In seconds. */
const [firstSoundS, laterSoundS, deafS] = [10, 30, 15]
/** So many reports without us are no accident. */
const mostDeaf = 3

/**
 * What is wrong with the sound of a call: none comes, none comes any more, the agent does not hear ours, or it never took the call off hold.
 *
 * @param frames  Since the answer.
 */
export function soundFault(health: RtpHealth, frames: number, place: Place): Fault | undefined {
  const { isHeld, wasOpen, quietFrames, receivedPackets, deafReports, misfit } = health
  if (isHeld) {
    const heldS = receivedPackets === 0 ? firstSoundS : laterSoundS
    return wasOpen || frames < heldS * 50
      ? undefined
      : telephonyFaults.answeredOnHold({ place, seconds: heldS, isHeard: receivedPackets > 0 })
  }
  if (receivedPackets === 0 && Math.min(quietFrames, frames) >= firstSoundS * 50)
    return telephonyFaults.noSound({ place, seconds: firstSoundS, misfit })
  if (receivedPackets > 0 && quietFrames >= laterSoundS * 50) return telephonyFaults.soundStopped({ place, seconds: laterSoundS })
  if (deafReports >= mostDeaf && frames >= deafS * 50) return telephonyFaults.notHeard({ place, reports: deafReports })
  return undefined
}
