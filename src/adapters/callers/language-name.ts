/** The English name of a language, such as `Spanish`; the tag itself if it is not a BCP 47 tag. */
export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames(['en'], { type: 'language' }).of(tag) ?? tag
  } catch {
    return tag
  }
}
