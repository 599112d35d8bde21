import { Words } from '../parts/words.js'

/** Asks for the key of a project. @param to  Path that it leads to. */
export function SignIn({ to, wrong }: { readonly to: string; readonly wrong: string | undefined }) {
  return (
    <>
      <h1>Sign in</h1>
      <p>This server shows results to those who have a key of their project.</p>
      {wrong !== undefined && (
        <p role="alert" class="shown">
          <Words text={wrong} />
        </p>
      )}
      <form class="sign-in" method="post" action="/ui/session">
        <input type="hidden" name="to" value={to} />
        {/* Keepers of passwords ask for whom. */}
        <input type="text" autocomplete="username" value="Callsheet" hidden readonly />
        <label for="key">API key</label>
        <input id="key" name="key" type="password" required autocomplete="current-password" spellcheck={false} />
        <button>Sign in</button>
      </form>
      <p class="note">The key goes to the server once. The browser then has a session of 12 hours, which scripts cannot read.</p>
    </>
  )
}
