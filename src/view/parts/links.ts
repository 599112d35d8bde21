import { createContext } from 'preact'
import { useContext } from 'preact/hooks'

/**
 * Whether a page is rendered when its report is made. Then its links lead to what the page has as HTML, and the script gives them
 * their proper addresses when it begins.
 */
export const IsStatic = createContext(false)

export function useIsStatic(): boolean {
  return useContext(IsStatic)
}

/** The attributes of a link. @param fallback  Where it leads without JavaScript; absent for nowhere. */
export function useLink(to: string, fallback?: string): { readonly 'href'?: string; readonly 'data-live'?: string } {
  const isStatic = useIsStatic()
  if (!isStatic) return { href: to }
  return { ...(fallback !== undefined && { href: fallback }), 'data-live': to }
}

/** Gives the links of a page their proper addresses. */
export function enliven(page: ParentNode): void {
  for (const link of page.querySelectorAll('[data-live]')) link.setAttribute('href', link.getAttribute('data-live') ?? '')
}
