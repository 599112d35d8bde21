/** Changes the caller's sound on its way to the line. */
export interface SoundShape {
  /** Changes the next 20 ms in place. Called for each frame of the call, in silence too. @param isMuted  Whether the room is not heard. */
  shape(frame: Int16Array, isMuted?: boolean): void
  /** How many samples later than it was given to it sound leaves it now. */
  readonly delay: number
}
