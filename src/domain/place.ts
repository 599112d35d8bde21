import { excerpt } from './excerpt.js'
import { noMask, type Mask } from './mask.js'

/**
 * What a fault is about: an address without credentials and query, or the name of a program. It also quotes what was said there:
 * secrets are masked before a text is shortened, because half a secret is still one.
 */
export class Place {
  constructor(
    readonly name: string,
    readonly mask: Mask = noMask,
  ) {}

  /** Words on one line, cut to `most` characters. Their own ends may be missing already. */
  quote(words: string, most: number): string {
    return excerpt(this.mask.cut(words), most)
  }
}
