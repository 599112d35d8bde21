import { decisionText } from '../../domain/attestation.js'
import type { ShownSignature, ShownTimestamp } from '../../domain/shown-signature.js'
import { keyText } from '../../domain/shown-signature.js'
import { count } from '../../domain/count.js'
import { hashOf } from '../model/route.js'
import { timeText } from './figures.js'
import { Link } from './link.js'
import { Words } from './words.js'

type ShownSignoff = Extract<ShownSignature, { kind: 'signoff' }>

/** Who says what of the result, in a line each. A page can be edited: what it says of a signature proves nothing. */
export function Signed({ signatures }: { readonly signatures: readonly ShownSignature[] }) {
  const signoffs = signatures.filter(each => each.kind === 'signoff')
  if (signoffs.length === 0) return <p class="signed">Signed: nobody yet.</p>
  return (
    <ul class="signed">
      {signoffs.map((each, i) => (
        <li key={i}>
          Signed: <SignoffText signoff={each} />, {timeText(each.signedAt)}, key <Words text={each.keys.map(keyText).join(', ')} />.{' '}
          <ExceptedText signoff={each} />
          <TimestampText timestamp={each.timestamp} />
          <Link to={hashOf({ screen: 'record' })} fallback="#signatures-title">
            Says so; check with callsheet verify.
          </Link>{' '}
          <strong data-signature={signatures.indexOf(each)} />
        </li>
      ))}
    </ul>
  )
}

function SignoffText({ signoff: { signer, isOfResult, ...own } }: { readonly signoff: ShownSignoff }) {
  return (
    <>
      <strong>
        <Words text={signer.name} />
      </strong>
      , <Words text={signer.role} />, {decisionText(own)}
      {!isOfResult && <strong>, but of another result than this one</strong>}
    </>
  )
}

/** So many exceptions are named at the head of a page; the record has all. */
const mostNamed = 3

function ExceptedText({ signoff: { exceptions } }: { readonly signoff: ShownSignoff }) {
  if (exceptions.length === 0) return null
  const named = exceptions.slice(0, mostNamed).map(each => `${each.case} until ${each.expires}`)
  const more = exceptions.length > mostNamed ? `, and ${exceptions.length - mostNamed} more` : ''
  return (
    <>
      Excepted: <Words text={`${named.join(', ')}${more}.`} />{' '}
    </>
  )
}

function TimestampText({ timestamp }: { readonly timestamp: ShownTimestamp | undefined }) {
  if (!timestamp) return null
  if ('wrong' in timestamp) {
    return (
      <>
        <strong>
          ✗ Time stamp: <Words text={timestamp.wrong} />.
        </strong>{' '}
      </>
    )
  }
  return (
    <>
      Time stamp: {timeText(timestamp.at)}, says <Words text={timestamp.by ?? 'an authority that it does not name'} />.{' '}
    </>
  )
}

/** The sign-offs and attestations of the record, in full. */
export function Signatures({ signatures }: { readonly signatures: readonly ShownSignature[] }) {
  return (
    <section aria-labelledby="signatures-title">
      <h2 id="signatures-title">Signatures</h2>
      {signatures.length === 0 ? (
        <p>Nobody has attested or signed this result, as far as is known where this page was made.</p>
      ) : (
        <>
          <p>
            This page repeats what the envelopes beside the result say. With JavaScript it checks each signature with the key that came with
            it; whose key that is, only you can know. Check with: callsheet verify.
          </p>
          <dl class="record">
            {signatures.map((each, i) => (
              <div key={i}>
                <dt>{each.kind === 'attestation' ? 'Attested by a machine' : 'Signed by a person'}</dt>
                <dd>
                  {each.kind === 'attestation' ? each.result : <SignoffFacts signoff={each} />}
                  {!each.isOfResult && <strong> It is about another result.</strong>}
                  <div>
                    <strong data-signature={i} />
                  </div>
                  {each.timestamp && (
                    <div>
                      <TimestampText timestamp={each.timestamp} />
                    </div>
                  )}
                  <div class="note">
                    key{' '}
                    {each.keys.map(key => (
                      <code key={key}>
                        SHA256:
                        <Words text={key} />{' '}
                      </code>
                    ))}
                  </div>
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </section>
  )
}

function SignoffFacts({ signoff }: { readonly signoff: ShownSignoff }) {
  const { signedAt, reason, validUntil, exceptions } = signoff
  return (
    <>
      <SignoffText signoff={signoff} />, {timeText(signedAt)}
      {validUntil !== undefined && <>, valid until the end of {<Words text={validUntil} />} UTC</>}
      {reason !== undefined && (
        <div>
          Reason: <Words text={reason} />
        </div>
      )}
      {exceptions.length > 0 && (
        <details>
          <summary>{count(exceptions.length, 'exception')}</summary>
          <ul>
            {exceptions.map((each, i) => (
              <li key={i}>
                <Words
                  text={`${each.case}${each.check === undefined ? '' : `: ${each.check}`}; ${each.reason} (${each.issue}, ${each.owner}), until ${each.expires}`}
                />
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}
