import type { AnsweredReview, AskedReview } from '../../domain/review-form.js'
import type { ReviewPage } from '../model/review-page.js'
import { Conversation } from '../parts/conversation.js'
import { FormToken } from '../parts/site-head.js'
import { WholeWords } from '../parts/whole-words.js'
import { Words } from '../parts/words.js'

/** Asks a person about answers of the judge, and shows what the judge said only afterwards. */
export function ReviewScreen({ page }: { readonly page: ReviewPage }) {
  const { id, name, by, wrong, answered, next, done, of, agreement } = page
  return (
    <>
      <h1>
        Review the judge of{' '}
        <a href={`/ui/results/${id}/`}>
          <Words text={name} />
        </a>
      </h1>
      {wrong !== undefined && (
        <p role="alert" class="shown">
          <Words text={wrong} />
        </p>
      )}
      {by === undefined ? (
        <WhoReviews id={id} />
      ) : (
        <>
          {answered && <Answered page={page} answered={answered} />}
          {next ? <Question page={page} next={next} /> : <Finished done={done} of={of} by={by} agreement={agreement} />}
          {done > 0 && (
            <p class="note">
              <a href={`/ui/results/${id}/reviews.jsonl`} download="reviews.jsonl">
                Download all reviews
              </a>
              . They are saved with the result by callsheet watch --out, too, to sign both.
            </p>
          )}
        </>
      )}
    </>
  )
}

function WhoReviews({ id }: { readonly id: number }) {
  return (
    <form class="sign-in" method="get" action={`/ui/results/${id}/review`}>
      <p>You read conversations, answer what the judge was asked about each, and see what the judge said only then. No verdict changes.</p>
      <label for="by">Your name</label>
      <input id="by" name="by" required maxlength={100} autocomplete="name" />
      <button>Begin</button>
    </form>
  )
}

function Finished({
  done,
  of,
  by,
  agreement,
}: Pick<ReviewPage, 'done' | 'of'> & { readonly by: string; readonly agreement: string | undefined }) {
  if (of === 0) return <p>There is nothing to review: no model judged a run of this result.</p>
  return (
    <p>
      <Words text={by} /> has reviewed {done === of ? `all ${of}` : done} answers. {agreement !== undefined && `${agreement}.`}
    </p>
  )
}

/** The fields that say which answer a form is about. */
function About({ page, item, typed }: { readonly page: ReviewPage; readonly item: string; readonly typed?: string }) {
  return (
    <>
      <FormToken token={page.formToken} />
      <input type="hidden" name="by" value={page.by} />
      <input type="hidden" name="item" value={item} />
      {typed !== undefined && <input type="hidden" name="answer" value={typed} />}
    </>
  )
}

function Answered({ page, answered }: { readonly page: ReviewPage; readonly answered: AnsweredReview }) {
  const { asked, because, typed, review } = answered
  const judged = typeof review.judge === 'boolean' ? (review.judge ? 'yes' : 'no') : String(review.judge)
  return (
    <section class="answered" aria-labelledby="answered-title">
      <h2 id="answered-title">
        {{ agree: 'You agree with the judge', disagree: 'You disagree with the judge', unclear: 'It was unclear to you' }[review.is]}
      </h2>
      <p class="note">
        <Words text={asked} />
      </p>
      <p>
        The judge said{' '}
        <strong>
          <Words text={judged} />
        </strong>
        : <Words text={because} />
      </p>
      {review.reason !== undefined ? (
        <p>
          Your reason: <Words text={review.reason} />
        </p>
      ) : (
        review.is === 'disagree' && (
          <form method="post" action={`/ui/results/${page.id}/review`}>
            <About page={page} item={answered.item} typed={typed} />
            <label>
              Why? <input name="reason" maxlength={2000} required />
            </label>{' '}
            <button>Add the reason</button>
          </form>
        )
      )}
    </section>
  )
}

function Question({ page, next }: { readonly page: ReviewPage; readonly next: NonNullable<ReviewPage['next']> }) {
  return (
    <section aria-labelledby="asked-title">
      <h2 id="asked-title">
        {page.done + 1} of {page.of}: <Words text={next.run} />
      </h2>
      <WholeWords.Provider value>{next.conversation && <Conversation conversation={next.conversation} missed={[]} />}</WholeWords.Provider>
      <form class="question" method="post" action={`/ui/results/${page.id}/review`}>
        <About page={page} item={next.item} />
        <p>
          <strong>
            <Words text={next.asked} />
          </strong>
        </p>
        {next.type !== 'yes_or_no' && <Typed next={next} />}
        {next.type === 'yes_or_no' && (
          <>
            <button name="answer" value="yes">
              Yes
            </button>{' '}
            <button name="answer" value="no">
              No
            </button>{' '}
          </>
        )}
        <button name="answer" value="unclear" formNoValidate>
          Unclear
        </button>
      </form>
    </section>
  )
}

function Typed({ next: { type, values } }: { readonly next: AskedReview }) {
  return (
    <>
      <label>
        {type === 'rating' ? 'From 0 to 100, where 100 is best' : type === 'number' ? 'A number' : 'A value'}{' '}
        {type === 'text' ? (
          <input name="typed" required maxlength={200} list="values" />
        ) : (
          <input name="typed" type="number" step="any" required {...(type === 'rating' && { min: 0, max: 100 })} />
        )}
      </label>
      {values && (
        <datalist id="values">
          {values.map(value => (
            <option key={value} value={value} />
          ))}
        </datalist>
      )}{' '}
      <button>Answer</button>{' '}
    </>
  )
}
