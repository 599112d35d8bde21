import { meanings } from '../../domain/attestation.js'
import type { FailedCheck, SignPage, TypedException } from '../../domain/signoff-form.js'
import { FormToken } from '../parts/site-head.js'
import { Words } from '../parts/words.js'

/** Asks a person whether a result is fit to be released, below the head of its page. */
export function SignScreen({ page }: { readonly page: SignPage }) {
  const { id, name, formToken, signer, head, failed, refused } = page
  const typed = refused?.typed
  return (
    <>
      <p>
        <a href={`/ui/results/${id}/`}>
          Back to <Words text={name} />
        </a>
      </p>
      <div dangerouslySetInnerHTML={{ __html: head }} />
      <section aria-labelledby="sign-title">
        <h2 id="sign-title">Sign this result off</h2>
        {refused && (
          <p role="alert" class="shown">
            Not signed. <Words text={refused.why} />
          </p>
        )}
        <form class="sign" method="post" action={`/ui/results/${id}/sign`}>
          <FormToken token={formToken} />
          <p>
            You sign as{' '}
            <strong>
              <Words text={signer.name} />
            </strong>
            , with your key on this server.
          </p>
          <Choice label="Role" name="role" values={signer.roles} chosen={typed?.role} />
          <Choice label="Meaning of an approval" name="meaning" values={meanings.filter(isOfApproval)} chosen={typed?.meaning} />
          <label>
            Reason, which a rejection needs <input name="reason" maxlength={2000} value={typed?.reason ?? ''} />
          </label>
          <label>
            Valid until the end of this day, UTC (optional) <input name="until" type="date" value={typed?.validUntil ?? ''} />
          </label>
          {failed.length > 0 && (
            <>
              <p>The gate failed. It can be approved only with an exception for everything below, each with who answers for it.</p>
              {failed.map((each, i) => (
                <ExceptionFields key={each.what} failed={each} place={i} typed={typed?.exceptions[i]} />
              ))}
            </>
          )}
          <label>
            <input type="checkbox" name="read" value="yes" required /> I have read the report of this result.
          </label>
          <label>
            <input type="radio" name="decision" value="approve" required checked={typed?.decision === 'approve'} /> I approve the result.
          </label>
          <label>
            <input type="radio" name="decision" value="reject" required checked={typed?.decision === 'reject'} /> I reject it.
          </label>
          <button>Sign</button>
        </form>
      </section>
    </>
  )
}

function isOfApproval(meaning: (typeof meanings)[number]): boolean {
  return meaning !== 'rejection'
}

function Choice({
  label,
  name,
  values,
  chosen,
}: {
  readonly label: string
  readonly name: string
  readonly values: readonly string[]
  readonly chosen: string | undefined
}) {
  return (
    <label>
      {label}{' '}
      <select name={name}>
        {values.map(value => (
          <option key={value} value={value} selected={value === chosen}>
            {value}
          </option>
        ))}
      </select>
    </label>
  )
}

const texts = { reason: 'Why', issue: 'Issue', owner: 'Who answers for it' } as const

function ExceptionFields({
  failed: { what, cases, mustPass },
  place,
  typed,
}: {
  readonly failed: FailedCheck
  readonly place: number
  readonly typed: TypedException | undefined
}) {
  return (
    <fieldset>
      <legend>
        <Words text={what} />
      </legend>
      <p class="note">
        <Words text={cases.join(', ')} />
      </p>
      {(['reason', 'issue', 'owner'] as const).map(name => (
        <label key={name}>
          {texts[name]} <input name={`${name}-${place}`} maxlength={2000} value={typed?.[name] ?? ''} />
        </label>
      ))}
      <label>
        Until the end of this day, UTC <input name={`expires-${place}`} type="date" value={typed?.expires ?? ''} />
      </label>
      {mustPass && (
        <label>
          <input type="checkbox" name={`even-${place}`} value="yes" checked={typed?.evenMustPass === true} /> It holds even where the case
          must pass.
        </label>
      )}
    </fieldset>
  )
}
