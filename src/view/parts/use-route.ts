import { useEffect, useMemo, useState } from 'preact/hooks'
import { readRoute, type ViewRoute } from '../model/route.js'

/** What the address leads to, whenever it changes. */
export function useRoute(): ViewRoute {
  const [hash, setHash] = useState(location.hash)
  useEffect(() => {
    const onChange = (): void => setHash(location.hash)
    addEventListener('hashchange', onChange)
    return () => removeEventListener('hashchange', onChange)
  }, [])
  return useMemo(() => readRoute(hash), [hash])
}
