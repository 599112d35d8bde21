/** The keys that the caller presses while no stream is open. */
export class Keypad {
  #pressed = ''

  get pressed(): string {
    return this.#pressed
  }

  clear(): void {
    this.#pressed = ''
  }

  press(keys: string): void {
    this.#pressed += keys
  }

  /** Where the first of some keys was pressed; -1 if none was. */
  indexOfAny(keys: string): number {
    return this.#pressed.split('').findIndex(key => keys.includes(key))
  }
}
