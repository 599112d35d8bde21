import { visibleText } from '../../domain/safe-text.js'

/** Words of others: all of them seen, and none of them setting the direction of ours. */
export function Words({ text }: { readonly text: string }) {
  return <bdi>{visibleText(text)}</bdi>
}
