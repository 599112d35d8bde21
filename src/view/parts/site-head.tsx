import type { Site } from '../../domain/site.js'
import { Words } from './words.js'

/** The head of a server's pages. */
export function SiteHead({ site: { project, formToken, isSignedIn, signer } }: { readonly site: Site }) {
  return (
    <header class="site">
      <a href="/ui/">Results</a>
      <a href="/ui/history">History</a>
      <a href="/docs">API</a>
      <span class="project">
        <Words text={signer === undefined ? project : `${project} · ${signer}`} />
      </span>
      {isSignedIn && (
        <form method="post" action="/ui/session/end">
          <FormToken token={formToken} />
          <button>Sign out</button>
        </form>
      )}
    </header>
  )
}

/** What shows the server that a form is its own. */
export function FormToken({ token }: { readonly token: string | undefined }) {
  return <input type="hidden" name="token" value={token ?? ''} />
}
