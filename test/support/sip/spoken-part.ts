/** Below is silence. */
const loud = 400
/** How many frames of 20 ms make an onset, make an end, and are kept from before the onset. */
const [onset, end, before] = [12, 40, 15]

/** What somebody says on a telephone line, from its onset to its end. */
export class SpokenPart {
  #frames: Int16Array[] = []
  #loudFrames = 0
  #quietFrames = 0

  constructor(
    private readonly rate: number,
    private readonly tell: { started(): void; ended(samples: Int16Array): Promise<void> },
  ) {}

  /** Takes the next 20 ms. */
  take(frame: Int16Array): void {
    this.#frames.push(frame)
    const isLoud = Math.sqrt(frame.reduce((sum, sample) => sum + sample ** 2, 0) / frame.length) > loud
    this.#quietFrames = isLoud ? 0 : this.#quietFrames + 1
    if (isLoud) {
      this.#loudFrames += 1
      if (this.#loudFrames === onset) this.tell.started()
    } else if (this.#quietFrames >= end) this.#over()
  }

  #over(): void {
    const frames = this.#frames
    if (this.#loudFrames < onset) {
      this.#frames = frames.slice(-before)
      this.#loudFrames = 0
      return
    }
    this.#frames = []
    this.#loudFrames = 0
    const samples = new Int16Array((frames.length * this.rate) / 50)
    for (const [i, frame] of frames.entries()) samples.set(frame, (i * this.rate) / 50)
    void this.tell.ended(samples)
  }
}
