import { Words } from '../parts/words.js'

/** A page of few words. @param link  An address to copy. */
export function Message({ title, text, link }: { readonly title: string; readonly text: string; readonly link?: string | undefined }) {
  return (
    <>
      <h1>{title}</h1>
      <p>
        <Words text={text} />
      </p>
      {link !== undefined && (
        <p>
          <input class="link" type="text" readonly value={link} aria-label="Link" />
        </p>
      )}
    </>
  )
}
