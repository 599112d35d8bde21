import type { Mask } from '../domain/mask.js'
import type { Secret } from '../domain/secret.js'

/** Masks the secrets of several suites, of each as long as somebody else has its mask. */
export class JoinedMask implements Mask {
  #masks: readonly WeakRef<Mask>[] = []

  add(mask: Mask): void {
    const known = this.#known()
    this.#masks = [...known, ...(mask.isEmpty || known.includes(mask) ? [] : [mask])].map(each => new WeakRef(each))
  }

  get isEmpty(): boolean {
    return this.#known().length === 0
  }

  get secrets(): readonly Secret[] {
    return this.#known().flatMap(({ secrets }) => secrets)
  }

  text(text: string): string {
    return this.#known().reduce((masked, mask) => mask.text(masked), text)
  }

  cut(text: string): string {
    return this.#known().reduce((masked, mask) => mask.cut(masked), text)
  }

  texts(texts: readonly string[]): readonly string[] {
    return this.#known().reduce((masked, mask) => mask.texts(masked), texts)
  }

  json<T>(value: T): T {
    return this.#known().reduce((masked, mask) => mask.json(masked), value)
  }

  strings<T>(value: T, kept?: ReadonlySet<string>): T {
    return this.#known().reduce((masked, mask) => mask.strings(masked, kept), value)
  }

  #known(): Mask[] {
    return this.#masks.flatMap(each => each.deref() ?? [])
  }
}
