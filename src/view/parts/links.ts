/** Of the build: whether screens are rendered when a report is made, and not in a browser. */
declare const isRenderedAhead: boolean

/**
 * The attributes of a link. In what is rendered ahead, links lead to what the page has as HTML, and the script gives them their proper
 * addresses when it begins.
 *
 * @param fallback  Where it leads without JavaScript; absent for nowhere.
 */
export function linkTo(to: string, fallback?: string): { readonly 'href'?: string; readonly 'data-live'?: string } {
  if (!isRenderedAhead) return { href: to }
  return { ...(fallback !== undefined && { href: fallback }), 'data-live': to }
}

/** Gives the links of a page their proper addresses. */
export function enliven(page: ParentNode): void {
  for (const link of page.querySelectorAll('[data-live]')) link.setAttribute('href', link.getAttribute('data-live') ?? '')
}
