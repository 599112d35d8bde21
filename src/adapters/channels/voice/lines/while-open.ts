import type { Line } from '../../../../ports/line.js'

/**
 * What a line can do, which does nothing once the line is over.
 *
 * @throws {RangeError} when a frame is not of 20 ms.
 */
export function whileOpen(line: Omit<Line, 'hangUp'>, isOpen: () => boolean): Omit<Line, 'hangUp'> {
  const { rate, isMuted, speech, press, pressS, reached, answerTool, voiced } = line
  return {
    rate,
    send(frame) {
      if (!isOpen()) return
      if (frame.length * 50 !== rate) throw new RangeError(`A frame of 20 ms has ${rate / 50} samples, not ${frame.length}.`)
      line.send(frame)
    },
    ...(isMuted && { isMuted }),
    ...(speech && { speech: is => void (isOpen() && speech(is)) }),
    ...(press && { press: digits => void (isOpen() && press(digits)) }),
    ...(pressS && { pressS }),
    ...(answerTool && { answerTool: (id, output) => void (isOpen() && answerTool(id, output)) }),
    ...(voiced && { voiced: (id, samples) => void (isOpen() && voiced(id, samples)) }),
    ...(reached && { reached: mark => void (isOpen() && reached(mark)) }),
  }
}
