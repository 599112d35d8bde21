import type { ComponentChildren } from 'preact'
import { linkTo } from './links.js'

/** A link within the report. @param fallback  Where it leads without JavaScript; absent for nowhere. */
export function Link({
  to,
  fallback,
  children,
}: {
  readonly to: string
  readonly fallback?: string | undefined
  readonly children: ComponentChildren
}) {
  return <a {...linkTo(to, fallback)}>{children}</a>
}
