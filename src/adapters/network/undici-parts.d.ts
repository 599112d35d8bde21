declare module 'undici/lib/dispatcher/pool.js' {
  import type { Pool } from 'undici'
  const pool: typeof Pool
  export default pool
}

declare module 'undici/lib/core/connect.js' {
  import type { buildConnector } from 'undici'
  const build: typeof buildConnector
  export default build
}

declare module 'undici/lib/web/cookies/parse.js' {
  import type { parseCookie } from 'undici'
  export const parseSetCookie: typeof parseCookie
}
