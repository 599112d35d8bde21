/** What the address leads to. `query` is what the list beside a run is filtered by. */
export type ViewRoute =
  | { readonly screen: 'summary' | 'cases' | 'record' | 'history' | 'compare' }
  | { readonly screen: 'runs'; readonly query: string }
  | {
      readonly screen: 'run'
      readonly key: string
      readonly query: string
      readonly turn?: number | undefined
      /** From 1. */
      readonly attempt?: number | undefined
    }
  | { readonly screen: 'case'; readonly key: string }

export const failedQuery = 'is:failed'

/** @param hash  `#/run/smoke/cancel%231?turn=3`. What is not an address is the summary. */
export function readRoute(hash: string): ViewRoute {
  const [, screen = '', rest = '', search = ''] = /^#\/([a-z]*)\/?([^?]*)\??(.*)$/s.exec(hash) ?? []
  const parameters = new URLSearchParams(search)
  const query = parameters.get('q') ?? ''
  switch (screen) {
    case 'failed':
      return { screen: 'runs', query: `${failedQuery} ${query}`.trim() }
    case 'runs':
      return { screen, query }
    case 'run':
      return { screen, key: decoded(rest), query, turn: numberOf(parameters.get('turn')), attempt: numberOf(parameters.get('attempt')) }
    case 'case':
      return { screen, key: decoded(rest) }
    case 'cases':
    case 'compare':
    case 'history':
    case 'record':
      return { screen }
    default:
      return { screen: 'summary' }
  }
}

export function hashOf(route: ViewRoute): string {
  switch (route.screen) {
    case 'summary':
      return '#/'
    case 'cases':
    case 'compare':
    case 'history':
    case 'record':
      return `#/${route.screen}`
    case 'runs':
      return `#/runs${searchOf({ q: route.query })}`
    case 'run':
      return `#/run/${encoded(route.key)}${searchOf({ turn: route.turn, attempt: route.attempt, q: route.query })}`
    case 'case':
      return `#/case/${encoded(route.key)}`
    default:
      return route satisfies never
  }
}

/** The part of the result that a route is in. */
export function tabOf(route: ViewRoute): string {
  if ('query' in route) return route.query.startsWith(failedQuery) ? 'failed' : 'runs'
  return route.screen === 'case' ? 'cases' : route.screen
}

function searchOf(parameters: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [`${name}=${encodeURIComponent(String(value).toWellFormed())}`],
  )
  return given.length === 0 ? '' : `?${given.join('&')}`
}

function encoded(key: string): string {
  return encodeURIComponent(key.toWellFormed()).replaceAll('%2F', '/')
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function numberOf(text: string | null): number | undefined {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : undefined
}
