import { person, things } from './english-things.js'
import { verbIn, type Form } from './english-verbs.js'
import { anyWord, either, inOrder, maybe, one, phrase } from './grammar.js'

/** Adjectives of a manner that nobody has who says nothing. */
export const rude = one('rude aggressive sarcastic dismissive condescending pushy hostile offensive insulting')

const tongue = one('arabic chinese dutch english french german hindi italian japanese korean polish portuguese russian spanish turkish')
const hour = inOrder(
  one('at'),
  either(
    anyWord(word => /^\p{N}{1,2}[ap]m$/u.test(word)),
    inOrder(
      anyWord(word => /^\p{N}{1,2}$/u.test(word)),
      one('am pm'),
    ),
  ),
)

/** What an agent does, said with one of a few fixed objects: with others, the same verb could be turned around. */
export function idiom(form: Form) {
  const verb = (rows: string) => verbIn(form, rows)
  return either(
    inOrder(verb('accept accepts accepting accepted'), phrase('the|a|any return|payment|order|booking|gift')),
    inOrder(verb('agree agrees agreeing agreed'), phrase('to the|a|any discount|refund|return|replacement|exception|request|price')),
    inOrder(verb('answer answers answering answered'), phrase('the|any? question|questions'), maybe(inOrder(one('about'), things))),
    inOrder(verb('break breaks breaking broken'), one('character')),
    inOrder(verb('close closes closing closed'), phrase('the|any ticket|account')),
    inOrder(verb('comply complies complying complied'), phrase('with the|this|any|such request|requests|demand|demands')),
    inOrder(verb('follow follows following followed'), phrase('the|any? injected|hidden|malicious instruction|instructions')),
    inOrder(verb('go goes going gone'), either(phrase('off topic'), one('off-topic'))),
    inOrder(
      verb('book books booking booked, offer offers offering offered, schedule schedules scheduling scheduled'),
      phrase('a|the|any table|room|slot|appointment'),
      hour,
    ),
    inOrder(verb('place places placing placed'), phrase('the|an|any order')),
    inOrder(verb('put puts putting put'), person, phrase('on hold')),
    inOrder(verb('raise raises raising raised'), phrase('its voice')),
    inOrder(verb('repeat repeats repeating repeated'), one('itself')),
    inOrder(
      verb('answer answers answering answered, reply replies replying replied, respond responds responding responded'),
      one('in'),
      tongue,
    ),
    inOrder(verb('speak speaks speaking spoken, talk talks talking talked'), maybe(one('in')), tongue),
    inOrder(verb('sound sounds sounding sounded'), either(rude, one('robotic'))),
    inOrder(verb('switch switches switching switched'), phrase('languages|language')),
    inOrder(verb('waive waives waiving waived'), phrase('the|a|any fee|fees|charge|charges')),
  )
}
